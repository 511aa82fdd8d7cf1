"""The records that travel between fetching, parsing and writing. They cross a process border, so they stay plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from db.types import NewEntry


@dataclass(frozen=True, slots=True)
class FeedResponse:
    """What a server answered: the expanded body, and how it came. ``received`` counts bytes on the wire."""

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    received: int
    milliseconds: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedFailure:
    """A feed that could not be read, as a value. ``error`` is one line that a person understands."""

    url: str
    error: str
    status: int | None = None
    final_url: str = ""
    received: int = 0
    milliseconds: int = 0


@dataclass(slots=True)
class RawEntry:
    """One element as its format tells it: ``title``, ``summary`` and ``content`` may hold HTML, and nothing is
    checked. ``stated_at`` is aware, or None where no date stands or none that can be read."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    language: str = ""
    stated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawFeed:
    """The elements of one document in its own order, with the language that the whole document declares."""

    entries: tuple[RawEntry, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """One document, parsed: ``seen`` elements stood in it, and seen = len(entries) + rejected.

    ``reasons`` counts the rejected by a stable short word. ``error`` (one line) is set where the body is no
    feed at all; then nothing was seen.
    """

    entries: tuple[NewEntry, ...] = ()
    seen: int = 0
    rejected: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    error: str = ""

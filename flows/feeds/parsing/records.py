"""The records that travel between fetching, parsing and writing, and the one error of the parsers.

Records cross a process border, so they stay plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import struct_time
from typing import Literal

from db.records import NewEntry

FailureKind = Literal["temporary", "soft", "hard", "gone"]
"""How soon it is worth asking again: the server is busy or out of reach; it answers, but not with a feed; it refuses
or knows nothing of a feed; it says that there will never be one again."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The validators of an earlier answer, by which a document is asked for only if it has changed. They belong to the
    one address that gave them."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect on the way: its status and the address that it led to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class FeedResponse:
    """What a server answered: the expanded body, and how it came. ``received`` counts bytes on the wire.

    ``status`` is 200, 203, 206 or 226, or 304 (with no body) where what was asked for under `Conditions` has not
    changed. Names of ``headers`` are in lower case.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    received: int
    milliseconds: int
    headers: Mapping[str, str] = field(default_factory=dict)
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedFailure:
    """A feed that could not be read, as a value. ``error`` is one line that a person understands."""

    url: str
    error: str
    status: int | None = None
    final_url: str = ""
    received: int = 0
    milliseconds: int = 0
    kind: FailureKind = "temporary"
    headers: Mapping[str, str] = field(default_factory=dict)
    hops: tuple[Hop, ...] = ()


class NotAFeedError(ValueError):
    """The document is no feed; the message says in a few words what it is instead."""


@dataclass(slots=True)
class RawEntry:
    """One element as its format tells it: ``title``, ``summary`` and ``content`` may hold HTML, and nothing is
    checked. ``stated_at`` is aware, or None where no date stands or none that is understood whole. ``half_read`` is
    feedparser's reading of it, by which stores of earlier versions knew elements without guid and link."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    language: str = ""
    stated_at: datetime | None = None
    half_read: struct_time | None = None


@dataclass(frozen=True, slots=True)
class RawFeed:
    """The elements of one document in its own order, with the language that the whole document declares and the
    seconds between two readings that it asks for (0: it does not say), and the page that it belongs to, to which
    relative links are taken (empty: the feed's own address)."""

    entries: tuple[RawEntry, ...]
    language: str = ""
    interval_seconds: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """One document, parsed: ``seen`` elements stood in it, and seen = len(entries) + capped + rejected.

    ``capped`` were past the number that is taken; ``reasons`` counts the rejected by a stable short word. ``error``
    (one line) is set where the body is no feed at all; then nothing was seen. ``interval_seconds`` is the time between
    two readings that the document asks for (0: it does not say).
    """

    entries: tuple[NewEntry, ...] = ()
    seen: int = 0
    capped: int = 0
    rejected: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
    interval_seconds: int = 0

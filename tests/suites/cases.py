"""What a document of a suite is, and what its suite says that a reader finds in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

Field = Literal["title", "link", "guid", "author", "authors", "published", "summary", "content", "text", "language"]
"""What is compared. ``authors`` is one of several; ``text`` is whatever a reader would show of an entry."""

Value = str | datetime | None
Oracle = Callable[[Path], "Iterator[Case]"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a suite says of an entry (by its place, from 0) or, where ``entry`` is None, of the whole document."""

    entry: int | None
    field: Field
    value: Value


@dataclass(frozen=True, slots=True)
class Case:
    """A document with what its suite says of it. ``charset`` is the encoding that it should be taken to be in;
    ``must_read`` says that a reader gets through it without an error; ``must_date`` that the date of its entry is one
    of its format."""

    name: str
    body: bytes
    claims: tuple[Claim, ...] = ()
    content_type: str = ""
    url: str = "https://suite.example/feed"
    charset: str = ""
    must_read: bool = False
    must_date: bool = False


def text_claims(entry: int, told: dict[str, object], fields: dict[str, Field]) -> list[Claim]:
    """The claims of a record of a suite, by the names that it has for what is compared. What is no text is no claim."""
    found = [(field, told.get(name)) for name, field in fields.items()]
    return [Claim(entry, field, value) for field, value in found if isinstance(value, str)]


def moment(value: object) -> datetime | None:
    """The moment that a suite tells in ISO 8601, or None."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None

"""JSON Feed 1.0 and 1.1 (jsonfeed.org) as raw elements."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flows.feeds.parsing.authors import author_line
from flows.feeds.parsing.dates import moments_of
from flows.feeds.parsing.records import NotAFeedError, RawEntry, RawFeed
from flows.feeds.parsing.text import as_markup

DATES = ("date_published", "date_modified")


def looks_like_json(body: bytes) -> bool:
    """Whether the body begins as a JSON object does."""
    return body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_json_feed(body: bytes) -> RawFeed:
    """The elements of a JSON Feed. Raises NotAFeedError for JSON that is none, or for broken JSON."""
    try:
        document = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"broken JSON: {error}") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise NotAFeedError("JSON, but no JSON Feed")
    language = _text(document, "language")
    everyone = _authors(document)
    told = [[_text(item, name) for name in DATES] if isinstance(item, dict) else [] for item in items]
    raw = zip(items, moments_of(told, language), strict=True)
    entries = tuple(_raw(item, everyone, stated_at) for item, stated_at in raw)
    return RawFeed(entries, language, link=_text(document, "home_page_url"))


def _raw(item: Any, everyone: str, stated_at: datetime | None) -> RawEntry:
    if not isinstance(item, dict):
        return RawEntry()  # Counted as rejected further on: it has no text.
    return RawEntry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=as_markup(_text(item, "title")),
        summary=as_markup(_text(item, "summary")),
        content=_text(item, "content_html") or as_markup(_text(item, "content_text")),
        author=_authors(item) or everyone,
        language=_text(item, "language"),
        stated_at=stated_at,
    )


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, (str, int, float)) else ""


def _authors(record: dict[str, Any]) -> str:
    told = record.get("authors") or record.get("author")
    authors = told if isinstance(told, list) else [told]
    return author_line(as_markup(_text(author, "name")) for author in authors if isinstance(author, dict))

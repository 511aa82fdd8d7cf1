"""JSON Feed 1.0 and 1.1 (jsonfeed.org) as raw elements."""

from __future__ import annotations

import json
from typing import Any

from flows.feeds.parsing.dates import from_iso
from flows.feeds.parsing.records import NotAFeedError, RawEntry, RawFeed
from flows.feeds.parsing.text import as_markup


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
    return RawFeed(tuple(_raw(item) for item in items), _text(document, "language"))


def _raw(item: Any) -> RawEntry:
    if not isinstance(item, dict):
        return RawEntry()  # Counted as rejected further on: it has no text.
    return RawEntry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=as_markup(_text(item, "title")),
        summary=as_markup(_text(item, "summary")),
        content=_text(item, "content_html") or as_markup(_text(item, "content_text")),
        author=as_markup(_author(item)),
        language=_text(item, "language"),
        stated_at=from_iso(_text(item, "date_published") or _text(item, "date_modified")),
    )


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, (str, int, float)) else ""


def _author(item: dict[str, Any]) -> str:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    return ", ".join(_text(author, "name") for author in authors or [] if isinstance(author, dict)).strip(", ")

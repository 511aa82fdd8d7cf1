"""Small documents, and what parsing makes of them, checked against what always holds."""

from __future__ import annotations

from datetime import UTC, datetime

from db.records import NewEntry
from flows.feeds.parsing.parse import parse_feed
from flows.feeds.parsing.records import ParsedFeed

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
URL = "https://quay.example/feed.xml"


def rss(elements: str, head: str = "<language>en-GB</language>") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{elements}</channel></rss>'.encode()


def item(**fields: str) -> str:
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in fields.items()) + "</item>"


def parsed(body: bytes, content_type: str = "application/rss+xml", max_entries: int = 2000) -> ParsedFeed:
    result = parse_feed(body, content_type, URL, NOW, max_entries)
    assert result.seen == len(result.entries) + result.capped + result.rejected
    assert result.rejected == sum(result.reasons.values())
    assert all(entry.keys for entry in result.entries)
    return result


def only(body: bytes, content_type: str = "application/rss+xml") -> NewEntry:
    result = parsed(body, content_type)
    assert (result.error, result.rejected) == ("", 0)
    (entry,) = result.entries
    return entry

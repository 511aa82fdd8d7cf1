"""Raw elements made into entries: text, link, date; the identities come from `entry_keys`."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from db.records import NewEntry
from flows.feeds.parsing.dates import judge
from flows.feeds.parsing.entry_keys import Dates, with_keys
from flows.feeds.parsing.links import web_address
from flows.feeds.parsing.records import ParsedFeed, RawEntry, RawFeed
from flows.feeds.parsing.text import clean_line, cut, plain_text

MAX_TITLE, MAX_SUMMARY, MAX_BODY, MAX_AUTHOR, MAX_GUID = 500, 4000, 4000, 200, 1000
HEADLINE = 90
"""Characters of the summary that stand in for a missing title."""

NO_TEXT, UNREADABLE = "no title or text", "unreadable"
"""Why an element is rejected."""


def normalise(feed: RawFeed, url: str, now: datetime, max_entries: int, listed_url: str = "") -> ParsedFeed:
    """The document's elements as entries, in its order. ``url`` is where the document was found, ``now`` aware UTC;
    ``listed_url`` is the address under which the feed is known where that is another (it has moved).

    Elements past ``max_entries`` are counted as capped, those without any text or unreadable as rejected.
    """
    taken = feed.entries[:max_entries]
    reasons = Counter[str]()
    entries: list[NewEntry] = []
    base = web_address(feed.link, url) or url
    dates: list[Dates] = []
    for raw in taken:
        try:
            entry = _entry(raw, base, feed.language, now)
        except (ValueError, TypeError, OverflowError, AttributeError, RecursionError):
            reasons[UNREADABLE] += 1
            continue
        if entry is None:
            reasons[NO_TEXT] += 1
        else:
            entries.append(entry)
            dates.append((raw.stated_at, raw.half_read))
    return ParsedFeed(
        entries=tuple(with_keys(entries, listed_url or url, dates)),
        seen=len(feed.entries),
        capped=len(feed.entries) - len(taken),
        rejected=reasons.total(),
        reasons=dict(sorted(reasons.items())),
        interval_seconds=feed.interval_seconds,
    )


def _entry(raw: RawEntry, base: str, feed_language: str, now: datetime) -> NewEntry | None:
    content = plain_text(raw.content) if raw.content and raw.content != raw.summary else ""
    summary = plain_text(raw.summary) or content
    title = plain_text(raw.title) or cut(summary, HEADLINE)
    if not title:
        return None
    published_at, status = judge(raw.stated_at, now)
    summary = cut(summary, MAX_SUMMARY)
    body = cut(content, MAX_BODY)
    return NewEntry(
        keys=(),
        title=cut(title, MAX_TITLE),
        summary=summary,
        body="" if body == summary else body,
        link=web_address(raw.link, base),
        guid=clean_line(raw.guid)[:MAX_GUID],
        author=cut(plain_text(raw.author), MAX_AUTHOR),
        language=primary_language(raw.language) or primary_language(feed_language),
        published_at=published_at,
        published_status=status,
    )


def primary_language(tag: str) -> str:
    """The primary subtag of a language tag in lower case (``en-GB`` → ``en``), or an empty string."""
    primary = tag.strip().replace("_", "-").partition("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3 else ""

"""A row of an archive → a dated entry, by the same rules as an element of a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple, cast, get_args

from db.records import FeedKind, NewEntry, PublishedStatus
from flows.feeds.parsing.dates import moment_of
from flows.feeds.parsing.links import web_address
from flows.feeds.parsing.normalise import normalise
from flows.feeds.parsing.records import RawEntry, RawFeed
from flows.feeds.parsing.text import clean_line

UNDATED: dict[PublishedStatus, str] = {
    "absent": "no date",
    "future": "a date in the future",
    "ancient": "a date before 1995",
}
"""Status → why an old entry is rejected: without a date of its own it would count as news of today."""


def raw_of(fields: Mapping[str, Any]) -> RawEntry:
    """The fields as an element of a feed; they are looked up under the names that exports use."""
    date = _first(fields, "date", "published", "published_at", "pubdate", "datetime", "created_at", "timestamp")
    language = _first(fields, "lang", "language")
    return RawEntry(
        guid=_first(fields, "id", "guid"),
        link=_first(fields, "url", "link"),
        title=_first(fields, "title", "headline"),
        summary=_first(fields, "summary", "description"),
        content=_first(fields, "body", "content", "text"),
        author=_first(fields, "author"),
        language=language,
        stated_at=moment_of(date, language),
    )


class ToldOutlet(NamedTuple):
    """What a row says of its outlet: name, address of the feed, kind and country, each empty where it does not."""

    name: str
    address: str = ""
    kind: FeedKind | Literal[""] = ""
    country: str = ""


def outlet_of(fields: Mapping[str, Any]) -> ToldOutlet:
    """The outlet as the fields tell it. A ``kind`` that is none of ours is left out: exports call other things so."""
    kind = _first(fields, "kind").lower().replace(" ", "_").replace("-", "_")
    return ToldOutlet(
        clean_line(_first(fields, "outlet", "source", "publisher"))[:120],
        web_address(_first(fields, "feed", "feed_url")),
        cast("FeedKind", kind) if kind in get_args(FeedKind) else "",
        clean_line(_first(fields, "country"))[:60],
    )


def _first(fields: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and (text := str(value).strip()):
            return text
    return ""


def entry_of(raw: RawEntry, feed_url: str, now: datetime) -> NewEntry | str:
    """The element as an entry of that feed, or why it is rejected. Each is normalised as a document of its own, so that
    the many copies of one entry in an archive get the same keys and are found to be duplicates."""
    parsed = normalise(RawFeed((raw,)), feed_url, now, 1)
    if not parsed.entries:
        return next(iter(parsed.reasons))
    entry = parsed.entries[0]
    return UNDATED.get(entry.published_status, "") or entry


def dated(entries: Iterable[NewEntry]) -> tuple[list[NewEntry], Counter[str]]:
    """The entries that have a date, and the reasons for which the others are rejected."""
    kept: list[NewEntry] = []
    reasons = Counter[str]()
    for entry in entries:
        if entry.published_status in UNDATED:
            reasons[UNDATED[entry.published_status]] += 1
        else:
            kept.append(entry)
    return kept, reasons

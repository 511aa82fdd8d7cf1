"""A row of an archive → a dated entry, by the same rules as an element of a feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from db.records import NewEntry, PublishedStatus
from flows.feeds.parsing.dates import ZONE_HOURS, from_iso, from_zoneless
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

_MAIL_ZONES = {
    "gmt": 0, "utc": 0, "ut": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7,
}  # fmt: skip
"""The zone names of the mail standard (RFC 822), as hours east of Greenwich."""


def raw_of(fields: Mapping[str, Any]) -> RawEntry:
    """The fields as an element of a feed; they are looked up under the names that exports use."""
    date = _first(fields, "date", "published", "published_at", "pubdate", "datetime", "created_at", "timestamp")
    return RawEntry(
        guid=_first(fields, "id", "guid"),
        link=_first(fields, "url", "link"),
        title=_first(fields, "title", "headline"),
        summary=_first(fields, "summary", "description"),
        content=_first(fields, "body", "content", "text"),
        author=_first(fields, "author"),
        language=_first(fields, "lang", "language"),
        stated_at=moment(date),
    )


def outlet_of(fields: Mapping[str, Any]) -> tuple[str, str]:
    """(name of the outlet, address of the feed) as the fields tell them; either may be empty."""
    name = clean_line(_first(fields, "outlet", "source", "publisher"))[:120]
    return name, web_address(_first(fields, "feed", "feed_url"))


def _first(fields: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and (text := str(value).strip()):
            return text
    return ""


def moment(text: str) -> datetime | None:
    """The UTC moment of a date: ISO 8601 (a day alone: its first second, UTC), as in mail, or seconds (or
    milliseconds) since 1970. None where it is none of these."""
    if text.isascii() and text.replace(".", "", 1).isdigit() and len(text.partition(".")[0]) in (9, 10, 13):
        whole = float(text)
        return datetime.fromtimestamp(whole / 1000 if whole > 1e11 else whole, UTC)
    return from_iso(text.replace("/", "-")) or from_zoneless(text) or _zoned(text)


def _zoned(text: str) -> datetime | None:
    told, _, zone = text.strip().rpartition(" ")
    shift = _shift(zone)
    local = from_iso(told) or from_zoneless(told) if shift is not None else None
    try:
        return None if local is None or shift is None else local - shift
    except OverflowError:
        return None


def _shift(zone: str) -> timedelta | None:
    if len(zone) == 5 and zone[0] in "+-" and zone[1:].isdigit():
        return int(f"{zone[0]}1") * timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    hours = ZONE_HOURS.get(zone.lower(), _MAIL_ZONES.get(zone.lower()))
    return None if hours is None else timedelta(hours=hours)


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

"""When an entry says that it was published, and whether that is believed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from db.records import PublishedStatus

FUTURE_GRACE = timedelta(hours=1)
"""Clocks of outlets run ahead a little; an hour or more is a wrong date."""
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""No feed existed before; such dates are zeros and placeholders."""

ZONE_HOURS = {
    "msk": 3, "msd": 4, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "wet": 0, "west": 1, "bst": 1, "ist": 5.5,
    "irst": 3.5, "trt": 3, "pkt": 5, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pht": 8, "myt": 8, "wib": 7,
    "ict": 7, "nzdt": 13, "sast": 2, "eat": 3, "wat": 1, "gst": 4, "azt": 4, "uzt": 5, "aest": 10, "aedt": 11,
    "awst": 8, "nzst": 12,
}  # fmt: skip
"""Names of zones that feeds use and feedparser takes for UTC, as hours east of Greenwich."""

_ZONELESS = re.compile(r"(?:[A-Za-z]+,?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def judge(stated: datetime | None, now: datetime) -> tuple[datetime | None, PublishedStatus]:
    """The moment to store and its status; the moment is None where no date stands or none that is believed."""
    if stated is None:
        return None, "absent"
    if stated > now + FUTURE_GRACE:
        return None, "future"
    if stated < EARLIEST:
        return None, "ancient"
    return stated, "stated"


def from_iso(text: str) -> datetime | None:
    """The UTC moment of an ISO 8601 text (no zone: UTC), or None where it is no such text."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def from_zoneless(text: str) -> datetime | None:
    """The UTC moment of a mail-style date without a zone (``Sat, 21 Nov 2026 10:00:00``), which feedparser refuses."""
    match = _ZONELESS.fullmatch(text.strip())
    if match is None or match[2].lower() not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(match[group] or 0) for group in (1, 3, 4, 5, 6))
    try:
        return datetime(year, _MONTHS.index(match[2].lower()) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def named_zone_shift(text: str) -> timedelta:
    """How far a date text that ends with a zone's name lies east of UTC, for the names in ``ZONE_HOURS``; else zero."""
    return timedelta(hours=ZONE_HOURS.get(text.rsplit(None, 1)[-1].lower(), 0) if text.strip() else 0)

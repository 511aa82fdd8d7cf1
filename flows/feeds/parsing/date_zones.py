"""How far from UTC a text puts its time: offsets, names of zones, places of the IANA database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

ZONE_HOURS: dict[str, tuple[float, ...]] = {
    "z": (0,), "ut": (0,), "utc": (0,), "gmt": (0,), "wet": (0,), "west": (1,), "met": (1,), "mest": (2,), "cet": (1,),
    "cest": (2,), "mez": (1,), "mesz": (2,), "eet": (2,), "eest": (3,), "bst": (1, 6), "ist": (5.5, 2, 1), "msk": (3,),
    "мск": (3,), "msd": (4,), "trt": (3,), "sast": (2,), "eat": (3,), "wat": (1,), "cat": (2,), "idt": (3,),
    "irst": (3.5,), "gst": (4,), "azt": (4,), "uzt": (5,), "pkt": (5,), "npt": (5.75,), "ict": (7,), "wib": (7,),
    "hkt": (8,), "sgt": (8,), "pht": (8,), "myt": (8,), "awst": (8,), "jst": (9,), "kst": (9,), "acst": (9.5,),
    "acdt": (10.5,), "aest": (10,), "aedt": (11,), "nzst": (12,), "nzdt": (13,), "brt": (-3,), "art": (-3,),
    "ndt": (-2.5,), "nst": (-3.5,), "adt": (-3,), "ast": (-4, 3), "edt": (-4,), "est": (-5,), "cdt": (-5,),
    "cst": (-6, 8, -5), "mdt": (-6,), "mst": (-7, 8), "pdt": (-7,), "pst": (-8, 8), "akdt": (-8,), "akst": (-9,),
    "hst": (-10,),
}  # fmt: skip
"""Name → hours east of Greenwich. Where a name has several meanings the first one is taken, which is that of the mail
standard or of most feeds; the others may stand beside an offset that says which is meant."""

PLACES = {"et": "EST5EDT", "ct": "CST6CDT", "mt": "MST7MDT", "pt": "PST8PDT"}
"""Names for a zone in summer and winter alike."""

OTHERWISE = {("zh", "cst"), ("he", "ist"), ("ar", "ast"), ("bn", "bst")}
"""Language of a feed and the name of a zone that there means another one: a date with it alone is not understood."""

_OFFSET = re.compile(r"(?:(?:utc|gmt) ?)?([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII)
_MOST = timedelta(hours=14)

Zone = tuple[timedelta, ...] | ZoneInfo
"""The distances from UTC that a zone's text may mean, or the place whose calendar tells it."""


def zone_of(text: str, language: str) -> Zone | None:
    """What a zone's text (in lower case) means in a feed of that language; None where that is not understood."""
    if (text in ZONE_HOURS) and (language, text) not in OTHERWISE:
        return tuple(timedelta(hours=hours) for hours in ZONE_HOURS[text])
    if text in PLACES or "/" in text:
        return _place(PLACES.get(text, text))
    match = _OFFSET.fullmatch(text)
    if match is None or int(match[3] or 0) > 59:
        return None
    shift = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return None if shift > _MOST else (shift if match[1] == "+" else -shift,)


def _place(name: str) -> ZoneInfo | None:
    known = _places().get(name.lower())
    try:
        return ZoneInfo(known) if known else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # listed, and yet its file cannot be read
        return None


@cache
def _places() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def to_utc(local: datetime, zones: Sequence[Zone]) -> datetime | None:
    """The UTC moment of a time on the wall in these zones (none: UTC). None where they contradict each other, or where
    clocks there showed that time twice or never."""
    shifts = [_shifts(local, zone) for zone in zones]
    if not all(shifts):
        return None
    shift = min(shifts, key=len)[0] if shifts else timedelta()
    if any(shift not in told for told in shifts):
        return None
    try:
        return (local - shift).replace(tzinfo=UTC)
    except OverflowError:
        return None


def _shifts(local: datetime, zone: Zone) -> tuple[timedelta, ...]:
    if not isinstance(zone, ZoneInfo):
        return zone
    early, late = (zone.utcoffset(local.replace(fold=fold)) for fold in (0, 1))
    return (early,) if early is not None and early == late else ()

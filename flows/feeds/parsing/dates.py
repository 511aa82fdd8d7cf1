"""When an entry says that it was published, and whether that is believed.

A date is believed only if all of its text was understood. What stands in nearly all feeds, the dates of mail and of
ISO 8601, is read here; everything else in `date_text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from db.records import PublishedStatus
from flows.feeds.parsing.date_text import DateReading, read_date

FUTURE_GRACE = timedelta(hours=1)
"""Clocks of outlets run ahead a little; an hour or more is a wrong date."""
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""No feed existed before; such dates are zeros and placeholders."""

_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?",
    re.ASCII,
)
_MAIL = re.compile(
    r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), ?)?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    r" (\d\d):(\d\d)(?::(\d\d))?(?: (?:GMT|UTC|Z|([+-](?:0\d|1[0-4])[0-5]\d)))?",
    re.ASCII,
)
_MONTHS = dict(
    zip(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), range(1, 13), strict=True)
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SINCE_1970 = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{13}", re.ASCII)


def judge(stated: datetime | None, now: datetime) -> tuple[datetime | None, PublishedStatus]:
    """The moment to store and its status; the moment is None where no date stands or none that is believed."""
    if stated is None:
        return None, "absent"
    if stated > now + FUTURE_GRACE:
        return None, "future"
    if stated < EARLIEST:
        return None, "ancient"
    return stated, "stated"


def moment_of(text: str, language: str = "") -> datetime | None:
    """The UTC moment that a date's text tells, without its parts of a second; None where not all of it is understood,
    or where it can be two days (``03/04/2026``). ``language`` is the tag of the feed, which settles what some names
    mean. A date without a zone counts as UTC, one without a time as the first second of its day."""
    return moments_of([(text,)], language)[0]


def moments_of(told: Sequence[Sequence[str]], language: str = "") -> list[datetime | None]:
    """For each element of a document the moment of the first of its date texts that is understood.

    ``03/04/2026`` is believed where other dates of the same document can be read in one way only and all agree: one
    program wrote them all. Where none says so, or they contradict each other, it is left.
    """
    language = language.replace("_", "-").partition("-")[0].lower()
    found: list[datetime | None] = []
    rare: dict[int, list[DateReading]] = {}
    for number, texts in enumerate(told):
        moment = _usual(texts[0]) if texts else None
        if moment is None and any(texts):
            rare[number] = [_reading(text, language, None) for text in texts]
            moment = _first(rare[number])
        found.append(moment)
    for number, day_first in _undecided(rare):
        found[number] = _first([_reading(text, language, day_first) for text in told[number]])
    return found


def _undecided(rare: Mapping[int, Sequence[DateReading]]) -> Iterator[tuple[int, bool]]:
    """The elements whose date stands in numbers that may be read in two ways, and which of them the others show."""
    orders = {reading.day_first for readings in rare.values() for reading in readings} - {None}
    for number, readings in rare.items():
        if len(orders) == 1 and any(reading.is_open for reading in readings):
            yield number, True in orders


def _first(readings: Sequence[DateReading]) -> datetime | None:
    return next((reading.moment for reading in readings if reading.moment), None)


def _reading(text: str, language: str, day_first: bool | None) -> DateReading:
    moment = _usual(text)
    return DateReading(moment) if moment else read_date(text, language, day_first)


def _usual(text: str) -> datetime | None:
    """The moment of a date as nearly all feeds write it, else None."""
    text = text.strip()
    try:
        if match := _MAIL.fullmatch(text):
            return _of_mail(*match.groups())
        if _ISO.fullmatch(text):
            return _in_utc(datetime.fromisoformat(text))
        if _SINCE_1970.fullmatch(text):
            return datetime.fromtimestamp(int(float(text)) // (1000 if len(text) == 13 and "." not in text else 1), UTC)
    except (ValueError, OverflowError):  # a day or an hour that there is not: what follows refuses it as well
        pass
    return None


def _in_utc(moment: datetime) -> datetime:
    return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)).replace(microsecond=0)


def _of_mail(
    weekday: str | None, day: str, month: str, year: str, hour: str, minute: str, second: str | None, offset: str | None
) -> datetime | None:
    moment = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    if weekday and _DAYS[moment.weekday()] != weekday:
        return None
    if not offset or offset == "+0000":
        return moment
    shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:]))
    return moment - shift if offset[0] == "+" else moment + shift

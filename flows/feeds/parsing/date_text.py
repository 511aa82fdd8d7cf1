"""The text of a date in whatever order and language, understood to its last character or not at all.

A text becomes a row of parts, a letter each (Y a year, n a number of one or two digits, M a month's name, W a weekday,
T a time on the clock, A morning or afternoon, Z a zone; marks stand for themselves). What the row may look like says
`_DATES`. A part that has several meanings ("mar" is a month and a weekday) is tried in all of them; two dates are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice, product

from flows.feeds.parsing.date_rewriting import straightened
from flows.feeds.parsing.date_words import FILLERS, meanings
from flows.feeds.parsing.date_zones import Zone, to_utc, zone_of

MAX_TEXT = 120
MOST_READINGS = 32
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""Years outside are those of another calendar, or no years."""

_TOKEN = re.compile(
    r"(?P<T>(?<!\d)\d{1,2}:\d{1,2}(?::\d{1,2}(?:[.,:]\d{1,9})?)?(?![\d:]))"
    r"|(?P<Z>(?:utc|gmt) ?[+-]\d{1,2}(?::?\d\d)?(?!\d)|[a-z]+(?:/[a-z_]+)+(?:[+-]\d{1,2})?)"
    r"|(?P<Y>\d{4})(?!\d)|(?P<n>\d{1,2})(?!\d)|(?P<word>[^\s\d\-/.,()+:\[\]]+)|(?P<mark>[-/.,])|(?P<space> )"
)
_OFFSET = re.compile(r"[+-]\d{1,2}(?::?\d\d)?(?!\d|:|[-/.]\d)")
_CLOCK = re.compile(r"(?:,|t)?A?TA?(?:,?Z)*,?")
_DATES = re.compile(
    r"(?:W\.?,?)?(?:Y(?P<s>[-/.])n(?P=s)n\.?|n(?P<t>[-/.])n(?P=t)Y\.?|nM[.,]?Y|n-M\.?-Y|n/M/Y|n\.M\.?Y|M[.]?n[.,]?Y"
    r"|Y[.,]?M[.]?n\.?|Y-M-n|n(?P<u>-?)M\.?(?P=u)n)[.,]?(?:W\.?)?,?"
)

Part = tuple[str, object]


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text says: its UTC moment, or None. ``day_first`` tells of a date in numbers alone whether its day stands
    before its month; None where that is no question. ``is_open``: it may, and it may not, and these are two days."""

    moment: datetime | None = None
    day_first: bool | None = None
    is_open: bool = False


NOTHING = DateReading()


def read_date(text: str, language: str = "", day_first: bool | None = None) -> DateReading:
    """The date that a text of a feed in ``language`` tells, if all of it is understood; without a zone it counts as
    UTC, without a time as the first second of the day. ``day_first`` says which way numbers that may be read both ways
    are to be read; None leaves them unread."""
    if not text or len(text) > MAX_TEXT:
        return NOTHING
    parts = list(_parts(straightened(text), language))
    if not parts or not all(parts):
        return NOTHING
    rows = islice(product(*parts), MOST_READINGS)
    found = {reading for row in rows for reading in [_of_row(row, day_first)] if reading != NOTHING}
    return found.pop() if len(found) == 1 else NOTHING


def _parts(text: str, language: str) -> Iterator[list[Part]]:
    """The parts in their order, each with its possible meanings; an empty list for one that is not understood."""
    at, is_timed = 0, False
    while at < len(text):
        offset = _OFFSET.match(text, at) if is_timed or text[at] == "+" else None
        match = offset or _TOKEN.match(text, at)
        if match is None:
            yield []
            return
        kind = "Z" if offset else match.lastgroup or ""
        end = match.end()
        if kind == "word":
            end, told = _word(text, at, end, language)
            is_timed = is_timed and bool(told) and told[0][0] in "ZA"
            if told != [("", "")]:
                yield told
        elif kind != "space":
            yield _plain(kind, match[0], language)
            is_timed = kind in "TZ"
        at = end


def _word(text: str, start: int, end: int, language: str) -> tuple[int, list[Part]]:
    """(where it ends, its meanings): of two words together if they have one, else of the first. A filler's is empty."""
    second = re.compile(r"\.? ([^\s\d\-/.,()+:\[\]]+)").match(text, end)
    if second and (told := meanings(f"{text[start:end]} {second[1]}", language)):
        return second.end(), sorted(told)
    word = text[start:end]
    if zone := zone_of(word, language):
        return end, [("Z", zone)]
    if word == "t":
        return end, [("t", "")]
    told_alone: list[Part] = sorted(meanings(word, language))
    if told_alone or word not in FILLERS:
        return end, told_alone
    return end + text.startswith(".", end), [("", "")]


def _plain(kind: str, text: str, language: str) -> list[Part]:
    if kind == "mark":
        return [(text, text)]
    if kind == "Z":
        zone = zone_of(text, language)
        return [] if zone is None else [("Z", zone)]
    return [(kind, text)]


def _of_row(row: Sequence[Part], day_first: bool | None) -> DateReading:
    code = "".join(kind for kind, _ in row)
    bare, clocks = _CLOCK.subn(",", code)
    bare = bare.replace("Z", "") if clocks == 0 and bare.count("Z") == 1 and bare.endswith("Z") else bare
    shape = _DATES.fullmatch(bare.strip(","))
    if shape is None or clocks > 1 or bare.count("W") > 1:
        return NOTHING
    values = {kind: [value for each, value in row if each == kind] for kind in "YnMWTAZ"}
    clock = _clock(values["T"], values["A"])
    days = _days(bare, values)
    if values["W"]:
        days = {day: first for day, first in days.items() if day.weekday() == values["W"][0]}
    if clock is None or not days:
        return NOTHING
    if len(days) > 1 and day_first is None:
        return DateReading(is_open=True)
    day, first = next((day, first) for day, first in days.items() if len(days) == 1 or first is day_first)
    zones: list[Zone] = values["Z"]  # type: ignore[assignment]
    moment = to_utc(datetime.combine(day, clock), zones)
    return NOTHING if moment is None else DateReading(moment, first)


def _clock(times: Sequence[object], halves: Sequence[object]) -> time | None:
    """The time on the clock, midnight where none is told; None for one that no clock shows."""
    if len(halves) > len(times):
        return None
    shown = re.split(r"[:.,]", str(times[0])) if times else []
    hour, minute, second = (int(part) for part in [*shown, "0", "0", "0"][:3])
    if halves:
        after_noon = halves[0] == 12
        if (hour > 12 and not after_noon) or (hour == 0 and after_noon):
            return None
        hour = hour if hour > 12 else hour % 12 + int(after_noon) * 12
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _days(code: str, values: dict[str, list[object]]) -> dict[date, bool | None]:
    """The days that the date may be, each with whether its day stands before its month (None: that is no question)."""
    numbers = [int(str(number)) for number in values["n"]]
    months = [int(str(month)) for month in values["M"]]
    years = [int(str(year)) for year in values["Y"]]
    if not years:  # the year in two digits, as in old mail: behind a month's name only
        years = [2000 + numbers[1] if numbers[1] < 70 else 1900 + numbers[1]]
    if months or code.find("Y") < code.find("n"):
        month, day = (months[0], numbers[0]) if months else (numbers[0], numbers[1])
        return _day(years[0], month, day, None)
    first, second = numbers
    if ".n." in code:  # no country of CLDR writes the month first with dots
        return _day(years[0], second, first, None)
    return _day(years[0], first, second, False) | _day(years[0], second, first, None if first == second else True)


def _day(year: int, month: int, day: int, day_first: bool | None) -> dict[date, bool | None]:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return {}
    try:
        return {date(year, month, day): day_first}
    except ValueError:
        return {}

"""Days, weeks, months and years to come that a headline in a language beside English names ("в декабре", "下周", "am
Donnerstag"). What they are called stands in ``coming_days.toml``, names of months and weekdays in `date_names`.

Of a headline alone, and of an act that it announces: but for a few words that bar a headline ("last"), nothing here
tells a day to come from one that has been.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from classifiers.text.date_names import date_names
from classifiers.text.fold import fold
from classifiers.text.scripts import has_cjk

Span = Literal["day", "week", "month", "year"]
HALF_A_YEAR = timedelta(days=182)
"""A month without a year that lies further back is that of the next year."""
ABBREVIATED = 0.8
"""A name of fewer of the longest one's letters is an abbreviation, and might be another word."""
_NUMBERED_DAY = re.compile(
    r"(?<![\d近])(?:(?P<month>\d{1,2})\s?[月월]\s?)?(?P<day>\d{1,2})\s?[日일]"
    r"(?!\s?(?:[本间間后後内前元目で만간째후뒤전]|ぶり|連続|以内|以上|동안|연속|이내|이상))"
)
_NUMBERED_MONTH = re.compile(r"(?<!\d)(?P<month>\d{1,2})\s?[月월](?!\s?\d)")
_NUMBERED = ("zh", "ja", "ko")
"""The languages in which a month is called by its number."""
_YEAR = re.compile(r"(?<!\d)(?:19|20|١٩|٢٠|۱۹|۲۰)\d\d(?!\d)")


class ComingDays(NamedTuple):
    """The first and the last day of what is named, and whether that is a day, a week, a month or a year."""

    span: Span
    first: date
    last: date


def coming_days(text: str, language: str, published: date) -> Iterator[ComingDays]:
    """What the text names that ends after the day on which it was ``published``, single days first; nothing of a
    language that the table does not hold."""
    spoken = _spoken().get(language)
    folded = fold(text)
    years = {int(each) for each in _YEAR.findall(folded)}
    if spoken is None or spoken.is_barred(folded) or not years <= {published.year, published.year + 1}:
        return
    told = _Told(folded, published, next(iter(years)) if len(years) == 1 else None)
    named = (*spoken.days(told), *spoken.months(told), *spoken.next(told))
    yield from (each for each in named if each.last > published)


class _Told(NamedTuple):
    """A folded headline, when it was published, and the year that it names."""

    folded: str
    published: date
    year: int | None

    def year_of(self, month: int) -> int:
        """The year in which a month is meant: of half a year and more ago the next, where none is named."""
        if self.year is not None:
            return self.year
        return self.published.year + (date(self.published.year, month, 1) < self.published - HALF_A_YEAR)


class _Spoken:
    """The patterns of one language."""

    def __init__(self, language: str, told: dict[str, Any]) -> None:
        self._has_numbers, attached = language in _NUMBERED, told.get("attached", "")
        self._barred = re.compile("|".join(told["not"]))
        names = date_names(language)
        without = {fold(each) for each in told.get("without", ())}
        self._months = _without(_numbers(names, "M") | _forms(told.get("months", ()), 1), without)
        weekdays = _without(_numbers(names, "W") | _forms(told.get("weekdays", ()), 0), without)
        self._weekdays = {name: day for name, day in weekdays.items() if name.startswith(told.get("begin", ""))}
        month = _any(self._months)
        self._dated = re.compile(
            rf"(?<![\w.,])(?P<day>\d{{1,2}})(?:\.|º|er|-го|-е)?\s(?:de\s|d')?(?:{attached})?(?P<name>{month})"
        )
        before_day = _behind(told["before_day"], attached, self._weekdays)
        before_month = _behind(told.get("before_month", ()), attached, self._months)
        after_day, after_month = _after(told.get("after_day", ())), _after(told.get("after_month", ()))
        self._weekday = re.compile(rf"{before_day}(?P<name>{_any(self._weekdays)}){after_day}")
        self._month = re.compile(rf"{before_month}(?P<name>{month}){after_month}")
        self._next = {span: re.compile(_phrases(told[span])) for span in ("tomorrow", "week", "month", "year")}

    def is_barred(self, folded: str) -> bool:
        """Whether the headline tells of what has been, or has words that only look like a day."""
        return bool(self._barred.search(folded))

    def days(self, told: _Told) -> Iterator[ComingDays]:
        """Those with a number, then weekdays, of the next week where that is named, and the day after."""
        for match in (_NUMBERED_DAY if self._has_numbers else self._dated).finditer(told.folded):
            day = int(match["day"])
            if self._has_numbers and not match["month"]:
                yield from _nearest(day, told.published)
            else:
                month = int(match["month"]) if self._has_numbers else self._months[match["name"]]
                yield from _day(month, day, told)
        is_next_week = self._next["week"].search(told.folded)
        for match in self._weekday.finditer(told.folded):
            weekday = self._weekdays[match["name"]]
            ahead = weekday - told.published.weekday() + 7 if is_next_week else (weekday - told.published.weekday()) % 7
            yield _one(told.published + timedelta(days=ahead))
        if self._next["tomorrow"].search(told.folded):
            yield _one(told.published + timedelta(days=1))

    def months(self, told: _Told) -> Iterator[ComingDays]:
        """Months that are named without a day."""
        for match in (_NUMBERED_MONTH if self._has_numbers else self._month).finditer(told.folded):
            month = int(match["month"]) if self._has_numbers else self._months[match["name"]]
            if 1 <= month <= 12:
                yield _whole_month(told.year_of(month), month)

    def next(self, told: _Told) -> Iterator[ComingDays]:
        """The next week, month and year."""
        published = told.published
        if self._next["week"].search(told.folded):
            monday = published + timedelta(days=7 - published.weekday())
            yield ComingDays("week", monday, monday + timedelta(days=6))
        if self._next["month"].search(told.folded):
            following = (published.replace(day=1) + timedelta(days=32)).replace(day=1)
            yield _whole_month(following.year, following.month)
        if self._next["year"].search(told.folded):
            year = published.year + 1
            yield ComingDays("year", date(year, 1, 1), date(year, 12, 31))


def _numbers(names: Iterable[tuple[str, int, list[str]]], kind: str) -> dict[str, int]:
    """Name → number of the month or weekday, without abbreviations."""
    found: dict[str, int] = {}
    for number, told in ((number, told) for of, number, told in names if of == kind):
        folded = [fold(each) for each in told if not each.endswith((".", "׳"))]
        least = max(map(len, folded)) * ABBREVIATED
        found |= {each: number for each in folded if len(each) >= (2 if has_cjk(each) else least)}
    return found


def _forms(forms: Iterable[str], first: int) -> dict[str, int]:
    """The forms of names, in their order, which begins with the number ``first``."""
    return {fold(each): number for number, each in enumerate(forms, first)}


def _without(names: dict[str, int], other: Collection[str]) -> dict[str, int]:
    return {name: number for name, number in names.items() if name not in other}


def _any(numbers: dict[str, int]) -> str:
    """A pattern for one of the names, the longest first."""
    longest_first = sorted(numbers, key=lambda each: (-len(each), each))
    ending = "" if has_cjk(longest_first[0]) else r"(?!\w)"
    return "(?:" + "|".join(map(re.escape, longest_first)) + ")" + ending


def _behind(words: Iterable[str], attached: str, names: dict[str, int]) -> str:
    """What must stand before a name, which no number of a day does."""
    if has_cjk(next(iter(names))):
        return ""
    before = "|".join(re.escape(fold(each)) for each in words)
    written = attached or (rf"(?:{before})\s" if before else "")
    return rf"(?<!\w)(?<!\d\s){written}"


def _after(words: Iterable[str]) -> str:
    """What must follow it."""
    after = "|".join(re.escape(fold(each)) for each in words)
    return f"(?:{after})" if after else ""


def _phrases(words: Iterable[str]) -> str:
    """A pattern for one of the phrases, as whole words; where there is none, for nothing."""
    folded = [fold(each) for each in words]
    if not folded:
        return r"(?!)"
    phrases = "|".join(map(re.escape, folded))
    return phrases if has_cjk(folded[0]) else rf"(?<![\w-])(?:{phrases})(?!\w)"


def _day(month: int, day: int, told: _Told) -> Iterator[ComingDays]:
    if 1 <= month <= 12:
        year = told.year_of(month)
        if 1 <= day <= calendar.monthrange(year, month)[1]:
            yield _one(date(year, month, day))


def _nearest(day: int, published: date) -> Iterator[ComingDays]:
    """The day of the month that lies nearest, where the month is not said."""
    first = published.replace(day=1)
    months = [first - timedelta(days=1), first, first + timedelta(days=32)]
    days = [each.replace(day=day) for each in months if 1 <= day <= calendar.monthrange(each.year, each.month)[1]]
    if days:
        yield _one(min(days, key=lambda each: abs((each - published).days)))


def _one(day: date) -> ComingDays:
    return ComingDays("day", day, day)


def _whole_month(year: int, month: int) -> ComingDays:
    return ComingDays("month", date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


@cache
def _spoken() -> dict[str, _Spoken]:
    told = tomllib.loads((resources.files("classifiers.text") / "coming_days.toml").read_text(encoding="utf-8"))
    return {language: _Spoken(language, each) for language, each in told.items()}

"""For which day a text announces an act: "on Thursday", "27 November", "next week", "in December"; in languages beside
English its headline alone is read (`classifiers.text.coming_days`)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from classifiers.text.coming_days import HALF_A_YEAR, ComingDays, coming_days

WEEKDAYS = tuple(name.casefold() for name in calendar.day_name)
MONTHS = tuple(name.casefold() for name in calendar.month_name)
_MONTH = r"(?P<month>" + "|".join(rf"{name}|{name[:3]}\.?" for name in MONTHS[1:]) + r")"
_WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}\b",
        rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? ?\d{{3}})",
        rf"\b(?:on|this|next|by|until) {_WEEKDAY}\b",
        r"\b(?P<tomorrow>tomorrow)\b",
        r"\bnext (?P<next>week|month|year)\b",
        rf"\b(?:in|by|until|early|late|mid) {_MONTH}\b",
        r"\b(?:in|by|early|late) (?P<year>20\d\d)\b",
    )
)
_AHEAD = re.compile(
    r"\b(?:will|to|plans?|planned|due|set|expected|scheduled|next|upcoming|ahead|going to|shall|announced)\b", re.I
)
_PAST = re.compile(
    r"\b(?:said|told|announced|reported|wrote|met|arrived|landed|signed|had"
    r"|(?:was|were)(?! (?:expected|due|set|planned|scheduled|to)\b))\W+(?:\w+\W+){0,2}$",
    re.I,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")


class ExpectedDay(NamedTuple):
    """The last day that is meant, the day, week, month or year as a reader is told it, and its first day; the
    sentence that names it."""

    day: date
    when: str
    begins: date
    sentence: str = ""

    @property
    def is_one_day(self) -> bool:
        """Whether a single day is meant."""
        return self.begins == self.day


def expected_day(title: str, below: str, published: date) -> ExpectedDay | None:
    """The first day after ``published`` that the headline, or a sentence below it that looks ahead, names; where that
    is a week, a month or a year, the first day of its own that is named within it."""
    sentences = [title, *(each for each in _SENTENCES.split(below) if looks_ahead(each))]
    named = [
        found._replace(sentence=each) for each in sentences for found in _days(each, published) if found.day > published
    ]
    if not named:
        return None
    first = named[0]
    within = (each for each in named if each.is_one_day and first.begins <= each.day <= first.day)
    return next(within, first)


def expected_day_elsewhere(title: str, language: str, published: date) -> ExpectedDay | None:
    """The same of a headline in another language: a single day where it names one."""
    found = next(coming_days(title, language, published), None)
    if found is None:
        return None
    return _in_words(found, published)._replace(sentence=title)


def _in_words(named: ComingDays, published: date) -> ExpectedDay:
    match named.span:
        case "day":
            return _on_day(named.first, published)
        case "week":
            return _in_week(named.first)
        case "month":
            return _in_month(named.first.year, named.first.month)
        case "year":
            return _in_year(named.first)


def looks_ahead(sentence: str) -> bool:
    """Whether a sentence speaks of what is to come."""
    return bool(_AHEAD.search(sentence))


def _days(text: str, published: date) -> Iterator[ExpectedDay]:
    for form in _FORMS:
        for match in form.finditer(text):
            if not _PAST.search(text[: match.start()]):
                yield from _day(match.groupdict(), published)


def _day(told: dict[str, str | None], published: date) -> Iterator[ExpectedDay]:
    if told.get("tomorrow"):
        yield _named(published + timedelta(days=1))
    elif weekday := told.get("weekday"):
        ahead = (WEEKDAYS.index(weekday.casefold()) - published.weekday()) % 7
        yield _named(published + timedelta(days=ahead))
    elif span := told.get("next"):
        yield _next(span.casefold(), published)
    elif year := told.get("year"):
        yield _in_year(date(int(year), 1, 1))
    elif month := told.get("month"):
        yield from _of_month(_month(month), told.get("day"), published)


def _of_month(month: int, day: str | None, published: date) -> Iterator[ExpectedDay]:
    year = published.year + (date(published.year, month, 1) < published - HALF_A_YEAR)
    if day is None:
        yield _in_month(year, month)
    elif 1 <= int(day) <= calendar.monthrange(year, month)[1]:
        yield _on_day(date(year, month, int(day)), published)


def _month(word: str) -> int:
    return next(number for number, name in enumerate(MONTHS) if name and name.startswith(word.casefold()[:3]))


def _next(span: str, published: date) -> ExpectedDay:
    if span == "week":
        return _in_week(published + timedelta(days=7 - published.weekday()))
    if span == "year":
        return _in_year(date(published.year + 1, 1, 1))
    first = (published.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _in_month(first.year, first.month)


def _on_day(day: date, published: date) -> ExpectedDay:
    found = _named(day)
    return found if day.year == published.year else found._replace(when=f"{found.when} {day.year}")


def _in_week(monday: date) -> ExpectedDay:
    return ExpectedDay(monday + timedelta(days=6), f"in the week of {_named(monday).when}", monday)


def _in_year(first: date) -> ExpectedDay:
    return ExpectedDay(date(first.year, 12, 31), f"in {first.year}", first)


def _in_month(year: int, month: int) -> ExpectedDay:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return ExpectedDay(last, f"in {calendar.month_name[month]}", date(year, month, 1))


def _named(day: date) -> ExpectedDay:
    return ExpectedDay(day, f"{day:%a} {day.day} {day:%b}", day)

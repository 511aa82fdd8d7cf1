"""The figures of the week's charts: events that began in each of eight weeks, by partner and by claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Literal

from classifiers.stories.trends import LEAST_KNOWN, SIGMA, Trend, trends
from flows.digest.content.activity import LevelRow, Levels
from flows.digest.display_text import claim_name, partner_name
from flows.digest.weekly.inputs import WeekInputs
from flows.digest.weekly.weeks import DAYS

SHOWN_WEEKS = 8
MOST_ROWS = 6
"""Partners, and claims, that have a row; the week's text tells the others."""
WEEK = timedelta(days=DAYS)


def last_day(inputs: WeekInputs) -> date:
    """The day that the counts of the week's last day bear (see `db.story_counts`)."""
    return (inputs.week.end - timedelta(seconds=1)).date()


def shown_weeks(inputs: WeekInputs) -> list[date]:
    """The last day of each week that is shown: those since feeds were first read, eight at the most."""
    last = last_day(inputs)
    first = min((day for day, feeds in inputs.feeds.items() if feeds and day <= last), default=last)
    shown = min(SHOWN_WEEKS, (last - first).days // DAYS + 1)
    return [last - back * WEEK for back in range(shown - 1, -1, -1)]


def called(inputs: WeekInputs, ends: Sequence[date]) -> tuple[str, ...]:
    """The weeks by the names of their last days: far from Greenwich these are not the UTC dates of the counts."""
    return tuple((inputs.day - (last_day(inputs) - end)).isoformat() for end in ends)


def unread(inputs: WeekInputs) -> tuple[str, ...]:
    """The shown weeks for which no feed was read on any day."""
    return called(inputs, [end for end in shown_weeks(inputs) if not _days_read(inputs, end)])


def partly_read(inputs: WeekInputs) -> tuple[str, ...]:
    """The shown weeks of which some days were read and others not: their counts are too low."""
    return called(inputs, [end for end in shown_weeks(inputs) if 0 < _days_read(inputs, end) < DAYS])


def _days_read(inputs: WeekInputs, end: date) -> int:
    return sum(bool(inputs.feeds.get(end - timedelta(days=back))) for back in range(DAYS))


def partner_levels(inputs: WeekInputs) -> Levels:
    """Events that began, of all and of the partners with the most in these weeks."""
    return _levels(inputs, "partner", ["all", *_fullest(inputs, "partner")])


def claim_levels(inputs: WeekInputs, moved: Sequence[str]) -> Levels:
    """Events that began and bear on the claims which ``moved``; where fewer did, on those with the most."""
    order = [*moved, *(each for each in _fullest(inputs, "claim") if each not in moved)]
    return _levels(inputs, "claim", order[:MOST_ROWS])


def _fullest(inputs: WeekInputs, kind: str) -> list[str]:
    first = shown_weeks(inputs)[0] - WEEK
    counts: Counter[str] = Counter()
    for row in inputs.history:
        if row.kind == kind and row.day > first:
            counts[row.id] += row.stories
    return sorted((each for each in counts if counts[each]), key=lambda each: (-counts[each], each))[:MOST_ROWS]


def _levels(inputs: WeekInputs, kind: Literal["partner", "claim"], keys: Collection[str]) -> Levels:
    ends, last = shown_weeks(inputs), last_day(inputs)
    found = {(each.kind, each.id): each for each in trends(inputs.history, inputs.feeds, last, "week")}
    rows = [_row(inputs, "all" if key == "all" else kind, "" if key == "all" else key, ends, found) for key in keys]
    return Levels(days=called(inputs, ends), rows=tuple(row for row in rows if any(row.counts)))


def _row(
    inputs: WeekInputs,
    kind: Literal["all", "partner", "claim"],
    key: str,
    ends: Sequence[date],
    found: dict[tuple[str, str], Trend],
) -> LevelRow:
    days: Counter[date] = Counter()
    for row in inputs.history:
        if (row.kind, row.id) == (kind, key):
            days[row.day] += row.stories
    counts = tuple(sum(days[end - timedelta(days=back)] for back in range(DAYS)) for end in ends)
    trend = found.get((kind, key))
    low, high = _band(trend)
    mark: Literal["", "more", "less"] = ""
    if trend is not None and trend.unusual:
        mark = "more" if trend.score > 0 else "less"
    return LevelRow(kind=kind, key=key, name=_name(inputs, kind, key), counts=counts, low=low, high=high, mark=mark)


def _band(trend: Trend | None) -> tuple[float | None, float | None]:
    """What is usual in a week, as `flows.digest.compose.baselines` draws it for a day; None where too few weeks are
    known."""
    if trend is None or trend.known < LEAST_KNOWN["week"]:
        return None, None
    width = max(SIGMA * trend.spread, sqrt(trend.usual))
    return round(max(0.0, trend.usual - width), 1), round(trend.usual + width, 1)


def _name(inputs: WeekInputs, kind: str, key: str) -> str:
    if kind == "all":
        return "All events"
    return partner_name(key) if kind == "partner" else claim_name(key, inputs.claim_names)

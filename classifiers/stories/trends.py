"""How many stories there are of a partner, a channel, a claim, beside how many there usually are. Pure arithmetic.

Counts are taken per feed read, so that adding feeds is no news: a count is told as what it would have been with the
feeds of the present period. The usual level is the median of the days, or weeks, of the eight weeks before, the spread
the median distance from it (MAD); both are shown with everything that is marked unusual.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import median
from typing import Literal

from db.records import DayCount

WEEKS = 8
"""Weeks before the period that tell what is usual."""
LEAST_KNOWN: Mapping[TrendSpan, int] = {"day": 7, "week": 3}
"""With fewer earlier periods in which feeds were read, nothing is called unusual."""
LEAST_STORIES = 3
"""Fewer stories than this, in a period and usually, are never called unusual."""
UNUSUAL = 3.0
"""How many spreads from the usual level are unusual."""
SIGMA = 1.4826
"""The MAD of a normal distribution times this is its standard deviation."""
DAYS: Mapping[TrendSpan, int] = {"day": 1, "week": 7}
TrendSpan = Literal["day", "week"]


@dataclass(frozen=True, slots=True)
class Trend:
    """One thing in one period. ``stories`` as counted; ``usual`` and ``spread`` in stories at the present number of
    feeds; ``score`` is how many spreads the count lies above (or, negative, below) the usual level; ``known`` earlier
    periods tell what is usual."""

    kind: str
    id: str
    span: TrendSpan
    stories: int
    usual: float
    spread: float
    score: float
    unusual: bool
    known: int


def trends(rows: Iterable[DayCount], feeds: Mapping[date, int], last: date, span: TrendSpan) -> list[Trend]:
    """The trends of the period that ends with the day ``last``, the unusual ones first, then by stories.

    ``feeds`` tells how many feeds were read on each day; days on which none was are left out of what is usual.
    """
    counts: dict[tuple[str, str], dict[date, int]] = {}
    for row in rows:
        days = counts.setdefault((row.kind, row.id), {})
        days[row.day] = days.get(row.day, 0) + row.stories
    found = [_trend(kind, each, days, feeds, last, span) for (kind, each), days in sorted(counts.items())]
    told = [trend for trend in found if trend.stories or trend.unusual]
    return sorted(
        told, key=lambda trend: (not trend.unusual, -abs(trend.score) if trend.unusual else 0, -trend.stories)
    )


def _trend(
    kind: str, each: str, days: Mapping[date, int], feeds: Mapping[date, int], last: date, span: TrendSpan
) -> Trend:
    length = DAYS[span]
    stories, present = _period(days, feeds, last, length)
    ends = [last - timedelta(days=back) for back in range(length, 7 * WEEKS + 1, length)]
    levels = [_level(days, feeds, end, length, present) for end in ends]
    known = [level for level in levels if level is not None]
    usual = median(known) if known else 0.0
    spread = median(abs(level - usual) for level in known) if known else 0.0
    score = (stories - usual) / _scale(usual, spread)
    enough = len(known) >= LEAST_KNOWN[span] and max(stories, usual) >= LEAST_STORIES and present > 0
    unusual = enough and abs(score) >= UNUSUAL
    return Trend(kind, each, span, stories, round(usual, 2), round(spread, 2), round(score, 2), unusual, len(known))


def _scale(usual: float, spread: float) -> float:
    """The spread as a standard deviation, but never less than that of a Poisson count, nor than one story."""
    return max(SIGMA * spread, sqrt(usual), 1.0)


def _period(days: Mapping[date, int], feeds: Mapping[date, int], last: date, length: int) -> tuple[int, float]:
    """(stories, feeds read a day) of the period that ends with that day."""
    period = [last - timedelta(days=back) for back in range(length)]
    read = [feeds[day] for day in period if feeds.get(day)]
    return sum(days.get(day, 0) for day in period), sum(read) / length


def _level(
    days: Mapping[date, int], feeds: Mapping[date, int], last: date, length: int, present: float
) -> float | None:
    stories, read = _period(days, feeds, last, length)
    return stories * present / read if read else None


def silent(
    rows: Iterable[DayCount], ids: Iterable[str], last: date, days: int, kind: str = "claim"
) -> dict[str, date | None]:
    """Id → the last day that brought a story (None: none ever), for those of ``ids`` without one for ``days`` days."""
    newest: dict[str, date] = {}
    for row in rows:
        if row.kind == kind and row.stories and row.day <= last:
            newest[row.id] = max(row.day, newest.get(row.id, row.day))
    quiet = {each: newest.get(each) for each in ids}
    return {each: day for each, day in quiet.items() if day is None or (last - day).days >= days}

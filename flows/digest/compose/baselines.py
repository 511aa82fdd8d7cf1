"""The edition's counts against the usual level: new stories by partner, channel and claim, and claims gone quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Any, NamedTuple, cast

from classifiers.stories.trends import LEAST_KNOWN, SIGMA, WEEKS, Trend, silent, trends
from db.records import DayCount
from flows.digest.compose.inputs import EditionInputs, Level
from flows.digest.content.story import StoryContent

SHOWN_DAYS = 28
"""Days that a chart shows, the edition's own included."""
USUAL_DAYS = timedelta(weeks=WEEKS)
KINDS = ("all", "partner", "channel", "claim")


class Quiet(NamedTuple):
    """A claim without a story, and for how many days at the least."""

    claim: str
    days: int


def last_day(inputs: EditionInputs) -> date:
    """The day that the edition's own stories are counted under."""
    return (inputs.window.end - timedelta(seconds=1)).date()


def days(inputs: EditionInputs, called: date) -> list[date]:
    """The days that the counts of a level belong to: those since feeds were first read, 28 at the most. The last is
    ``called``, the day that the edition is named after: far from Greenwich that is not the UTC date of its counts."""
    return [called - timedelta(days=last_day(inputs).toordinal() - day.toordinal()) for day in _shown(inputs)]


def _shown(inputs: EditionInputs) -> list[date]:
    last = last_day(inputs)
    first = min((day for day in inputs.feeds if day <= last), default=last)
    shown = min(SHOWN_DAYS, (last - first).days + 1)
    return [last - timedelta(days=back) for back in range(shown - 1, -1, -1)]


def period(inputs: EditionInputs) -> str:
    """The days that tell what is usual, in words (``12 days read since 6 November``); empty where nobody counted."""
    if not inputs.feeds:
        return ""
    last = last_day(inputs)
    known = [day for day, feeds in inputs.feeds.items() if feeds and last - USUAL_DAYS <= day < last]
    if not known:
        return "no day was read before this one"
    first = min(known)
    read = f"{len(known)} {'day' if len(known) == 1 else 'days'} read since {first.day} {first:%B}"
    return read if len(known) >= LEAST_KNOWN["day"] else f"{read}, and {LEAST_KNOWN['day']} are needed"


def levels(told: Iterable[StoryContent], inputs: EditionInputs) -> list[Level]:
    """The levels of everything that the new stories ``told`` are about, and of what is unusually silent."""
    last = last_day(inputs)
    rows = _rows(told, inputs, last)
    feeds = {last: inputs.coverage.read} | dict(inputs.feeds)
    shown = _shown(inputs)
    counts: dict[tuple[str, str], Counter[date]] = {}
    for row in rows:
        counts.setdefault((row.kind, row.id), Counter())[row.day] += row.stories
    return [
        _level(trend, [counts[trend.kind, trend.id][day] for day in shown])
        for trend in trends(rows, feeds, last, "day")
        if trend.kind in KINDS
    ]


def quiet(told: Iterable[StoryContent], inputs: EditionInputs, quiet_days: int) -> list[Quiet]:
    """The claims without a story for so long; none before the monitor has read feeds for so long itself."""
    last = last_day(inputs)
    awake = (last - min((day for day in inputs.feeds if day <= last), default=last)).days + 1
    found = silent(_told_rows(told, inputs, last), inputs.known.claim_names, last, quiet_days)
    days = {claim: awake if day is None else (last - day).days for claim, day in found.items()}
    return [Quiet(claim, count) for claim, count in days.items() if count >= quiet_days]


def _rows(told: Iterable[StoryContent], inputs: EditionInputs, last: date) -> list[DayCount]:
    """The counts of the days, the edition's own as the store counts the others, so that it is compared with its like;
    as they are ``told`` where the store knows none of that day."""
    counted = [row for row in inputs.history if row.day <= last]
    return counted if any(row.day == last for row in counted) else _told_rows(told, inputs, last)


def _told_rows(told: Iterable[StoryContent], inputs: EditionInputs, last: date) -> list[DayCount]:
    """The counts of the days before, and of what the edition tells."""
    before = [row for row in inputs.history if row.day < last]
    today = Counter(about for story in told for about in _about(story))
    return before + [DayCount(last, kind, each, stories) for (kind, each), stories in sorted(today.items())]


def _about(story: StoryContent) -> Iterator[tuple[str, str]]:
    yield "all", ""
    for kind, named in (("partner", story.partner_ids), ("channel", story.channels), ("claim", story.claims)):
        yield from ((kind, each) for each in named)


def _level(trend: Trend, counts: Sequence[int]) -> Level:
    kind = cast(Any, trend.kind)
    if trend.known < LEAST_KNOWN["day"]:
        return Level(kind, trend.id, tuple(counts))
    # A score also has a floor of one story, so that one alone is never many spreads off. A band has none: of what is
    # told on no usual day it would say "0 to 1".
    width = max(SIGMA * trend.spread, sqrt(trend.usual))
    mark = "" if not trend.unusual else "more" if trend.score > 0 else "less"
    return Level(kind, trend.id, tuple(counts), max(0.0, trend.usual - width), trend.usual + width, cast(Any, mark))

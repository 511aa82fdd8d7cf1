"""The editions of past days composed one after the other, as they would have been, and what each came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

from db import editions
from db.connect import open_store
from db.records import Edition
from flows.config.settings import Config
from flows.digest.content.codec import content_of
from flows.digest.content.story import RepeatedStory
from flows.digest.editions import closed_day, reconstruction


@dataclass(frozen=True, slots=True)
class DayAccount:
    """What the edition of a day came to: ``entries`` that were new, those ``flagged`` among them, the ``events`` and
    ``threads`` that they tell (held back ones count among threads only), ``updates`` among the threads, and the stories
    ``left_out``, counted by reason in ``reasons``."""

    day: str
    entries: int
    flagged: int
    events: int
    threads: int
    updates: int
    reasons: Mapping[str, int]
    left_out: tuple[RepeatedStory, ...]


def replayed(current: Config, days: Iterable[date], now: datetime) -> Iterator[DayAccount]:
    """The account of each day that holds entries, in order, as soon as its edition is composed and stored. An edition
    that is there is not composed again, so a run that was cut off goes on. Raises DayError for a day that is not over.
    """
    for day in days:
        closed_day(current, day.isoformat(), now)
        account = account_of(_stored(current, day) or reconstruction(current, day, now))
        if account.entries:
            yield account


def _stored(current: Config, day: date) -> Edition | None:
    with closing(open_store(current.store.path)) as store:
        return editions.find(store, day.isoformat())


def account_of(edition: Edition) -> DayAccount:
    """What that edition came to."""
    content = content_of(edition.content)
    counts, repeated = content.counts, content.repeated
    return DayAccount(
        day=edition.name,
        entries=content.coverage.new + content.coverage.archived,
        flagged=counts.flagged,
        events=len(content.trace) - repeated.total,
        threads=counts.stories,
        updates=counts.updates,
        reasons=dict(Counter(story.reason for story in repeated.stories)),
        left_out=repeated.stories,
    )

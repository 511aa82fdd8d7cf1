"""What the store holds of a week, read for composition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from classifiers.stories.trends import WEEKS
from classifiers.tagging.watchlist import Watchlist
from db import clusters, editions, entries, fetches, models, story_counts, threads
from db.records import Edition
from flows.config.settings import Config
from flows.digest.content.codec import content_of, traces_of
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import Trace
from flows.digest.editions import was_awake, window_of
from flows.digest.read_inputs import names_of
from flows.digest.weekly.inputs import DayContents, WeekInputs
from flows.digest.weekly.told import Keys
from flows.digest.weekly.weeks import days_of, name_of, week_of

FORTNIGHT = timedelta(days=14)
REMEMBERED = timedelta(weeks=WEEKS)
"""Acts that were announced so long before the week are still looked for; the charts go back as far."""


def week_inputs(store: Database, current: Config, day: date, watchlist: Watchlist) -> WeekInputs:
    """Everything that the weekly edition of the week that closes on ``day`` is composed from."""
    week = week_of(current, day)
    days = _contents(editions.ended_in(store, *week))
    before = _contents(editions.ended_in(store, week.start - FORTNIGHT, week.start))
    traces = traces_of(editions.story_traces(store, week.start - REMEMBERED, week.end))
    start = week.end - timedelta(weeks=WEEKS + 1, days=1)
    return WeekInputs(
        name=name_of(day),
        day=day,
        week=week,
        days=days,
        before=before,
        keys=_keys(store, [content for _, content in (*before, *days)], traces),
        traces=traces,
        coverage=fetches.coverage_of_window(store, *week),
        archived=entries.count_archived(store, *week),
        history=story_counts.story_days(store, start, week.end),
        feeds=story_counts.feeds_read(store, start, week.end),
        read=frozenset(each.isoformat() for each in days_of(day) if was_awake(store, window_of(current, each))),
        claim_names=names_of(watchlist),
        model=models.champion(store),
    )


def _contents(made: Iterable[Edition]) -> DayContents:
    return [(_day(each), content_of(each.content)) for each in made]


def _day(edition: Edition) -> str:
    """The day that an edition tells: its name begins with it."""
    try:
        return date.fromisoformat(edition.name[:10]).isoformat()
    except ValueError:
        return _last(edition.window_end)


def _last(end: datetime) -> str:
    return (end - timedelta(seconds=1)).date().isoformat()


def _keys(store: Database, contents: Sequence[EditionContent], traces: Iterable[Trace]) -> Keys:
    told = {story.entry for content in contents for story in content.told()}
    remembered = {entry for trace in traces for entry in trace.entries[:1]}
    events = clusters.clusters_of(store, sorted(told | remembered))
    known = {*events.values(), *(trace.cluster for trace in traces if trace.cluster is not None)}
    return Keys(events, threads.threads_of(store, sorted(known)))

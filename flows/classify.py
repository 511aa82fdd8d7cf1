"""Classify: entries that wait → scores, then flagged ones → story clusters."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from sqlite_utils import Database

from db import clusters, entries, scores
from db.connect import open_store
from db.types import Entry
from flows.books import Clock, booked, settings
from flows.config import Config

ENTRIES_A_BATCH = 1000
CLUSTER_HOURS = 120
"""How long a story cluster stays open after an entry joined it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one classification came to; ``clustered`` are flagged entries that were given their story cluster."""

    model_version: str
    scored: int
    flagged: int
    clustered: int


def judge_waiting(current: Config, clock: Clock) -> Judged:
    """Score every entry that waits and cluster what is flagged. The first time, this trains the first model."""
    from classifiers.registry import ensure_champion
    from classifiers.scoring import score_batch

    with closing(open_store(current.store.path)) as store:
        model = ensure_champion(store, current.classifier.models, current.classifier.target_recall, clock.now())
        scored = flagged = 0
        for batch in entries.unscored(store, ENTRIES_A_BATCH):
            found = score_batch(model, batch, clock.now())
            scores.append(store, found)
            scored += len(found)
            flagged += sum(score.flagged for score in found)
        return Judged(model.id, scored, flagged, _cluster(store, clock))


def _cluster(store: Database, clock: Clock) -> int:
    from classifiers.clusters import assign

    waiting = clusters.unclustered(store)
    for moment, group in _days(waiting, clock.now()):
        leads = clusters.open_leads(store, moment - timedelta(hours=CLUSTER_HOURS), moment)
        clusters.append(store, assign(group, leads), moment)
    return len(waiting)


def _days(waiting: Sequence[Entry], now: datetime) -> Iterator[tuple[datetime, list[Entry]]]:
    """(the moment at which they are clustered, entries): what is backfilled day after day, as it would have been; what
    was first seen in the last 24 hours as it stands now."""
    days: dict[date | None, list[Entry]] = defaultdict(list)
    for entry in waiting:
        seen = entry.first_seen_at
        days[seen.date() if seen < now - timedelta(hours=24) else None].append(entry)
    recent = days.pop(None, [])
    for _, group in sorted(days.items(), key=lambda day: str(day[0])):
        yield max(entry.first_seen_at for entry in group), group
    if recent:
        yield now, recent


@task(name="score entries", cache_policy=NO_CACHE)
async def judge(config: str, now: str) -> Judged:
    """`judge_waiting` in a thread, so that Prefect's heartbeat goes on."""
    return await asyncio.to_thread(judge_waiting, settings(config), Clock(now))


def told(judged: Judged) -> dict[str, object]:
    """The result for the books."""
    return asdict(judged)


@flow(name="classify")
async def classify(config: str = "", now: str = "") -> Judged:
    """Score and cluster what waits.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    """
    current, clock = settings(config), Clock(now)
    with booked(current.store.path, "classify", clock) as book:
        judged = await judge(config, clock.start.isoformat())
        book.detail |= told(judged)
    return judged

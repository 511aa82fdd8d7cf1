"""Classify: entries that wait → scores, then flagged ones → story clusters."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.runtime.clock import Clock
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.run_log import booked, settings
from flows.stories.judging import Judged, judge_waiting


@task(name="score entries", cache_policy=NO_CACHE)
async def judge(config: str, now: str) -> Judged:
    """`judge_waiting` in a thread, so that Prefect's heartbeat goes on."""
    return await asyncio.to_thread(judge_waiting, settings(config), Clock(now))


def told(judged: Judged) -> dict[str, object]:
    """The result for the books."""
    return asdict(judged)


@flow(name="classify", **WATCHED)
async def classify(config: str = "", now: str = "") -> Judged:
    """Score and cluster what waits.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    """
    current, clock = settings(config), Clock(now)
    with booked(current.store.path, "classify", clock) as book:
        judged = await judge(config, clock.start.isoformat())
        book.detail |= told(judged)
    await works(current, "classify", clock.now(), config)
    return judged

"""Classify: entries that wait → scores, then flagged ones → story clusters."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.run_log import logged_run
from flows.stories.judging import Classified, judge_waiting


@task(name="score entries", cache_policy=NO_CACHE)
async def judge(config: str, now: str) -> Classified:
    """`judge_waiting` in a thread, so that Prefect's heartbeat goes on."""
    return await asyncio.to_thread(judge_waiting, config_at(config), Clock(now))


def run_detail(judged: Classified) -> dict[str, object]:
    """The result for the log of runs."""
    return asdict(judged)


@flow(name="classify", **WATCHED)
async def classify(config: str = "", now: str = "") -> Classified:
    """Score and cluster what waits.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    """
    current, clock = config_at(config), Clock(now)
    with logged_run(current.store.path, "classify", clock) as record:
        judged = await judge(config, clock.start.isoformat())
        record.detail |= run_detail(judged)
    await works(current, "classify", clock.now(), config)
    return judged

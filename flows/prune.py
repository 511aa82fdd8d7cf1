"""Prune: the store gives up what [keep] says, and Prefect's databases keep to their size. What runs once a week."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict
from datetime import timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.keeping.prune import GaveUp, give_up
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.run_log import logged_run, steps_aside

STALE = timedelta(days=3)
"""A scheduled run that was due longer ago steps aside."""
logger = logging.getLogger(__name__)


@task(name="give up", cache_policy=NO_CACHE)
async def pruned(config: str, now: str) -> GaveUp:
    """`give_up` in a thread, so that Prefect's heartbeat goes on."""
    return await asyncio.to_thread(give_up, config_at(config), Clock(now).now())


@flow(name="prune", **WATCHED)
async def prune(config: str = "", now: str = "") -> GaveUp | None:
    """Prune by the settings of [keep]; None where the run steps aside.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    """
    current, clock = config_at(config), Clock(now)
    if steps_aside(current.store.path, "prune", clock, STALE):
        return None
    with logged_run(current.store.path, "prune", clock) as record:
        done = await pruned(config, clock.now().isoformat())
        record.detail |= asdict(done)
        for line in done.troubles:
            logger.warning("prune: %s", line)
    await works(current, "prune", clock.now(), config)
    return done

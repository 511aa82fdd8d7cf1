"""Health: how the monitor fares, looked at from outside of any pass. What runs once an hour."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from prefect import flow

from flows.doctor.health import Health, health_of
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.run_log import logged_run, steps_aside

STALE = timedelta(hours=1)
"""A scheduled run that was due longer ago steps aside: how it fared then nobody can say any more."""
logger = logging.getLogger(__name__)


@flow(name="health", **WATCHED)
async def health(config: str = "", now: str = "") -> Health | None:
    """Look at the store and the disk; None where the run steps aside.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    """
    current, clock = config_at(config), Clock(now)
    if steps_aside(current.store.path, "health", clock, STALE):
        return None
    with logged_run(current.store.path, "health", clock) as record:
        found = await asyncio.to_thread(health_of, current, clock.now())
        record.detail |= {"faults": list(found.faults)}
        for line in found.faults:
            logger.warning("health: %s", line)
    await works(current, "health", clock.now(), config)
    return found

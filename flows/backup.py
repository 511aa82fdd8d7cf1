"""Backup: a copy of the store and what it needs, looked over and rotated. What runs once a day."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.keeping.backup import Backup, make_backup
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.run_log import logged_run, steps_aside

STALE = timedelta(hours=20)
"""A scheduled run that was due longer ago steps aside: the next day's is near."""


@task(name="copy and look over", cache_policy=NO_CACHE)
async def copy(config: str, now: str) -> Backup:
    """`make_backup` in a thread, so that Prefect's heartbeat goes on."""
    current, own = config_at(config), Path(config) if config else None
    return await asyncio.to_thread(make_backup, current, own, Clock(now).now())


@flow(name="backup", **WATCHED)
async def backup(config: str = "", now: str = "") -> Backup | None:
    """Make a backup by the settings of [backup]; None where the run steps aside.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    """
    current, clock = config_at(config), Clock(now)
    if steps_aside(current.store.path, "backup", clock, STALE):
        return None
    with logged_run(current.store.path, "backup", clock) as record:
        made = await copy(config, clock.now().isoformat())
        size = sum(each.bytes for each in made.manifest.files)
        record.detail |= {"folder": str(made.folder), "bytes": size, "removed": len(made.removed)}
    await works(current, "backup", clock.now(), config)
    return made

"""Health: a look at the state of things, and the alarms that follow from it. What runs once an hour."""

from __future__ import annotations

from datetime import timedelta

from prefect import flow

from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, looks, works
from flows.runtime.run_log import logged_run, steps_aside

STALE = timedelta(minutes=50)
"""A scheduled run that was due longer ago steps aside: the next hour's is near."""


@flow(name="health", **WATCHED)
async def health(config: str = "", now: str = "") -> list[str]:
    """Look the store over, look at everything else, raise and end alarms; returns what is bad, a headline each.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    """
    current, clock = config_at(config), Clock(now)
    # Before anything is written: that the store cannot be may be what has to be told.
    bad = await looks(current, clock.now(), deep=True)
    if steps_aside(current.store.path, "health", clock, STALE):
        return bad
    with logged_run(current.store.path, "health", clock) as record:
        record.detail |= {"bad": bad}
    await works(current, "health", clock.now(), config)
    return bad

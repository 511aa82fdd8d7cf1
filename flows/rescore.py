"""Rescore: every stored entry → its score under the model that judges now, then stories for what is newly flagged."""

from __future__ import annotations

import asyncio
import logging
import time
from contextvars import ContextVar
from dataclasses import asdict
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.config.settings import Config
from flows.rescoring import rescore as steps
from flows.rescoring.job import done
from flows.rescoring.plan import Span
from flows.rescoring.pool import ScorePool
from flows.rescoring.rescore import Order, Progress, Rescored, Run
from flows.runtime.clock import Clock
from flows.runtime.dask_cluster import answers_of
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.run_log import logged_run
from flows.runtime.shown_runs import Progress as Bar

logger = logging.getLogger(__name__)

TOLD_SECONDS = 30.0
"""Between two lines of the log that say how far it has come."""
on_progress: ContextVar[Progress | None] = ContextVar("on_progress", default=None)
"""Set by whoever wants to watch it."""


@task(name="score again", cache_policy=NO_CACHE, persist_result=False)
async def score_again(config: str, order: Order, run: Run, now: str) -> Rescored:
    """`flows.rescoring.rescore.rescore` in a thread, so that Prefect's heartbeat goes on."""
    shown = shown_beside_the_run(asyncio.get_running_loop())
    return await asyncio.to_thread(_scored, config_at(config), order, run, Clock(now), told_now_and_then(shown))


def shown_beside_the_run(loop: asyncio.AbstractEventLoop) -> Progress:
    """How far it has come, as a bar on Prefect's page of the run; called from another thread than that of ``loop``."""
    bar = Bar("rescore", "the store is scored again")

    def show(done: int, total: int) -> None:
        asyncio.run_coroutine_threadsafe(bar.tell(done, total), loop).result()

    return show


def _scored(current: Config, order: Order, run: Run, clock: Clock, hear: Progress) -> Rescored:
    if current.scale.dask:
        with answers_of(done, current.scale.dask, current.scale.workers) as answers:
            return steps.rescore(current, order, run, clock, answers, hear)
    with ScorePool(current.scale.workers) as pool:
        return steps.rescore(current, order, run, clock, pool.answers, hear)


def told_now_and_then(show: Progress) -> Progress:
    """Whoever watches, and ``show``, hear everything; the log now and then a line, with about how long it takes."""
    watcher, begun, told = on_progress.get(), time.monotonic(), time.monotonic()
    first: int | None = None

    def hear(done: int, total: int) -> None:
        nonlocal told, first
        first = done if first is None else first
        if watcher is not None:
            watcher(done, total)
        show(done, total)
        now = time.monotonic()
        if now - told >= TOLD_SECONDS and done > first:
            told = now
            left = timedelta(seconds=round((now - begun) * (total - done) / (done - first)))
            logger.info("rescore: %d of %d entries, about %s left", done, total, left)

    return hear


@flow(name="rescore", **WATCHED)
async def rescore(config: str = "", now: str = "", start: str = "", end: str = "", anew: bool = False) -> Rescored:
    """Score the stored entries again under the champion.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock);
    ``start`` and ``end`` are aware ISO moments: what was first seen in [start, end), each end open where it is empty.
    One that was cut off goes on where it stopped, unless ``anew``.
    """
    current, clock = config_at(config), Clock(now)
    everything = Span()
    span = Span(_moment(start, everything.start), _moment(end, everything.end))
    with logged_run(current.store.path, "rescore", clock) as record:
        run = Run(current.store.path, record.run_id, record.detail)
        rescored = await score_again(config, Order(span, anew), run, clock.start.isoformat())
        record.detail |= asdict(rescored)
    await works(current, "rescore", clock.now(), config)
    return rescored


def _moment(told: str, default: datetime) -> datetime:
    return datetime.fromisoformat(told) if told else default

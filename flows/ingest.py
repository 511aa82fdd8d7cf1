"""Ingest: the configured feeds → new entries in the store."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from contextvars import ContextVar
from dataclasses import asdict

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from db import feeds as feed_table
from db import fetches
from db.connect import open_store
from db.records import Coverage, Feed
from flows.config.settings import Config
from flows.feeds.pipeline import FetchProgress, read_feeds
from flows.feeds.schedule.notices import conclude
from flows.feeds.subscriptions.spelling import respell
from flows.feeds.subscriptions.user_feeds import to_read
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.reports import report_feeds
from flows.runtime.run_log import logged_run, only_reader
from flows.runtime.secrets import proxy_password_of

logger = logging.getLogger(__name__)

FEEDS_A_TASK = 500
"""A task costs Prefect 19 KB for ever and its server some milliseconds: one for each feed would choke it."""

on_feed: ContextVar[FetchProgress | None] = ContextVar("on_feed", default=None)
"""Set by whoever wants to watch the feeds come in."""


@task(name="read feeds", cache_policy=NO_CACHE)
async def read_batch(config: str, feed_ids: Sequence[int], run_id: str, now: str) -> None:
    """Read these feeds into the store, with a row each in the fetch log under ``run_id``."""
    current = config_at(config)
    start, password = Clock(now).start, await proxy_password_of(current)
    await read_feeds(current.store.path, feed_ids, current.fetch, run_id, start, on_feed.get(), password)


async def read_all(config: str, current: Config, run_id: str, clock: Clock, *, everything: bool) -> Coverage:
    """Read the configured feeds that are due, or all of them, in tasks of ``FEEDS_A_TASK``; write the notices of the
    run and return its coverage."""
    feeds = _chosen(current, clock, everything=everything)
    for first in range(0, len(feeds), FEEDS_A_TASK):
        feed_ids = [feed.id for feed in feeds[first : first + FEEDS_A_TASK]]
        await read_batch(config, feed_ids, run_id, clock.start.isoformat())
    with closing(open_store(current.store.path)) as store:
        for outlet, notice in conclude(store, run_id, clock.now(), current.fetch):
            logger.warning("%s %s", outlet, notice.text)
        return fetches.coverage_of_run(store, run_id)


def _chosen(current: Config, clock: Clock, *, everything: bool) -> list[Feed]:
    specs = to_read(current.feeds)
    with closing(open_store(current.store.path)) as store:
        respell(store)
        subscribed = feed_table.subscribe(store, specs, clock.start)
        return subscribed if everything else feed_table.due(store, clock.start)


def run_detail(coverage: Coverage) -> dict[str, object]:
    """The coverage for the log of runs: the counts, without the list of failures (the fetch log has it)."""
    return {name: value for name, value in asdict(coverage).items() if name not in ("failures", "reasons")}


@flow(name="ingest", **WATCHED)
async def ingest(config: str = "", now: str = "", everything: bool = False) -> Coverage | None:
    """Read the feeds that are due once; None where another process is reading and this one steps aside.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock);
    ``everything`` reads feeds that are not due as well.
    """
    current, clock = config_at(config), Clock(now)
    with only_reader(current.store.path, "ingest", clock) as is_alone:
        if not is_alone:
            return None
        with logged_run(current.store.path, "ingest", clock) as record:
            coverage = await read_all(config, current, record.run_id, clock, everything=everything)
            record.detail |= run_detail(coverage)
    await report_feeds(current, record.run_id, coverage)
    await works(current, "ingest", clock.now(), config)
    return coverage

"""Backfill: files of old entries → the store, then scores. For who runs it on Prefect's pages; the command of that name
shows the same on a terminal."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from db.backfills import Backfill
from flows.archive.loading import LoadProgress
from flows.archive.reading import Archive, read_archives
from flows.classify import judge
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.run_log import logged_run
from flows.runtime.shown_runs import Progress
from flows.stories.judging import Classified

logger = logging.getLogger(__name__)


class _Watcher:
    """Passes on from a thread how far the archives were read, as one bar for each."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.counts = {"seen": 0, "new": 0, "duplicate": 0, "rejected": 0}

    @contextmanager
    def progress(self, archive: Archive) -> Iterator[LoadProgress]:
        """By files for a folder, by bytes for a file."""
        bar = Progress("backfill", f"{archive.path.name} is read into the store")
        total = archive.files if archive.is_by_files else archive.path.stat().st_size
        read = 0

        def tell(backfill: Backfill) -> None:
            nonlocal read
            read = read + int(backfill.is_done) if archive.is_by_files else backfill.position
            # A packed file has more bytes inside than outside: it is not done before it says so.
            done = total if backfill.is_done and not archive.is_by_files else min(read, total)
            asyncio.run_coroutine_threadsafe(bar.tell(done, total), self._loop).result()

        yield tell

    def read(self, archive: Archive, done: Sequence[Backfill], old: int) -> None:
        """Add up its counts."""
        for name in self.counts:
            self.counts[name] += sum(getattr(each, name) for each in done)
        logger.info("%s: %d files read, %d had been read before", archive.path, len(done), old)

    def passed_over(self, reason: str) -> None:
        """A line in the log."""
        logger.warning("passed over: %s", reason)


@task(name="read archives", cache_policy=NO_CACHE)
async def read(config: str, files: Sequence[str], now: str) -> tuple[dict[str, int], list[str]]:
    """`read_archives` in a thread, so that Prefect's heartbeat goes on. Returns the counts and what is unreadable."""
    watcher = _Watcher(asyncio.get_running_loop())
    paths = [Path(file) for file in files]

    def reading() -> list[str]:
        return asyncio.run(read_archives(config_at(config), paths, Clock(now).now(), watcher))

    return watcher.counts, await asyncio.to_thread(reading)


@flow(name="backfill", **WATCHED)
async def backfill(files: list[str], config: str = "", now: str = "") -> Classified:
    """Read archives (files or folders, on the machine where the run works) into the store, then score what is new.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    Raises ValueError where something cannot be read, after everything else was.
    """
    current, clock = config_at(config), Clock(now)
    if missing := [file for file in files if not Path(file).exists()]:
        raise ValueError(f"there is no file {missing[0]}")
    with logged_run(current.store.path, "backfill", clock) as record:
        counts, problems = await read(config, files, clock.start.isoformat())
        record.detail |= counts
        judged = await judge(config, clock.now().isoformat())
        record.detail |= {"flagged": judged.flagged}
        if problems:
            raise ValueError("; ".join(problems))
    await works(current, "backfill", clock.now(), config)
    return judged

"""Feeds → store: fetching, parsing and writing at the same time. Plain Python; the flow only calls it.

Each feed's entries and the log of its fetch go into the store in one transaction as soon as they are there, so a run
that is killed leaves a sound store, which the next run completes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from db.connect import open_store
from db.entries import append_batch
from db.types import Feed, Fetch, NewEntry
from flows.config import FetchSettings
from flows.feeds.fetch import Fetcher
from flows.feeds.pool import ParsePool
from flows.feeds.records import FeedFailure, FeedResponse, ParsedFeed

MAX_BODIES = 64
"""Documents held at once between network and parser; beyond it the network waits."""

Progress = Callable[[Feed, Fetch], None]
"""Told of each feed once, when its fetch has been written down."""


async def read_feeds(
    store_path: Path,
    feeds: Sequence[Feed],
    settings: FetchSettings,
    run_id: str,
    now: datetime,
    progress: Progress | None = None,
) -> None:
    """Read the feeds into the store at ``store_path``; every feed gets a row in the fetch log under ``run_id``.

    ``now`` (aware UTC) is when the run began: entries count as first seen then. Raises only for what is ours:
    StoreError and sqlite3 errors.
    """
    async with _Writer(store_path) as writer, ParsePool(settings) as pool, Fetcher(settings) as fetcher:
        run = _Run(writer, pool, fetcher, asyncio.Semaphore(MAX_BODIES), run_id, now)
        try:
            async with asyncio.TaskGroup() as group:
                for feed in feeds:
                    group.create_task(run.read(feed, progress))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None


class _Writer:
    """The store, in a thread of its own: waiting for another process's lock must not stop the clocks of the fetches."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._store: Database = await loop.run_in_executor(self._thread, open_store, self._path)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._store.close)
        self._thread.shutdown()

    async def append(self, fetch: Fetch, batch: Sequence[NewEntry], now: datetime) -> Fetch:
        """Write one feed's batch and the log of its fetch in one transaction."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, append_batch, self._store, fetch, batch, now)


class _Run:
    """What the tasks of one run share."""

    def __init__(
        self,
        writer: _Writer,
        pool: ParsePool,
        fetcher: Fetcher,
        room: asyncio.Semaphore,
        run_id: str,
        now: datetime,
    ) -> None:
        self._writer = writer
        self._pool = pool
        self._fetcher = fetcher
        self._room = room
        self._run_id = run_id
        self._now = now
        self._begun = time.monotonic()

    async def read(self, feed: Feed, progress: Progress | None) -> None:
        """One feed from the network into the store."""
        async with self._fetcher.fetched(feed.url) as response:
            started_at = self._clock() - timedelta(milliseconds=response.milliseconds)
            await self._room.acquire()
        try:
            parsed = await self._parsed(response)
        finally:
            self._room.release()
        fetch = _fetch(feed, started_at, self._run_id, response, parsed)
        logged = await self._writer.append(fetch, parsed.entries, self._now)
        if progress is not None:
            progress(feed, logged)

    async def _parsed(self, response: FeedResponse | FeedFailure) -> ParsedFeed:
        if isinstance(response, FeedFailure):
            return ParsedFeed(error=response.error)
        return await self._pool.parse(response, self._now)

    def _clock(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._begun)


def _fetch(
    feed: Feed, started_at: datetime, run_id: str, response: FeedResponse | FeedFailure, parsed: ParsedFeed
) -> Fetch:
    return Fetch(
        feed_id=feed.id,
        started_at=started_at,
        outcome="failed" if parsed.error else "ok",
        run_id=run_id,
        status=response.status,
        bytes=response.received,
        milliseconds=response.milliseconds,
        final_url=response.final_url,
        error=parsed.error,
        seen=parsed.seen,
        rejected=parsed.rejected,
        reasons=parsed.reasons,
    )

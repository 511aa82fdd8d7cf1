"""Feeds → store: fetching, parsing and writing at the same time. Plain Python; the flow only calls it.

Each feed's entries, its state and the log of its fetch go into the store in one transaction as soon as they are
there, so a run that is killed leaves a sound store, which the next run completes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from db.feed_states import FeedState
from db.notices import Notice
from db.records import Feed, Fetch
from flows.config.settings import FetchSettings
from flows.feeds.http.fetch import Fetcher
from flows.feeds.parsing.links import host_of
from flows.feeds.parsing.records import FeedFailure, FeedResponse, ParsedFeed
from flows.feeds.parsing.worker_pool import ParsePool
from flows.feeds.schedule.check_schedule import host_quiet
from flows.feeds.schedule.feed_state import (
    FeedAnswer,
    address_of,
    advance,
    answer_of,
    body_hash,
    conditions_of,
    is_known,
    move_notice,
)
from flows.feeds.store_writer import Found, Pause, Writer

MAX_BODIES = 64
"""Documents held at once between network and parser; beyond it the network waits."""

FetchProgress = Callable[[Feed, Fetch], None]
"""Told of each feed once, when its fetch has been written down."""


async def read_feeds(
    store_path: Path,
    feed_ids: Sequence[int],
    settings: FetchSettings,
    run_id: str,
    now: datetime,
    progress: FetchProgress | None = None,
    proxy_password: str = "",
) -> None:
    """Read the feeds of these ids into the store at ``store_path``; each gets a row in the fetch log under ``run_id``.

    ``now`` (aware UTC) is when the run began: entries count as first seen then. Feeds are read whether they are due
    or not, but for those of a host that asked for quiet: these are written down as postponed. Disabled feeds are left
    out. Without a ``proxy_password`` the environment may hold it. Raises only for what is ours: StoreError, ConfigError
    and sqlite3 errors.
    """
    async with Writer(store_path) as writer:
        feeds = await writer.enabled(feed_ids)
        pauses = await writer.pauses(now)
        is_first = any(state.full_at is None for _, state in feeds)
        async with ParsePool(settings, ahead=is_first) as pool, Fetcher(settings, proxy_password) as fetcher:
            run = _FeedRun(settings, writer, pool, fetcher, run_id, now, pauses)
            try:
                async with asyncio.TaskGroup() as group:
                    for feed, state in feeds:
                        group.create_task(run.read(feed, state, progress))
            except ExceptionGroup as errors:
                raise errors.exceptions[0] from None


class _FeedRun:
    """What the tasks of one run share. ``pauses`` grows while it goes on: a host that says "wait" is heard at once."""

    def __init__(
        self,
        settings: FetchSettings,
        writer: Writer,
        pool: ParsePool,
        fetcher: Fetcher,
        run_id: str,
        now: datetime,
        pauses: dict[str, Pause],
    ) -> None:
        self._settings = settings
        self._writer = writer
        self._pool = pool
        self._fetcher = fetcher
        self._room = asyncio.Semaphore(MAX_BODIES)
        self._run_id = run_id
        self._now = now
        self._begun = time.monotonic()
        self._pauses = pauses

    async def read(self, feed: Feed, state: FeedState, progress: FetchProgress | None) -> None:
        """One feed from the network into the store."""
        address = address_of(state, feed.url)
        async with self._fetcher.turn(address):
            pause = self._pauses.get(host_of(address))
            if pause is None:
                response = await self._fetcher.fetch(address, conditions_of(state, self._clock()))
                self._hear(response)
                await self._room.acquire()
        if pause is not None:
            found = self._postponed(feed, pause)
        else:
            try:
                found = await self._found(feed, state, address, response)
            finally:
                self._room.release()
        logged = await self._writer.write(found, self._now)
        if progress is not None:
            progress(feed, logged)

    def _hear(self, response: FeedResponse | FeedFailure) -> None:
        host = host_of(response.final_url or response.url)
        at = self._clock()
        quiet = host_quiet(host, response.status, response.headers, at, self._settings.shared_hosts)
        if quiet.at > at:
            self._pauses[host] = Pause(host, quiet.at, quiet.why)

    async def _found(self, feed: Feed, state: FeedState, address: str, response: FeedResponse | FeedFailure) -> Found:
        at = self._clock()
        hashed = body_hash(response)
        is_unchanged = isinstance(response, FeedResponse) and is_known(state, response, hashed)
        parsed = await self._parsed(feed, response, is_unchanged)
        answer = answer_of(response, parsed, at, address, hashed, is_unchanged=is_unchanged)
        after = advance(state, feed.url, answer, timedelta(minutes=self._settings.check_minutes))
        moved = move_notice(state, after, feed.url)
        return Found(
            _fetch(feed, self._run_id, at, response, answer, parsed),
            parsed.entries,
            after,
            self._pauses.get(host_of(answer.final_url)),
            Notice(feed.id, "moved", at, self._run_id, moved) if moved else None,
        )

    async def _parsed(self, feed: Feed, response: FeedResponse | FeedFailure, is_unchanged: bool) -> ParsedFeed:
        if isinstance(response, FeedFailure):
            return ParsedFeed(error=response.error)
        return ParsedFeed() if is_unchanged else await self._pool.parse(response, self._now, feed.url)

    def _postponed(self, feed: Feed, pause: Pause) -> Found:
        error = f"not asked: {pause.why}, until {pause.until:%Y-%m-%d %H:%M} UTC"
        return Found(Fetch(feed.id, self._clock(), "postponed", self._run_id, error=error))

    def _clock(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._begun)


def _fetch(
    feed: Feed,
    run_id: str,
    ended_at: datetime,
    response: FeedResponse | FeedFailure,
    answer: FeedAnswer,
    parsed: ParsedFeed,
) -> Fetch:
    return Fetch(
        feed_id=feed.id,
        started_at=ended_at - timedelta(milliseconds=response.milliseconds),
        outcome="unchanged" if answer.kind == "unchanged" else "ok" if answer.kind == "ok" else "failed",
        run_id=run_id,
        status=response.status,
        bytes=response.received,
        milliseconds=response.milliseconds,
        final_url=response.final_url,
        error=parsed.error,
        seen=parsed.seen,
        capped=parsed.capped,
        rejected=parsed.rejected,
        reasons=parsed.reasons,
    )

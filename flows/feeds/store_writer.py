"""The store, in a thread of its own: waiting for another process's lock must not block the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlite_utils import Database

from db import feed_states, feeds, host_pauses, notices
from db.connect import open_store, writing
from db.entries import append_batch
from db.feed_states import FeedState
from db.notices import Notice
from db.records import Feed, Fetch, NewEntry

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Pause:
    """A host that asked for quiet."""

    host: str
    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that is written of one feed, in one transaction: what was not stored must be asked for again, so the
    validators go with the entries. ``state`` is None where the feed was not asked."""

    fetch: Fetch
    entries: Sequence[NewEntry] = ()
    state: FeedState | None = None
    pause: Pause | None = None
    notice: Notice | None = None


class Writer:
    """The store at a path, opened, read and written in one thread. A context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def __aenter__(self) -> Self:
        self._store = await self._in_thread(lambda: open_store(self._path))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._in_thread(self._store.close)
        self._thread.shutdown()

    async def enabled(self, feed_ids: Sequence[int]) -> list[tuple[Feed, FeedState]]:
        """The enabled ones of these feeds, each with its state, in the order of their ids."""
        found = await self._in_thread(lambda: feeds.with_states(self._store, feed_ids))
        return [(feed, state) for feed, state in found if feed.enabled]

    async def pauses(self, now: datetime) -> dict[str, Pause]:
        """The hosts that are left alone at ``now``."""
        found = await self._in_thread(lambda: host_pauses.under_way(self._store, now))
        return {host: Pause(host, until, why) for host, (until, why) in found.items()}

    async def write(self, found: Found, now: datetime) -> Fetch:
        """Write one feed's part of the run; returns the fetch with the counts as stored."""
        return await self._in_thread(lambda: _write(self._store, found, now))

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _write(store: Database, found: Found, now: datetime) -> Fetch:
    with writing(store):
        logged = append_batch(store, found.fetch, found.entries, now)
        if found.state is not None:
            feed_states.save(store, found.state)
        if found.pause is not None:
            host_pauses.pause(store, found.pause.host, found.pause.until, found.pause.why)
        if found.notice is not None:
            notices.append(store, found.notice)
    return logged

"""Archives of any kind → the store: files, folders of saved feeds, OPML files, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlite_utils import Database

from db.backfills import Backfill
from db.connect import open_store
from db.records import FeedSpec
from flows.archive.loading import LINES, TABLES, LoadProgress, kind_of, load_rows
from flows.archive.outlets import Outlets
from flows.archive.rows import ArchiveError
from flows.archive.saved_feeds import SAVED, SavedFeeds, files_in
from flows.config.settings import Config
from flows.feeds.subscriptions.spelling import respell
from flows.feeds.subscriptions.user_feeds import listed


@dataclass(frozen=True, slots=True)
class Archive:
    """One that is being read: what was named, and how many files it has."""

    path: Path
    files: int

    @property
    def is_by_files(self) -> bool:
        """Whether its files are counted; else its one file has bytes."""
        return self.path.is_dir() or self.files != 1


class Watcher(Protocol):
    """Who is told how the reading goes."""

    def progress(self, archive: Archive) -> AbstractContextManager[LoadProgress]:
        """A block in which the archive is read; what it gives is told of each piece."""

    def read(self, archive: Archive, done: Sequence[Backfill], old: int) -> None:
        """The archive was read: the counts of its files, and how many had been read before."""

    def passed_over(self, reason: str) -> None:
        """A file in a folder cannot be read."""


async def read_archives(current: Config, paths: Sequence[Path], now: datetime, watcher: Watcher) -> list[str]:
    """Read them into the store; returns what could not be read, a line each. It can be killed and begun again at any
    time: what was read is not read again."""
    with closing(open_store(current.store.path)) as store:
        respell(store)
        outlets = Outlets(store, listed(current.feeds), now)
        saved = SavedFeeds(store, outlets, current.fetch, now)
        async with saved.pool:
            reader = _Reader(store, outlets, saved, now, watcher)
            for path in paths:
                await reader.read(path)
    return reader.problems


class _Reader:
    def __init__(self, store: Database, outlets: Outlets, saved: SavedFeeds, now: datetime, watcher: Watcher) -> None:
        self._store = store
        self._outlets = outlets
        self._saved = saved
        self._now = now
        self._watcher = watcher
        self.problems: list[str] = []

    async def read(self, path: Path) -> None:
        """Read one file or folder."""
        folder = path if path.is_dir() else path.parent if kind_of(path) == ".opml" else None
        if folder is None and kind_of(path) not in LINES + TABLES + SAVED:
            known = " ".join((*LINES, *TABLES, *SAVED, ".opml"))
            self.problems.append(f"{path}: not read, its name must end with one of {known} (or that and .gz)")
            return
        files, also = files_in(folder) if folder else ([path], [])
        archive = Archive(path, len(files))
        heard: dict[str, Backfill] = {}
        with self._watcher.progress(archive) as tell:

            def hear(backfill: Backfill) -> None:
                heard[backfill.file] = backfill
                tell(backfill)

            done = [each for file in files if (each := await self._file(file, also, hear, is_named=not folder))]
        self._watcher.read(archive, list(heard.values()), sum(each.file not in heard for each in done))

    async def _file(
        self, file: Path, also: Sequence[FeedSpec], tell: Callable[[Backfill], None], *, is_named: bool
    ) -> Backfill | None:
        try:
            if kind_of(file) in LINES + TABLES:
                return load_rows(self._store, file, self._outlets, self._now, tell)
            return await self._saved.load(file, also, tell)
        except (ArchiveError, EOFError, OSError) as error:
            told = str(error) if isinstance(error, ArchiveError) else f"{file} is not readable: {error}"
            if is_named:
                self.problems.append(told)
            else:  # A folder may hold anything.
                self._watcher.passed_over(told)
            return None

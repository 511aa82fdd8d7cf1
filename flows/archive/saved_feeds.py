"""Saved feeds → the store: single files, or a folder of them, with an OPML file beside them or without."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from db import backfills
from db.backfills import Backfill, Piece
from db.records import FeedSpec
from flows.archive.entries import dated
from flows.archive.loading import LINES, TABLES, LoadProgress, begun, kind_of
from flows.archive.outlets import Outlets
from flows.archive.rows import opened
from flows.config.settings import FetchSettings
from flows.feeds.parsing.records import FeedResponse, ParsedFeed
from flows.feeds.parsing.worker_pool import ParsePool
from flows.feeds.subscriptions.opml import read_opml

SAVED = (".xml", ".rss", ".atom", ".rdf", ".json", ".feed")
MAX_ENTRIES = 1_000_000
"""Of one saved feed: an archive is not read again, so nothing may be left for the next time."""
NO_FEED, TOO_LARGE = "no feed", "a file that is too large"


def files_in(folder: Path) -> tuple[list[Path], list[FeedSpec]]:
    """(the files of a folder and the folders in it that an archive can be in, in the order of their names; the feeds
    that OPML files there list). Links are not followed. Raises CatalogueError for a damaged OPML file."""
    found = sorted(_walk(folder))
    lists = [file for file in found if kind_of(file) == ".opml"]
    specs = {spec.url: spec for file in lists for spec in read_opml(file).feeds}
    return [file for file in found if kind_of(file) in SAVED + LINES + TABLES], list(specs.values())


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not name.startswith("."))


class SavedFeeds:
    """Reads saved feeds into the store, each in one transaction. A context manager: hostile files are parsed in
    processes of their own."""

    def __init__(self, store: Database, outlets: Outlets, settings: FetchSettings, now: datetime) -> None:
        self._store = store
        self._outlets = outlets
        self._max_bytes = int(settings.max_megabytes * 1_000_000)
        self.pool = ParsePool(settings.model_copy(update={"max_entries": MAX_ENTRIES, "parse_workers": 1}))
        self._now = now

    async def load(self, file: Path, also: Sequence[FeedSpec], progress: LoadProgress) -> Backfill:
        """Read one saved feed, or nothing where it was read before; ``also`` are feeds that it may be one of."""
        backfill = begun(self._store, file)
        if not backfill.is_done:
            piece = await self._piece(file, also)
            backfill = backfills.append(self._store, backfill, piece, self._now)
            progress(backfill)
        return backfill

    async def _piece(self, file: Path, also: Sequence[FeedSpec]) -> Piece:
        size = file.stat().st_size
        with opened(file) as source:
            body = source.read(self._max_bytes + 1)
        if len(body) > self._max_bytes:
            return Piece(size, [], {TOO_LARGE: 1}, is_last=True)
        feed = self._outlets.of_file(file, body, also)
        parsed = await self._parsed(body, feed.url)
        if parsed.error:
            return Piece(size, [], {NO_FEED: 1}, is_last=True)
        entries, undated = dated(parsed.entries)
        return Piece(size, [(feed.id, entry) for entry in entries], undated + Counter(parsed.reasons), is_last=True)

    async def _parsed(self, body: bytes, url: str) -> ParsedFeed:
        base = url if url.startswith("http") else ""
        response = FeedResponse(url, base or url, 200, "", body, len(body), 0)
        return await self.pool.parse(response, self._now, url)

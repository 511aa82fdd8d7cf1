"""A store that cannot be written in the middle of a run: one clear line, nothing lost, and the next run goes on."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db import connect, feeds
from db.connect import StoreError, open_store
from flows.feeds.pipeline import read_feeds
from flows.sample.site import FolderSite
from tests.support.feed_store import NOW, SETTINGS, coverage, read, stored, write_feeds


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another process's write transaction that does not end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_store_that_is_held_too_long_ends_the_run_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_feeds(tmp_path / "site", 6, 5)
    path = tmp_path / "a.db"
    with FolderSite(tmp_path / "site") as site:
        read(path, site.feeds()[:1])
        monkeypatch.setattr(connect, "BUSY_SECONDS", 0.2)
        with held(path), pytest.raises(StoreError, match="database is locked; another process held it") as told:
            read_known(path)
        assert str(path) in str(told.value)
        assert len(str(told.value).splitlines()) == 1
        with closing(open_store(path)) as store:
            assert store["entries"].count == 5
        read(path, site.feeds(), "after")
    undisturbed(tmp_path, path)


def test_a_full_disk_ends_the_run_and_loses_nothing(tmp_path: Path) -> None:
    write_feeds(tmp_path / "site", 6, 60)
    path = tmp_path / "a.db"
    with FolderSite(tmp_path / "site") as site:
        with full_after(path, pages=100), pytest.raises(StoreError, match="disk is full; make room on its disk"):
            read(path, site.feeds(), "full")
        told = coverage(path, "full")
        assert 0 < told.feeds < 6
        assert len(stored(path)) == told.new
        read(path, site.feeds(), "after")
        assert coverage(path, "after").unchanged == told.feeds
    undisturbed(tmp_path, path)


def read_known(path: Path) -> None:
    """Read without subscribing first: the first thing to be written is what was fetched."""
    with closing(open_store(path)) as store:
        known = [feed.id for feed in feeds.enabled(store)]
    asyncio.run(read_feeds(path, known, SETTINGS, "held", NOW))


@contextmanager
def full_after(path: Path, pages: int) -> Iterator[None]:
    """A disk on which the store may not grow beyond so many pages: the limit holds for every connection."""
    original = connect._prepare

    def limited(connection: sqlite3.Connection) -> object:
        store = original(connection)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return store

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connect, "_prepare", limited)
        yield


def undisturbed(folder: Path, path: Path) -> None:
    """The store holds what one holds that nothing happened to."""
    other = folder / "undisturbed.db"
    with FolderSite(folder / "site") as site:
        read(other, site.feeds())
    assert stored(path) == stored(other)

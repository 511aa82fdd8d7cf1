"""Editions may be of any kind since threads are followed: the rows, and what refers to them, are those of before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db import deliveries, editions
from db.connect import open_store
from tests.support.old_stores import old_store
from tests.support.store_records import HOUR, NOON

BEFORE = "unsubscriptions"
KINDS = ("daily", "recent", "recomposed", "reconstruction", "alert")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of the version before, with an edition of each kind, its pages and a mail that waits."""
    path = tmp_path / "old.db"
    with old_store(path, BEFORE) as store:
        for number, kind in enumerate(KINDS, 1):
            told = (3 * number, f"e{number}", NOON.isoformat(), (NOON + HOUR).isoformat(), NOON.isoformat(), kind)
            store.execute(
                "INSERT INTO editions (id, name, window_start, window_end, composed_at, model_version, config_hash,"
                " content, kind) VALUES (?, ?, ?, ?, ?, 'm', 'h', '{}', ?)",
                told,
            )
            store.execute("INSERT INTO edition_pages (edition_id, text, html) VALUES (?, 't', 'h')", [3 * number])
        deliveries.prepare(store, 3, "r@x.example", "mail", "<r@x>", NOON)
    return path


def rows(store: Database) -> list[tuple[Any, ...]]:
    told = "id, name, window_start, window_end, composed_at, model_version, config_hash, content, kind"
    return store.execute(f"SELECT {told} FROM editions ORDER BY id").fetchall()


def indexes(store: Database) -> list[tuple[str, str]]:
    told = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'editions'"
    return sorted((name, sql or "") for name, sql in store.execute(told).fetchall())


def test_every_edition_keeps_its_kind_its_pages_and_its_mails(old: Path) -> None:
    with closing(Database(old)) as store:
        before = rows(store), indexes(store), store.table("deliveries").foreign_keys
    with closing(open_store(old)) as store:
        assert (rows(store), indexes(store), store.table("deliveries").foreign_keys) == before
        assert [each[-1] for each in rows(store)] == list(KINDS)
        assert editions.pages(store, 3) == ("t", "h")
        assert deliveries.waiting(store, NOON + HOUR) == ["e1"]
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        newest = editions.latest(store)
        assert newest is not None
        assert newest.name == "e2", "the recent one, which was composed beside the daily"


def test_a_kind_of_a_later_version_is_taken_and_none_is_not(old: Path) -> None:
    with closing(open_store(old)) as store:
        store.execute("UPDATE editions SET kind = 'thread' WHERE id = 3")
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            store.execute("UPDATE editions SET kind = '' WHERE id = 3")
        store.execute(
            "INSERT INTO editions (name, window_start, window_end, composed_at, model_version, config_hash, content)"
            " VALUES ('n', '1', '2', '2', '', '', '{}')"
        )
        found = editions.find(store, "e1")
        assert found is not None
        assert found.kind == "thread"
        assert rows(store)[-1][-1] == "daily"


def test_kinds_are_found_by_their_index(old: Path) -> None:
    with closing(open_store(old)) as store:
        store.execute("UPDATE editions SET kind = 'weekly' WHERE id = 3")
        newest = editions.latest_weekly(store)
        assert newest is not None
        assert newest.name == "e1"
        plan = store.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM editions WHERE kind = 'weekly' ORDER BY window_end DESC LIMIT 1"
        ).fetchall()
        assert "editions_by_kind" in str(plan)


def test_an_upgrade_that_breaks_off_leaves_the_old_store(old: Path) -> None:
    with closing(Database(old)) as store:
        before = rows(store)
        store.execute("CREATE TABLE follows (in_the_way INTEGER)")
    with pytest.raises(Exception, match="follows"):
        open_store(old)
    with closing(Database(old)) as store:
        assert rows(store) == before
        assert "named_kind" not in [each.name for each in store.table("editions").columns]

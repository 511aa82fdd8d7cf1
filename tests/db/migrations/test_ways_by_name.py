"""The ledger of sending is made anew without the names of ways: nothing of it is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db import deliveries
from db.connect import open_store
from tests.support.old_stores import old_store
from tests.support.store_records import HOUR, NOON

BEFORE = "quantity_ranges"
STATES = ("prepared", "handed_over", "accepted", "refused", "deferred")
FINISHED = ("accepted", "refused")
COLUMNS = (
    *("id", "edition_id", "recipient", "way", "state", "message_id", "updated_at", "detail"),
    *("attempts", "unsure", "next_try_at", "in_reply_to", "killed"),
)


def old_row(number: int, way: str, state: str) -> tuple[Any, ...]:
    next_try = None if state in FINISHED else (NOON + HOUR).isoformat()
    who = (3 * number, 1, f"r{number}@x.example", way, state, f"<{number}@x>", NOON.isoformat(), f"detail {number}")
    return (*who, number, number % 3, next_try, f"<{number}@before>", number % 5)


def old_rows() -> list[tuple[Any, ...]]:
    """A delivery of each state by each way, with gaps between the ids."""
    return [old_row(number, *told) for number, told in enumerate(product(("outbox", "smtp"), STATES), 1)]


def rows(store: Database) -> list[tuple[Any, ...]]:
    return store.execute(f"SELECT {', '.join(COLUMNS)} FROM deliveries ORDER BY id").fetchall()


def indexes(store: Database) -> list[tuple[str, str]]:
    told = "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = 'deliveries'"
    return sorted((name, sql or "") for name, sql in store.execute(told).fetchall())


def columns(store: Database) -> list[tuple[Any, ...]]:
    told = "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('deliveries')"
    return sorted(store.execute(told).fetchall())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of the version before, with an edition and its deliveries."""
    path = tmp_path / "old.db"
    with old_store(path, BEFORE) as store:
        store.execute(
            "INSERT INTO editions (id, name, window_start, window_end, composed_at, model_version, config_hash,"
            " content) VALUES (1, '2026-11-21', '1', '2', '2', '', '', '{}')"
        )
        marks = ", ".join("?" * len(COLUMNS))
        for row in old_rows():
            store.execute(f"INSERT INTO deliveries ({', '.join(COLUMNS)}) VALUES ({marks})", row)
    return path


def test_every_row_is_kept_and_smtp_is_called_mail(old: Path) -> None:
    with closing(open_store(old)) as store:
        assert rows(store) == [(*row[:3], "mail" if row[3] == "smtp" else row[3], *row[4:]) for row in old_rows()]
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_indexes_columns_and_references_are_those_of_before(old: Path) -> None:
    with closing(Database(old)) as store:
        before = indexes(store), columns(store), store.table("deliveries").foreign_keys
    with closing(open_store(old)) as store:
        assert (indexes(store), columns(store), store.table("deliveries").foreign_keys) == before
        assert [name for name in store.table_names() if "by_name" in name] == []


def test_the_new_table_takes_any_way_and_nothing_else_that_is_unsound(old: Path) -> None:
    with closing(open_store(old)) as store:
        assert deliveries.prepare(store, 1, "r1@x.example", "pigeon", "<p@x>", NOON).way == "pigeon"
        for changes, message in {
            "way = ''": "CHECK",
            "state = 'lost'": "CHECK",
            "edition_id = 9": "FOREIGN KEY",
            "recipient = 'r1@x.example', way = 'outbox'": "UNIQUE",
        }.items():
            with pytest.raises(sqlite3.IntegrityError, match=message):
                store.execute(f"UPDATE deliveries SET {changes} WHERE way = 'mail'")


def test_what_waited_still_waits(old: Path) -> None:
    with closing(open_store(old)) as store:
        assert deliveries.waiting(store, NOON) == []
        assert deliveries.waiting(store, NOON + HOUR) == ["2026-11-21"]
        assert deliveries.reclaim(store, 1, NOON) == 2
        assert not deliveries.claim(store, 3 * 3, NOON)
        assert deliveries.claim(store, 3 * 6, NOON)


def test_an_upgrade_that_breaks_off_leaves_the_old_store(old: Path) -> None:
    with closing(Database(old)) as store:
        store.execute("CREATE TABLE deliveries_by_name (in_the_way INTEGER)")
    with pytest.raises(Exception, match="deliveries_by_name"):
        open_store(old)
    with closing(Database(old)) as store:
        assert rows(store) == old_rows()

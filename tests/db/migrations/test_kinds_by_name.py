"""Editions may be of any kind: what is stored keeps its kind, its pages and its deliveries."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db import editions
from db.connect import open_store
from tests.support.old_stores import old_store

BEFORE = "unsubscriptions"
KINDS = ("daily", "recent", "recomposed", "reconstruction", "alert")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of the version before, with an edition of each kind, its pages and a delivery."""
    path = tmp_path / "old.db"
    with old_store(path, BEFORE) as store:
        for number, kind in enumerate(KINDS, 1):
            store.execute(
                "INSERT INTO editions (id, name, window_start, window_end, composed_at, model_version, config_hash,"
                " content, kind) VALUES (?, ?, '2026-11-20', ?, '2026-11-21', 'm', 'h', '{}', ?)",
                (2 * number, f"edition {number}", f"2026-11-2{number}T00:00:00+00:00", kind),
            )
            store.execute(
                "INSERT INTO edition_pages (edition_id, text, html) VALUES (?, 'text', ?)", (2 * number, kind)
            )
            store.execute(
                "INSERT INTO deliveries (edition_id, recipient, way, state, message_id, updated_at, detail)"
                " VALUES (?, 'a@x.example', 'mail', 'accepted', ?, '2026-11-21', '')",
                (2 * number, f"<{number}@x>"),
            )
    return path


def rows(store: Database) -> list[tuple[Any, ...]]:
    return store.execute(
        "SELECT editions.id, name, window_end, kind, html, message_id FROM editions"
        " JOIN edition_pages ON edition_pages.edition_id = editions.id"
        " JOIN deliveries ON deliveries.edition_id = editions.id ORDER BY editions.id"
    ).fetchall()


def test_every_edition_keeps_its_kind_and_what_belongs_to_it(old: Path) -> None:
    with closing(Database(old)) as store:
        before = rows(store)
    with closing(open_store(old)) as store:
        assert rows(store) == before
        assert [row[3] for row in before] == list(KINDS)
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        newest = editions.latest(store)
        assert newest is not None
        assert newest.name == "edition 2"


def test_an_edition_may_be_of_another_kind_and_of_none_it_may_not(old: Path) -> None:
    with closing(open_store(old)) as store:
        store.execute("UPDATE editions SET kind = 'weekly' WHERE id = 2")
        newest = editions.latest_weekly(store)
        assert newest is not None
        assert newest.name == "edition 1"
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            store.execute("UPDATE editions SET kind = '' WHERE id = 2")


def test_kinds_are_found_by_their_index(old: Path) -> None:
    with closing(open_store(old)) as store:
        plan = store.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM editions WHERE kind = 'weekly' ORDER BY window_end DESC LIMIT 1"
        ).fetchall()
        assert "editions_by_kind" in str(plan)

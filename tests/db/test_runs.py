"""The books of flow runs."""

from __future__ import annotations

import sqlite3

import pytest
from sqlite_utils import Database

from db import runs
from db.times import to_text
from tests.support.store_records import MINUTE, NOON


def test_a_run_from_its_start_to_its_end(store: Database) -> None:
    runs.start(store, "r", "ingest", NOON)
    begun = {"id": "r", "flow": "ingest", "started_at": to_text(NOON), "finished_at": None, "outcome": "running"}
    assert store.table("runs").get("r") == {**begun, "detail": "{}"}
    runs.finish(store, "r", "completed", {"new": 3}, NOON + MINUTE)
    ended = {"finished_at": to_text(NOON + MINUTE), "outcome": "completed", "detail": '{"new": 3}'}
    assert store.table("runs").get("r") == {**begun, **ended}


def test_an_id_is_used_once(store: Database) -> None:
    runs.start(store, "r", "ingest", NOON)
    with pytest.raises(sqlite3.IntegrityError):
        runs.start(store, "r", "digest", NOON)


def test_under_way_until_it_ends_or_is_too_old(store: Database) -> None:
    runs.start(store, "r", "ingest", NOON)
    assert runs.under_way(store, ("monitor", "ingest"), NOON)
    assert not runs.under_way(store, ("monitor", "ingest"), NOON + MINUTE)
    assert not runs.under_way(store, ("digest",), NOON)
    runs.finish(store, "r", "failed", {}, NOON + MINUTE)
    assert not runs.under_way(store, ("ingest",), NOON)

"""The books of flow runs."""

from __future__ import annotations

import sqlite3

import pytest
from sqlite_utils import Database

from db import runs
from db.records import Run
from tests.support.store_records import HOUR, MINUTE, NOON


def test_a_run_from_its_start_to_its_end(store: Database) -> None:
    runs.start(store, "r", "ingest", NOON)
    assert runs.latest(store, "ingest") == Run("r", "ingest", NOON, None, "running", {})
    runs.finish(store, "r", "completed", {"new": 3}, NOON + MINUTE)
    assert runs.latest(store, "ingest") == Run("r", "ingest", NOON, NOON + MINUTE, "completed", {"new": 3})


def test_the_latest_is_of_that_flow_and_by_its_start(store: Database) -> None:
    assert runs.latest(store, "ingest") is None
    for name, flow, start in (("b", "ingest", NOON), ("a", "ingest", NOON), ("c", "ingest", NOON - HOUR)):
        runs.start(store, name, flow, start)
    runs.start(store, "d", "digest", NOON + HOUR)
    latest = runs.latest(store, "ingest")
    assert latest is not None
    assert latest.id == "a"


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

"""The nineteenth migration: every act of an older store is kept, and an act may be doubtful."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.connect import open_store
from tests.support.old_stores import old_store
from tests.support.released_stores import fill

BEFORE = "alarms"
ACTS = [
    (1, 0, "transfer", "iran", "russia", "planned", "alleged", "kyiv", "guessed", "[[0, 4]]"),
    (2, 0, "joint", "", "", "done", "plain", "", "read", "[]"),
]
DOUBT = "UPDATE entry_frames SET certainty = 'doubtful'"


def test_acts_of_an_older_store_are_kept_and_one_may_be_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with old_store(path, BEFORE):
        pass
    fill(path)
    with closing(sqlite3.connect(path)) as old, old:
        old.executemany(f"INSERT INTO entry_frames VALUES ({', '.join('?' * len(ACTS[0]))})", ACTS)
        with pytest.raises(sqlite3.IntegrityError):
            old.execute(DOUBT)
    with closing(open_store(path)) as store:
        assert store.execute("SELECT * FROM entry_frames ORDER BY entry_id").fetchall() == ACTS
        store.execute(DOUBT)

"""Stores that cannot be written: whoever looks into one needs no right to change it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db import runs
from db.connect import StoreError, open_store
from db.file_lock import LockFileError, locked
from tests.support.read_only_folder import read_only
from tests.support.store_records import NOON

KILLED = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from db import runs
from db.connect import open_store
store = open_store(Path(sys.argv[1]))
runs.start(store, "last", "monitor", datetime.now(UTC))
os._exit(9)
"""


def runs_in(path: Path) -> list[str]:
    with closing(open_store(path, create=False)) as store:
        return [row["id"] for row in store.query("SELECT id FROM runs ORDER BY id")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with a run in it, in a folder of its own."""
    (tmp_path / "medium").mkdir()
    place = tmp_path / "medium" / "watch.db"
    with closing(open_store(place)) as store:
        runs.start(store, "first", "monitor", NOON)
    return place


def test_it_is_read(path: Path) -> None:
    with read_only(path.parent):
        assert runs_in(path) == ["first"]


def test_to_write_to_it_fails_in_a_line(path: Path) -> None:
    with read_only(path.parent), closing(open_store(path)) as store, pytest.raises(StoreError) as told:
        runs.start(store, "second", "monitor", NOON)
    assert "readonly database; see that the file and its folder can be written" in str(told.value)


def test_what_a_killed_writer_left_in_the_log_is_read_where_the_log_can_be(path: Path) -> None:
    killed(path)
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("SELECT count(*) FROM runs").fetchone()
        with read_only(path.parent):
            assert runs_in(path) == ["first", "last"]


def test_one_whose_log_cannot_be_read_is_not_shown_as_it_was_before(path: Path) -> None:
    killed(path)
    path.with_name("watch.db-shm").unlink()
    with read_only(path.parent), pytest.raises(StoreError, match=r"cannot use .*watch\.db as a store"):
        runs_in(path)
    assert runs_in(path) == ["first", "last"]


def killed(path: Path) -> None:
    """A process that is killed after its commit: it is in the log, and not yet in the file."""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=root, check=False)
    assert done.returncode == 9
    assert path.with_name("watch.db-wal").stat().st_size > 0


def test_one_of_an_older_schema_is_refused_with_the_remedy(tmp_path: Path, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as older:
        for table in ("alarm_tellings", "alarms"):
            older.execute(f"DROP TABLE {table}")
        older.execute("DELETE FROM _sqlite_migrations WHERE name = 'alarms'")
    with read_only(path.parent):
        with pytest.raises(StoreError, match=r"older axiswatch \(it lacks alarms\).*copy it to where it can"):
            runs_in(path)
        shutil.copyfile(path, tmp_path / "copy.db")
    assert runs_in(tmp_path / "copy.db") == ["first"]


def test_a_lock_that_cannot_be_taken_says_why(path: Path) -> None:
    with (
        read_only(path.parent),
        pytest.raises(LockFileError, match="see that it and its folder can be written"),
        locked(path, "ingest", 0),
    ):
        pass

"""Opening a store, and the transaction in which everything is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.connect import BUSY_SECONDS, StoreError, open_store, writing


def add_run(store: Database, name: str) -> None:
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO runs (id, flow, started_at, outcome, detail) VALUES (?, 'ingest', '', 'running', '{}')", [name]
        )


def runs_in(store: Database) -> list[str]:
    return [row["id"] for row in store.query("SELECT id FROM runs ORDER BY id")]


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"folder of the store does not exist: .*nowhere"):
        open_store(tmp_path / "nowhere" / "watch.db")


def test_without_create_nothing_is_made(path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store at .*watch\.db: run `axiswatch run`"):
        open_store(path, create=False)
    assert not path.exists()


def test_without_create_a_store_that_is_there_opens(path: Path) -> None:
    open_store(path).close()
    with closing(open_store(path, create=False)) as store:
        assert runs_in(store) == []


@pytest.mark.parametrize("body", [b"<html>not a store</html>" * 50, b"\0" * 4096, b"SQLite format 3\0" + b"x" * 600])
def test_what_is_not_sqlite_is_refused_and_kept(path: Path, body: bytes) -> None:
    path.write_bytes(body)
    with pytest.raises(StoreError, match=r"cannot use .*watch\.db as a store: .*; move the file away"):
        open_store(path)
    assert path.read_bytes() == body


def test_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="see that it is a file"):
        open_store(path)


def test_database_of_another_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="database of another program"):
        open_store(path)
    assert path.read_bytes() == before


def test_store_of_a_newer_version_is_refused(store: Database, path: Path) -> None:
    store.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('axiswatch', 'second_schema', '')"
    )
    with pytest.raises(StoreError, match=r"written by a newer axiswatch \(second_schema\); install that"):
        open_store(path)


def test_a_first_open_waits_and_then_says_who_is_in_the_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.connect.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another process held it"):
            open_store(path)


def test_settings_of_the_connection(store: Database) -> None:
    read = {name: store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")}
    assert read == {"journal_mode": "wal", "foreign_keys": 1}
    assert store.execute("PRAGMA busy_timeout").fetchone()[0] == BUSY_SECONDS * 1000
    assert store.execute("PRAGMA synchronous").fetchone()[0] == 1


def test_writing_commits(store: Database, path: Path) -> None:
    add_run(store, "a")
    with closing(open_store(path)) as other:
        assert runs_in(other) == ["a"]


def add_run_and_fail(store: Database) -> None:
    with writing(store):
        add_run(store, "a")
        raise ZeroDivisionError


def test_writing_rolls_back_and_lets_the_error_through(store: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        add_run_and_fail(store)
    assert runs_in(store) == []
    assert not store.conn.in_transaction


def test_inner_block_joins_the_outer_transaction(store: Database, path: Path) -> None:
    with closing(open_store(path)) as other, writing(store):
        add_run(store, "a")
        add_run(store, "b")
        assert runs_in(other) == []
    assert runs_in(store) == ["a", "b"]


def commit_what_refers_to_nothing(store: Database) -> None:
    with writing(store) as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("INSERT INTO unscored (entry_id) VALUES (1)")


def test_commit_that_fails_leaves_no_transaction_open(store: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        commit_what_refers_to_nothing(store)
    assert not store.conn.in_transaction
    add_run(store, "a")
    assert runs_in(store) == ["a"]


def test_writer_begins_at_once_beside_a_reader(store: Database, path: Path) -> None:
    add_run(store, "a")
    with closing(open_store(path)) as other:
        other.execute("BEGIN")
        assert runs_in(other) == ["a"]
        add_run(store, "b")
        assert runs_in(other) == ["a"]
        other.execute("COMMIT")
        assert runs_in(other) == ["a", "b"]

"""Stores of every released schema open, and become today's without losing a row."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import deliveries, editions, entries, labels, scores, stories
from db.connect import StoreError, open_for_reading, open_store
from db.copies import checked
from db.migrations import SCRIPTS
from tests.support.released_stores import ENTRIES, FILES, ROWS, unpacked

named = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])


def schema_of(store: Database) -> dict[str, str]:
    """Name → SQL of every table, index and trigger, without spaces and quotes, which tell no difference."""
    rows = store.query("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%sqlite_%'")
    return {row["name"]: re.sub(r'[\s"]+', "", row["sql"]) for row in rows}


def test_their_schemas_come_one_after_another() -> None:
    names, last = list(SCRIPTS), [last_of(file) for file in FILES]
    assert last == sorted(last, key=names.index)
    assert last[0] == names[0]
    assert len(last) > 12


def last_of(file: Path) -> str:
    """The name of its last migration."""
    return file.name[5:].partition(".")[0]


@named
def test_it_opens_and_becomes_todays(file: Path, path: Path, tmp_path: Path) -> None:
    unpacked(file, path)
    with closing(open_store(path)) as store, closing(open_store(tmp_path / "new.db")) as new:
        assert schema_of(store) == schema_of(new)
    assert checked(path).rows.items() >= {name: len(ROWS[name]) for name in ("entries", "labels", "editions")}.items()


@named
def test_what_was_in_it_is_read_by_todays_code(file: Path, path: Path) -> None:
    with closing(open_store(unpacked(file, path))) as store:
        assert [each.title for each in entries.entries_of(store, [1, 2, 3])] == [title for title, _ in ENTRIES]
        assert [each.id for each in entries.search(store, "grain")] == [1]
        assert [each.probability for _, each in sorted(scores.newest_of(store, [1, 2]).items())] == [0.9, 0.1]
        assert [(each.id, value) for each, value in labels.latest(store)] == [(2, "not_relevant")]
        story = stories.find(store, 1)
        assert story is not None
        assert [each.entry.id for each in story.members] == [1]
        edition = editions.find(store, "2026-11-20")
        assert edition is not None
        assert [(each.way, each.state) for each in deliveries.of_edition(store, edition.id)] == [("mail", "accepted")]
        assert store.execute("SELECT count(*) FROM first_flagged").fetchone()[0] == 1


@named
def test_one_that_cannot_be_written_says_so_and_stays_as_it_was(file: Path, path: Path) -> None:
    unpacked(file, path)
    before = path.read_bytes()
    if last_of(file) != list(SCRIPTS)[-1]:
        with pytest.raises(StoreError, match=r"older axiswatch \(it lacks \w+\) and cannot be brought up to date"):
            open_for_reading(path)
    else:
        open_for_reading(path).close()
    assert path.read_bytes() == before


def test_one_of_a_newer_schema_is_refused_and_stays_as_it_was(path: Path) -> None:
    """What an older axiswatch says of a store that was upgraded: the way back is the backup."""
    with closing(sqlite3.connect(unpacked(FILES[-1], path), isolation_level=None)) as newer:
        newer.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('axiswatch', 'x', '')")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="written by a newer axiswatch"):
        open_store(path)
    assert path.read_bytes() == before

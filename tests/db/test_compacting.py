"""The disk gets back what a file no longer needs, where that pays and there is room."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import compacting
from db.compacting import Use, compact, no_room_for, use_of
from db.connect import StoreError, open_store
from tests.support.read_only_folder import small_disk

MB = 2**20


@pytest.mark.parametrize(
    ("use", "pays"),
    [
        (Use(100 * MB, 20 * MB), True),
        (Use(100 * MB, 19 * MB), False),
        (Use(20 * MB, 15 * MB), False),
        (Use(1000 * MB, 199 * MB), False),
        (Use(0, 0), False),
    ],
)
def test_it_pays_from_a_fifth_on(use: Use, pays: bool) -> None:
    assert use.pays is pays


def write_and_delete(path: Path, rows: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE heavy (body TEXT)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO heavy VALUES (?)", [("x" * 4000,)] * rows)
        connection.execute("DELETE FROM heavy")
        connection.execute("COMMIT")


def test_the_file_gets_smaller_while_another_reads_it(path: Path) -> None:
    with closing(open_store(path)) as reader:
        write_and_delete(path, 500)
        before = use_of(path)
        assert before.unused > 500 * 4000
        reader.execute("SELECT count(*) FROM entries").fetchone()
        compact(path)
        after = use_of(path)
        assert after.size <= before.size - before.unused
        assert path.stat().st_size == after.size
        assert reader.execute("SELECT count(*) FROM entries").fetchone()[0] == 0


def test_beside_a_writer_it_stays_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compacting, "BUSY_SECONDS", 0.1)
    open_store(path).close()
    before = use_of(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="was not compacted, and is as it was"):
            compact(path)
    assert use_of(path) == before


def test_it_is_not_begun_where_the_disk_has_no_room(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, "4m"):
        path = disk / "watch.db"
        open_store(path).close()
        assert no_room_for(path, use_of(path)) == ""
        assert f"{disk} has" in no_room_for(path, Use(40 * MB, 10 * MB))

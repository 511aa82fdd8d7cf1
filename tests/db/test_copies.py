"""Copies of a store: of one moment, whoever writes meanwhile; what is wrong with one is found."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import copies, entries
from db.connect import StoreError, open_store
from db.copies import checked, copy_store
from db.migrations import SCRIPTS
from tests.support.store_records import NOON, fetch_of, new_entry
from tests.support.store_records import feed as feed_in

WRITER = """
import sys
from pathlib import Path
from db import entries, feeds
from db.connect import open_store
from tests.support.store_records import NOON, feed, fetch_of, new_entry
store = open_store(Path(sys.argv[1]))
where = feed(store)
for number in range(100_000):
    batch = [new_entry(f"{number}-{each}", body="x" * 2000) for each in range(10)]
    entries.append_batch(store, fetch_of(where, batch), batch, NOON)
    if number == 20:
        print("writing", flush=True)
"""


def test_a_copy_of_a_store_that_another_process_writes_is_whole_and_of_one_moment(path: Path, tmp_path: Path) -> None:
    open_store(path).close()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline() == b"writing\n"
        for number in range(3):
            shares: list[float] = []
            facts = copy_store(path, tmp_path / f"{number}.db", shares.append)
            assert checked(tmp_path / f"{number}.db") == facts
            # Each feed's batch is one transaction: none is copied in part.
            assert facts.rows["entries"] == 10 * facts.rows["fetches"] > 200
            assert shares[-1] == 1
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def test_what_is_written_while_it_is_copied_is_not_in_it(
    store: Database, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "PAGES", 8)
    where, shares = feed_in(store), list[float]()

    def write(share: float) -> None:
        shares.append(share)
        if len(shares) < 4:
            batch = [new_entry(f"{share}-{each}", body="x" * 2000) for each in range(9)]
            entries.append_batch(store, fetch_of(where, batch), batch, NOON)

    facts = copy_store(path, tmp_path / "copy.db", write)
    assert len(shares) > 4
    assert store["entries"].count == 27
    assert checked(tmp_path / "copy.db") == facts
    assert facts.rows["entries"] == 0


def test_the_copy_is_one_file_of_todays_schema_for_its_owner_alone(store: Database, path: Path, tmp_path: Path) -> None:
    feed_in(store)
    facts = copy_store(path, tmp_path / "copy.db")
    assert facts.schema == list(SCRIPTS)[-1]
    assert facts.rows["feeds"] == 1
    assert checked(tmp_path / "copy.db") == facts
    assert sorted(file.name for file in tmp_path.glob("copy.db*")) == ["copy.db"]
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_what_is_in_the_place_of_a_copy_is_left_as_it_is(store: Database, path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(StoreError, match=r"cannot copy .*File exists"):
        copy_store(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_damaged_page_is_found(store: Database, path: Path, tmp_path: Path) -> None:
    batch = [new_entry(f"e-{number}", body="x" * 900) for number in range(200)]
    entries.append_batch(store, fetch_of(feed_in(store), batch), batch, NOON)
    copy = tmp_path / "copy.db"
    copy_store(path, copy)
    size = copy.stat().st_size
    with copy.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(8192))
    with pytest.raises(StoreError, match="is damaged"):
        checked(copy)


def test_a_row_that_refers_to_nothing_is_found(store: Database, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as careless:
        careless.execute("INSERT INTO unscored (entry_id) VALUES (77)")
    with pytest.raises(StoreError, match="a row of unscored refers to one of entries that is missing"):
        checked(path)


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.db").write_bytes(b"<html>no store</html>" * 300)
    with pytest.raises(StoreError, match="damaged or no store"):
        checked(tmp_path / "page.db")

"""Files and folders for their owner alone, under a umask that would show them to all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.connect import open_store, writing
from db.file_lock import locked
from db.private import private_file, private_folder, write_private


@pytest.fixture(autouse=True)
def generous_umask() -> Iterator[None]:
    """The process would let everybody read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_folder_that_is_made_on_the_way_is_private(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir(mode=0o755)
    made = private_folder(tmp_path / "there" / "one" / "two")
    assert (mode(made), mode(made.parent), mode(tmp_path / "there")) == (0o700, 0o700, 0o755)
    assert private_folder(made) == made


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        private_folder(tmp_path / "file")


def test_a_file_is_private_before_anything_is_written_and_keeps_what_it_holds(tmp_path: Path) -> None:
    write_private(tmp_path / "a", "first")
    private_file(tmp_path / "a")
    assert (tmp_path / "a").read_text() == "first"
    write_private(tmp_path / "a", "2")
    assert ((tmp_path / "a").read_text(), mode(tmp_path / "a")) == ("2", 0o600)


def test_a_store_its_log_and_its_locks_are_private(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with closing(open_store(path)) as store, writing(store) as connection, locked(path, "sending"):
        connection.execute("CREATE TABLE more (x)")
        found = {file.name: mode(file) for file in tmp_path.iterdir()}
    assert found == dict.fromkeys(("w.db", "w.db-shm", "w.db-wal", "w.db.sending"), 0o600)

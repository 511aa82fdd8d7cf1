"""Giving the disk back what a SQLite file no longer needs: the file itself never shrinks."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.connect import BUSY_SECONDS, StoreError
from db.read_only import connect_read_only

LEAST_SHARE, LEAST_BYTES = 0.2, 16 * 2**20
"""It pays from a fifth of the file on that is unused, and 16 MB: each time the whole file is written anew, twice."""


@dataclass(frozen=True, slots=True)
class Use:
    """The bytes of a file, and those of them that hold nothing."""

    size: int
    unused: int

    @property
    def pays(self) -> bool:
        """Whether to compact it is worth its price."""
        return self.unused >= max(LEAST_BYTES, LEAST_SHARE * self.size)


def use_of(path: Path, appended: Sequence[str] = ()) -> Use:
    """How much of the file is in use. Raises StoreError.

    Pages that hold nothing are used again. What is unused within a page of the tables ``appended`` is not: their rows
    are only ever added at the end. It is found by reading the file, and left out where SQLite was built without that.
    """
    try:
        with closing(connect_read_only(path, BUSY_SECONDS)) as connection:
            page, pages, free = (
                int(connection.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("page_size", "page_count", "freelist_count")
            )
            within = sum(_unused_in(connection, table) for table in appended)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"cannot read {path}: {error}") from error
    return Use(page * pages, page * free + within)


def _unused_in(connection: sqlite3.Connection, table: str) -> int:
    asked = "SELECT unused FROM dbstat WHERE aggregate = 1 AND name = ?"
    try:
        found = connection.execute(asked, (table,)).fetchone()
    except sqlite3.OperationalError:
        return 0
    return int(found[0]) if found else 0


def no_room_for(path: Path, use: Use) -> str:
    """Why there is no room to compact the file, or an empty string: for a while its content stands on the disk twice
    more, in the folder of temporary files and in the file's log."""
    needed = use.size - use.unused
    for folder in (Path(tempfile.gettempdir()), path.parent):
        free = shutil.disk_usage(folder).free
        if free < 2 * needed:
            return f"{folder} has {free / 1e6:.0f} MB free and it takes up to {2 * needed / 1e6:.0f} MB for a while"
    return ""


def compact(path: Path) -> None:
    """Write the file anew without what is unused, whoever reads it meanwhile. Raises StoreError where another process
    writes for too long, or the disk is full after all; the file is then as it was."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} was not compacted, and is as it was: {error}") from error

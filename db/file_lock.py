"""A lock file beside the store for what only one process at a time may do; the lock ends with its process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from db.private import FILE

PATIENCE_SECONDS = 300.0


class LockTakenError(Exception):
    """Another process has held the lock for too long; the message names it and the file. ``pid`` is its number, or None
    where that is not known."""

    def __init__(self, message: str, pid: int | None = None) -> None:
        super().__init__(message)
        self.pid = pid


class LockFileError(Exception):
    """The lock file cannot be made or opened; the message names it and the remedy."""


@contextmanager
def locked(store_path: Path, what: str, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Within the block no other process (and no other thread) does ``what`` on that store; waits for the lock.

    A process that is killed gives the lock back at once. Raises LockTakenError after ``patience`` seconds,
    LockFileError where the folder cannot be written, and FileNotFoundError where it does not exist.
    """
    path = store_path.with_name(f"{store_path.name}.{what}").resolve()
    if not path.parent.is_dir():
        raise FileNotFoundError(f"the folder of the store does not exist: {path.parent}")
    # Not thread-local: a block may end in another thread than it began in, and must give the lock back there too.
    lock = FileLock(path, timeout=patience, poll_interval=0.05, thread_local=False, mode=FILE)
    try:
        lock.acquire()
    except Timeout as error:
        raise _taken(path, patience) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise LockFileError(f"cannot take the lock {path}: {why}; see that it and its folder can be written") from error
    with suppress(OSError):  # a full disk: whoever waits then does not learn who is in the way, and that is all
        path.write_text(str(os.getpid()))
    try:
        yield
    finally:
        lock.release()


def _taken(path: Path, patience: float) -> LockTakenError:
    pid = _holder(path)
    who = f"another process (pid {pid})" if pid else "another process"
    if patience:
        return LockTakenError(f"{who} has held {path} for {patience:.0f} seconds; end it and try again", pid)
    return LockTakenError(f"{who} holds {path}; let it end, or end it, and try again", pid)


def _holder(path: Path) -> int | None:
    """Who wrote its number into the lock file; the lock is taken, so it is not that of an earlier holder."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None

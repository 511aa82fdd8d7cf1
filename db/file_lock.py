"""A lock file beside the store for what only one process at a time may do; the lock ends with its process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

PATIENCE_SECONDS = 300.0


class LockTakenError(Exception):
    """Another process has held the lock for too long; the message names the file."""


@contextmanager
def locked(store_path: Path, what: str, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Within the block no other process (and no other thread) does ``what`` on that store; waits for the lock.

    A process that is killed gives the lock back at once. Raises LockTakenError after ``patience`` seconds, and
    FileNotFoundError where the folder of the store does not exist.
    """
    path = store_path.with_name(f"{store_path.name}.{what}").resolve()
    if not path.parent.is_dir():
        raise FileNotFoundError(f"the folder of the store does not exist: {path.parent}")
    # Not thread-local: a block may end in another thread than it began in, and must give the lock back there too.
    lock = FileLock(path, timeout=patience, poll_interval=0.05, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockTakenError(
            f"another process has held {path} for {patience:.0f} seconds; end it and try again"
        ) from error
    try:
        yield
    finally:
        lock.release()

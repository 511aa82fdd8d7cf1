"""Taking turns: what only one process at a time may do, kept apart by a lock that ends with its process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # no such locks on Windows: the store's own compare-and-set keeps two processes apart there
    fcntl = None  # type: ignore[assignment]

PATIENCE_SECONDS = 300.0


class TurnError(Exception):
    """Another process has held its turn for too long; the message names the file."""


@contextmanager
def turn(store_path: Path, what: str, patience: float = PATIENCE_SECONDS) -> Iterator[bool]:
    """Within the block no other process (and no other thread) does ``what`` on that store; waits for its turn.

    Gives whether that is certain: a system without such locks lets everyone in. A process that is killed gives its
    turn back at once. Raises TurnError after ``patience`` seconds.
    """
    path = store_path.with_name(f"{store_path.name}.{what}")
    if fcntl is None:
        yield False
        return
    deadline = time.monotonic() + patience
    with path.open("ab") as file:
        while not _locked(file.fileno()):
            if time.monotonic() >= deadline:
                raise TurnError(f"another process has held {path} for {patience:.0f} seconds; end it and try again")
            time.sleep(0.05)
        yield True


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

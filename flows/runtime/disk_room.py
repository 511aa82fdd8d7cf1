"""Whether there is room on a disk: told before a run begins, and in place of what else is said of it when it fails.

Prefect keeps its own database, and says of a full disk that its API cannot be reached.
"""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

from db.private import private_folder

NEEDED = 8 * 2**20
"""Bytes that a run must be able to write: a new database of Prefect takes 5 MB with its log, the rest is ours."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class DiskError(Exception):
    """A folder cannot be written, or its disk is full; the message names it and the remedy."""


def require_room(folder: Path, needed: int = NEEDED) -> None:
    """Write so many bytes into the folder (made where it is missing) and take them out again: what a disk says of its
    room leaves out quotas and limits. Raises DiskError."""
    try:
        private_folder(folder)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(needed))
            file.flush()
    except OSError as error:
        raise DiskError(_told(folder, error)) from error


def _told(folder: Path, error: OSError) -> str:
    why = error.strerror or str(error)
    if error.errno not in _FULL:
        return f"cannot write to {folder}: {why}; see that the folder can be written"
    return (
        f"the disk of {folder} is full ({why}): make room on it, such as of old backups; `axiswatch prune` says what"
        " the store could give up and needs a few MB itself. What was stored is kept; the next run goes on from here"
    )

"""Files and folders for their owner alone, from the first moment, whatever the process grants otherwise (umask)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
"""The rights of what is written for nobody else: stores, mails, backups, secrets, alarms, logs."""


def private_folder(path: Path) -> Path:
    """Make the folder, and those above it that are missing, and return it; what is there stays as it is. Raises
    OSError."""
    missing = [path] if not path.exists() else []
    for above in path.parents if missing else ():
        if above.exists():
            break
        missing.append(above)
    for each in reversed(missing):
        each.mkdir(mode=FOLDER, exist_ok=True)
    if not path.is_dir():
        raise NotADirectoryError(f"{path} is no folder")
    return path


def private_file(path: Path) -> None:
    """Make an empty file, to be written by whoever opens it by its name; one that is there stays as it is. Raises
    OSError."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))


def write_private(path: Path, text: str) -> None:
    """Write the text in place of what is there. Raises OSError."""
    private_file(path)
    path.write_text(text, encoding="utf-8")

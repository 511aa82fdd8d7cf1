"""A file that is written whole or not at all: whoever reads it finds what was there before, or all that is new."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_whole(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Make the file, or replace it, with this content. A kill or a power cut leaves it as it was or as it is to be.

    ``mode`` are its rights, less those that the process never grants (umask); they hold from the first moment.
    Raises OSError, and leaves nothing unfinished behind then.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)

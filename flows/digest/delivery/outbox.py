"""The outbox: a folder that takes the place of a mail server. Files appear whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from db.private import FILE, private_folder
from db.whole_file import write_whole
from flows.digest.delivery.way import WayError


class OutboxError(WayError):
    """The outbox cannot be written; the message names the folder and the remedy."""


def write_files(folder: Path, name: str, contents: dict[str, bytes]) -> dict[str, Path]:
    """Write ``contents`` (suffix such as ``.html`` → bytes) as ``folder/name + suffix``; returns suffix → path.

    They are for their owner alone, and so is the folder where it is missing. Raises OutboxError where it cannot be
    written.
    """
    paths = {suffix: folder / f"{file_name(name)}{suffix}" for suffix in contents}
    try:
        private_folder(folder)
        for suffix, content in contents.items():
            write_whole(paths[suffix], content, FILE)
    except OSError as error:
        raise OutboxError(
            f"cannot write to the outbox {folder}: {error.strerror or error}; change [delivery] outbox or its rights"
        ) from error
    return paths


def file_name(name: str) -> str:
    """The name with everything replaced that could lead out of the folder."""
    return re.sub(r"[^A-Za-z0-9._@+-]+", "-", name).lstrip(".-") or "edition"

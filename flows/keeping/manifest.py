"""The manifest of a backup: what is in it, with sums by which each file is known to be whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from db.copies import StoreFacts

FORMAT = 1
MANIFEST, STORE = "manifest.json", "axiswatch.db"
PIECE = 2**20


class KeepingError(Exception):
    """A backup cannot be made, read or brought back; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a backup: its path there, what it is (a `Role`, or "store"), its name within the place of that role,
    where it lay, its bytes and their SHA-256."""

    path: str
    role: str
    name: str
    was: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``absent`` names what an edition needs and the backup does not hold."""

    made_at: datetime
    store: str
    facts: StoreFacts
    files: tuple[Kept, ...]
    absent: tuple[str, ...]

    def of(self, role: str) -> list[Kept]:
        """The files of that role."""
        return [each for each in self.files if each.role == role]


def written(manifest: Manifest) -> bytes:
    """The manifest as its file holds it."""
    told = {"format": FORMAT} | asdict(manifest) | {"made_at": manifest.made_at.isoformat()}
    return (json.dumps(told, indent=1, ensure_ascii=False, default=dict) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the backup in that folder. Raises KeepingError."""
    file = folder / MANIFEST
    try:
        told = json.loads(file.read_bytes())
        if told["format"] != FORMAT:
            raise KeepingError(
                f"{file} is of format {told['format']!r}, this axiswatch reads {FORMAT}: install a newer"
            )
        return _manifest(told)
    except OSError as error:
        raise KeepingError(f"{folder} is no backup: {file}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeepingError(f"{file} is no manifest of a backup ({error!r}): take another backup") from error


def _manifest(told: Mapping[str, Any]) -> Manifest:
    facts = StoreFacts(str(told["facts"]["schema"]), dict(told["facts"]["rows"]))
    files = tuple(Kept(**each) for each in told["files"])
    if any(Path(name).is_absolute() or ".." in Path(name).parts for each in files for name in (each.path, each.name)):
        raise ValueError("a file that lies outside of it")
    return Manifest(datetime.fromisoformat(told["made_at"]), told["store"], facts, files, tuple(told["absent"]))


def check_files(folder: Path, manifest: Manifest) -> None:
    """Read every file of the backup. Raises KeepingError where one is missing or not as it was written."""
    for each in manifest.files:
        try:
            size, digest = sums(folder / each.path)
        except OSError as error:
            raise KeepingError(f"the backup {folder} lacks {each.path}: {error.strerror or error}") from error
        if (size, digest) != (each.bytes, each.sha256):
            raise KeepingError(f"{folder / each.path} is not as it was backed up (checksum): take another backup")


def sums(file: Path) -> tuple[int, str]:
    """(bytes, SHA-256 in hex) of a file. Raises OSError."""
    made, size = hashlib.sha256(), 0
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            made.update(piece)
            size += len(piece)
    return size, made.hexdigest()

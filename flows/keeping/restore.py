"""Bringing a backup back: looked over first, not while anybody works on the store, what it replaces kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.copies import checked
from db.file_lock import LockTakenError, locked
from db.migrations import known_names
from db.private import FILE, private_folder
from flows.config.settings import Config
from flows.keeping.manifest import STORE, KeepingError, Kept, Manifest, check_files, read_manifest
from flows.keeping.places import Place, places_of

WORK = ("serve", "ingest", "composing", "sending", "publishing")
"""The locks of all that works on a store."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back: the backup, the files written, those that were replaced (as they are called now), and
    those of a person that differ from the backup's and were left as they are."""

    manifest: Manifest
    written: tuple[Path, ...]
    replaced: tuple[Path, ...]
    left: tuple[Path, ...]


def backup_at(path: Path) -> tuple[Path, Manifest]:
    """(folder, manifest) of the backup that a person names by its folder or a file in it, read from the first byte to
    the last. Raises KeepingError and StoreError."""
    folder = path if path.is_dir() else path.parent
    if not path.exists():
        raise KeepingError(f"there is no backup at {path}")
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    schema = checked(folder / STORE).schema
    if schema and schema not in known_names():
        raise KeepingError(f"{folder} was made by a newer axiswatch ({schema}): install that one")
    return folder, manifest


def restore(
    current: Config, config: Path | None, folder: Path, manifest: Manifest, now: datetime, *, force: bool
) -> Restored:
    """Put the store of a backup, looked over by `backup_at`, where the config says, and beside it what axiswatch wrote.
    What a person wrote is put where it is missing and never over anything.

    ``force``: a store that is there is replaced; it is kept beside the new one. Raises KeepingError where one is there
    without it, or another process works on it, and OSError; the store is then as it was.
    """
    store = current.store.path
    if store.exists() and not force:
        raise KeepingError(
            f"there is a store at {store} already: add --force to replace it; it is kept beside the new one"
        )
    with _alone(store):
        stamp = f"replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        draft = store.with_name(f".{store.name}.part")
        _copy(folder / STORE, draft)
        written, replaced, left = _others(current, config, folder, manifest, stamp)
        replaced += _put(draft, store, stamp)
    return Restored(manifest, (store, *written), tuple(replaced), tuple(left))


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Within the block nothing of ours begins to work on the store."""
    with ExitStack() as stack:
        for what in WORK:
            try:
                stack.enter_context(locked(store, what, patience=0))
            except LockTakenError as error:
                raise KeepingError(f"nothing was restored while others work on the store: {error}") from error
        yield


def _copy(source: Path, target: Path, mode: int = 0o600) -> None:
    target.unlink(missing_ok=True)
    with source.open("rb") as old, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as new:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())


def _put(draft: Path, store: Path, stamp: str) -> list[Path]:
    """Let the draft take the store's place at one stroke; returns what the old one is called now.

    The log of the old store must be gone before: SQLite would take it for the log of the new one.
    """
    aside = store.with_name(f"{store.name}.{stamp}")
    replaced: list[Path] = []
    if store.exists():
        _close_log(store)
        for end in ("-wal", "-shm"):
            log = store.with_name(store.name + end)
            if log.exists():
                log.replace(aside.with_name(aside.name + end))
        with suppress(OSError):  # a file system without hard links: then for a moment there is no store
            os.link(store, aside)
        if not aside.exists():
            store.rename(aside)
        replaced.append(aside)
    draft.replace(store)
    return replaced


def _close_log(store: Path) -> None:
    """Bring what waits in the log into the file, where that can still be done: the store may be damaged."""
    with (
        suppress(sqlite3.DatabaseError),
        closing(sqlite3.connect(store, timeout=1, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = DELETE")


def _others(
    current: Config, config: Path | None, folder: Path, manifest: Manifest, stamp: str
) -> tuple[list[Path], list[Path], list[Path]]:
    """Put the other files in their places; returns those (written, replaced, left as they are)."""
    written: list[Path] = []
    replaced: list[Path] = []
    left: list[Path] = []
    places = {place.role: place for place in places_of(current, config)}
    for each in manifest.files:
        place = next((found for role, found in places.items() if role == each.role), None)
        if place is None:
            continue
        target = _target(place, each)
        if target.is_file() and target.read_bytes() == (folder / each.path).read_bytes():
            continue
        if target.exists() and not place.is_ours:
            left.append(target)
            continue
        if target.exists():
            replaced.append(target.rename(target.with_name(f"{target.name}.{stamp}")))
        private_folder(target.parent)
        draft = target.with_name(f".{target.name}.part")
        _copy(folder / each.path, draft, 0o644 if place.role == "models" else FILE)
        written.append(draft.replace(target))
    return written, replaced, left


def _target(place: Place, kept: Kept) -> Path:
    return place.path / kept.name if place.is_folder else place.path

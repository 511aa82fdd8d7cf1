"""A backup: the store as it is at one moment and what it needs, in a folder of its own, looked over, then rotated."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

from db.connect import StoreError, open_for_reading
from db.copies import StoreFacts, checked, copy_store
from db.file_lock import locked
from db.private import private_file, private_folder
from flows.config.environment import desk_secret
from flows.config.settings import Config
from flows.digest.desk_secret import secret_of
from flows.keeping.manifest import (
    MANIFEST,
    STORE,
    KeepingError,
    Kept,
    Manifest,
    check_files,
    read_manifest,
    sums,
    written,
)
from flows.keeping.places import Place, files_in, places_of

ROOM = 2**20
"""Bytes to be left on the disk beside the copies."""
DRAFT = ".part"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its folder, its manifest, and the folders of older ones that were taken away."""

    folder: Path
    manifest: Manifest
    removed: tuple[Path, ...]


def make_backup(
    current: Config,
    config: Path | None,
    now: datetime,
    *,
    to: Path | None = None,
    keep: int | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> Backup:
    """Copy the store, whoever writes to it meanwhile, and the files that its next edition needs, into a new folder in
    ``to``; look the copy over; then leave the ``keep`` newest of this store there. Without ``to`` and ``keep``, those
    of [backup]. ``config`` is the config's own file; ``progress`` hears which share of the store is copied.

    Until all is looked over the folder has another name, so that what a kill leaves is no backup. Raises KeepingError
    and StoreError; what was there before is kept then.
    """
    target, source = to or current.backup.folder, current.store.path
    if not source.is_file():
        raise StoreError(f"no store at {source}: run `axiswatch run` or `axiswatch demo` first")
    with _writing_to(target), locked(target / f".{source.stem}", "backup"):
        _clear_drafts(target, source.stem)
        _require_room(target, current)
        folder = target / f"{source.stem}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        if folder.exists():
            raise KeepingError(f"there is a backup {folder} already: ask again in a second")
        draft = target / f".{folder.name}{DRAFT}"
        try:
            draft.mkdir(mode=0o700)
            manifest = _filled(draft, current, config, now, progress)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return Backup(folder, manifest, _rotate(target, current, keep or current.backup.keep))


@contextmanager
def _writing_to(target: Path) -> Iterator[None]:
    try:
        private_folder(target)
        yield
    except OSError as error:
        raise KeepingError(
            f"no backup was made in {target}: {error.strerror or error}; see that it can be written"
        ) from error


def _require_room(target: Path, current: Config) -> None:
    size, free = current.store.path.stat().st_size, shutil.disk_usage(target).free
    if free < size + ROOM:
        raise KeepingError(
            f"no room for a backup in {target}: the store takes {size / 1e6:.0f} MB, and {free / 1e6:.0f} MB are free;"
            " make room there, or set [backup] folder or a smaller keep"
        )


def _filled(
    draft: Path, current: Config, config: Path | None, now: datetime, progress: Callable[[float], None]
) -> Manifest:
    """Put all of it into the draft and look it over."""
    with suppress(OSError):  # made before the first edition needs it: links of the next one are signed with it
        secret_of(current.store.path)
    copy = draft / STORE
    facts = copy_store(current.store.path, copy, progress)
    found = checked(copy)
    if found != facts:
        raise KeepingError(f"the copy {copy} holds {_told(found)}, and the store held {_told(facts)}: try again")
    copy.chmod(0o400)
    files = [Kept(STORE, "store", STORE, str(current.store.path), *sums(copy))]
    with closing(open_for_reading(copy)) as store:
        for place in places_of(current, config):
            files += _copied(place, store, draft)
    manifest = Manifest(now, str(current.store.path), facts, tuple(files), _absent(files))
    private_file(draft / MANIFEST)
    (draft / MANIFEST).write_bytes(written(manifest))
    check_files(draft, read_manifest(draft))
    return manifest


def _told(facts: StoreFacts) -> str:
    return ", ".join(f"{count} {name}" for name, count in facts.rows.items())


def _copied(place: Place, store: Database, draft: Path) -> Iterator[Kept]:
    for name, file in files_in(place, store):
        path = draft / place.role / name
        private_folder(path.parent)
        private_file(path)
        shutil.copyfile(file, path)
        yield Kept(f"{place.role}/{name}", place.role, name, str(file), *sums(path))


def _absent(files: list[Kept]) -> tuple[str, ...]:
    told = [
        "passwords and secrets of the environment (AXISWATCH_…)",
        f"the program: this was made by axiswatch {version('axiswatch')}",
    ]
    if desk_secret():
        told.append("what signs the links of mails: AXISWATCH_DESK_SECRET holds it")
    if not any(each.role == "models" for each in files):
        told.append("a model: none judges yet, or its file is lost; then one is fitted anew on the same data")
    return tuple(told)


def backups_in(folder: Path, store: Path) -> list[Path]:
    """The folders of the backups of that store, the oldest first."""
    found = [each.parent for each in sorted(folder.glob(f"{store.stem}-*/{MANIFEST}"))]
    return [each for each in found if _is_of(each, store)]


def _is_of(folder: Path, store: Path) -> bool:
    try:
        return read_manifest(folder).store == str(store)
    except KeepingError:
        return False  # another program's, or a newer version's: not ours to take away


def _rotate(target: Path, current: Config, keep: int) -> tuple[Path, ...]:
    old = tuple(backups_in(target, current.store.path)[:-keep])
    for folder in old:
        # Under the name of a draft first: what a kill leaves of it is no backup, and the next one clears it away.
        shutil.rmtree(folder.rename(folder.with_name(f".{folder.name}{DRAFT}")))
    return old


def _clear_drafts(target: Path, stem: str) -> None:
    """Take away what killed backups left: whoever holds the lock makes the only one."""
    named = re.compile(rf"\.{re.escape(stem)}-\d{{8}}T\d{{6}}Z{re.escape(DRAFT)}")
    for draft in filter(lambda each: named.fullmatch(each.name), target.iterdir()):
        shutil.rmtree(draft, ignore_errors=True)

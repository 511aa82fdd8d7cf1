"""Files of old entries → the store, in batches; a run that was killed is continued where it stopped."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from db import backfills
from db.backfills import Backfill, Piece
from db.records import NewEntry
from flows.archive.entries import entry_of, outlet_of, raw_of
from flows.archive.outlets import Outlets
from flows.archive.rows import ArchiveError, ArchiveRow, csv_rows, json_rows, opened

ROWS_A_PIECE = 1000
LINES, TABLES = (".jsonl", ".ndjson"), (".csv", ".tsv")

LoadProgress = Callable[[Backfill], None]
"""Called after each batch with how far the file has been read."""


def load_rows(store: Database, file: Path, outlets: Outlets, now: datetime, progress: LoadProgress) -> Backfill:
    """Read a file of JSON lines or CSV (.gz or not) into the store, from where it was left; returns the counts.

    A file that has changed since is read from its start; what is stored already counts as duplicate.
    ``now`` is aware UTC. Raises ArchiveError (what was read until then is stored), StoreError and sqlite3 errors.
    """
    backfill = begun(store, file)
    if backfill.is_done:
        return backfill
    with opened(file) as source:
        rows = _rows(file)(source, backfill.position)
        for batch, is_last in _batches(rows, file):
            position = batch[-1].position if batch else backfill.position
            piece = Piece(position, *_sorted(batch, outlets, now), is_last=is_last)
            backfill = backfills.append(store, backfill, piece, now)
            progress(backfill)
    return backfill


def begun(store: Database, file: Path) -> Backfill:
    """How far this very file was read, or a fresh start."""
    key, fingerprint = str(file.resolve()), _fingerprint(file)
    found = backfills.find(store, key)
    return found if found and found.fingerprint == fingerprint else Backfill(key, fingerprint)


def _fingerprint(file: Path) -> str:
    about = file.stat()
    with file.open("rb") as source:
        head = hashlib.blake2b(source.read(65_536), digest_size=12).hexdigest()
    return f"{about.st_size}-{about.st_mtime_ns}-{head}"


def kind_of(file: Path) -> str:
    """The ending that tells the format, in lower case; a .gz behind it does not count."""
    return Path(file.name.removesuffix(".gz")).suffix.lower()


def _rows(file: Path) -> Callable[..., Iterator[ArchiveRow]]:
    if kind_of(file) in TABLES:
        return lambda source, start: csv_rows(source, start, str(file))
    return json_rows


def _batches(rows: Iterator[ArchiveRow], file: Path) -> Iterator[tuple[list[ArchiveRow], bool]]:
    """(batch, whether it is the file's last); the last may be empty."""
    batch: list[ArchiveRow] = []
    damage: Exception | None = None
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == ROWS_A_PIECE:
                yield batch, False
                batch = []
    except (EOFError, OSError, zlib.error) as error:
        damage = error
    yield batch, damage is None
    if damage is not None:
        raise ArchiveError(f"{file} breaks off or is damaged: {damage}; what stands before that is stored") from damage


def _sorted(
    batch: list[ArchiveRow], outlets: Outlets, now: datetime
) -> tuple[list[tuple[int, NewEntry]], Counter[str]]:
    entries: list[tuple[int, NewEntry]] = []
    rejected = Counter[str]()
    for row in batch:
        found = row.problem or _entry(row, outlets, now)
        if isinstance(found, str):
            rejected[found] += 1
        else:
            entries.append(found)
    return entries, rejected


def _entry(row: ArchiveRow, outlets: Outlets, now: datetime) -> tuple[int, NewEntry] | str:
    raw = raw_of(row.fields)
    feed = outlets.of_row(outlet_of(row.fields), raw.link)
    entry = entry_of(raw, feed.url, now)
    return entry if isinstance(entry, str) else (feed.id, entry)

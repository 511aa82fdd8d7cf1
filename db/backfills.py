"""The table of backfills: files of old entries, and the one transaction in which a piece of such a file is written.

The entries of a piece and the position behind it are committed together, so a run that is killed and begun again
neither loses an entry nor stores one twice.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.entries import append_past
from db.records import NewEntry
from db.times import to_text


@dataclass(frozen=True, slots=True)
class Backfill:
    """How far one file was read: seen = new + duplicate + rejected; ``reasons`` counts the rejected. ``fingerprint``
    tells whether it is still the same file."""

    file: str
    fingerprint: str
    position: int = 0
    is_done: bool = False
    seen: int = 0
    new: int = 0
    duplicate: int = 0
    rejected: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a file holds up to ``position``: (feed id, entry) of those that are stored, each with the date on which it
    was published, and the reasons for which others are not (reason → count)."""

    position: int
    entries: Sequence[tuple[int, NewEntry]]
    rejected: Mapping[str, int] = field(default_factory=dict)
    is_last: bool = False


def find(store: Database, file: str) -> Backfill | None:
    """How far that file was read, or None."""
    rows = store.query("SELECT * FROM backfills WHERE file = ?", [file])
    return next((_backfill(row) for row in rows), None)


def append(store: Database, backfill: Backfill, piece: Piece, now: datetime) -> Backfill:
    """Store a piece and the position behind it in one transaction; every entry counts as first seen on its own date.

    Returns how far the file was read after it.
    """
    with writing(store) as connection:
        new = sum(append_past(connection, feed_id, entry) for feed_id, entry in piece.entries)
        rejected = sum(piece.rejected.values())
        after = replace(
            backfill,
            position=piece.position,
            is_done=piece.is_last,
            seen=backfill.seen + len(piece.entries) + rejected,
            new=backfill.new + new,
            duplicate=backfill.duplicate + len(piece.entries) - new,
            rejected=backfill.rejected + rejected,
            reasons=Counter(backfill.reasons) + Counter(piece.rejected),
        )
        connection.execute(
            "INSERT OR REPLACE INTO backfills (file, fingerprint, position, is_done, seen, new, duplicate, rejected,"
            " reasons, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _row(after, now),
        )
    return after


def _row(backfill: Backfill, now: datetime) -> tuple[Any, ...]:
    return (
        backfill.file,
        backfill.fingerprint,
        backfill.position,
        int(backfill.is_done),
        backfill.seen,
        backfill.new,
        backfill.duplicate,
        backfill.rejected,
        json.dumps(dict(backfill.reasons), sort_keys=True),
        to_text(now),
    )


def _backfill(row: Mapping[str, Any]) -> Backfill:
    plain = {name: row[name] for name in ("file", "fingerprint", "position", "seen", "new", "duplicate", "rejected")}
    return Backfill(**plain, is_done=bool(row["is_done"]), reasons=json.loads(row["reasons"]))

"""The table of feed days: how much each feed brings a day, from which its rhythm is read."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from db.records import NewEntry

KEPT = timedelta(days=60)
"""How far back a rhythm is read."""


def day_of(entry: NewEntry, now: datetime) -> date | None:
    """The day to which an entry that came at ``now`` counts, or None where that is too long ago to tell a rhythm."""
    moment = min(entry.published_at or now, now)
    return moment.date() if moment > now - KEPT else None


def add(connection: sqlite3.Connection, feed_id: int, days: Mapping[date, int]) -> None:
    """Count entries on their days. Part of a write transaction."""
    connection.executemany(
        "INSERT INTO feed_days (feed_id, day, entries) VALUES (?, ?, ?)"
        " ON CONFLICT (feed_id, day) DO UPDATE SET entries = feed_days.entries + excluded.entries",
        [(feed_id, day.isoformat(), count) for day, count in days.items()],
    )


def since(store: Database, now: datetime) -> dict[int, dict[date, int]]:
    """Feed id → day → entries, of the last ``KEPT``."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    rows = store.query("SELECT * FROM feed_days WHERE day > ?", [(now - KEPT).date().isoformat()])
    for row in rows:
        found[row["feed_id"]][date.fromisoformat(row["day"])] = row["entries"]
    return dict(found)

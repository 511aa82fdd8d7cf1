"""The tables of story clusters. An entry belongs to at most one cluster and never leaves it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from db.connect import writing
from db.entries import ENTRY_COLUMNS, entry_from
from db.records import Entry
from db.times import to_moment, to_text


def unclustered(store: Database) -> list[Entry]:
    """Flagged entries that no cluster holds, oldest first."""
    rows = store.query(
        f"SELECT {ENTRY_COLUMNS} FROM unclustered JOIN entries ON entries.id = unclustered.entry_id"
        " JOIN feeds ON feeds.id = entries.feed_id ORDER BY unclustered.entry_id"
    )
    return [entry_from(row) for row in rows]


def append(store: Database, groups: Sequence[tuple[int | None, Sequence[Entry]]], now: datetime) -> None:
    """Write the groups in one transaction: entries join the cluster named, or (None) open a new one whose lead is
    the group's first entry. Entries that another process has clustered meanwhile stay where they are."""
    with writing(store) as connection:
        for cluster_id, members in groups:
            held = clusters_of(store, [member.id for member in members])
            free = [member.id for member in members if member.id not in held]
            if free:
                _join(connection, cluster_id, free, to_text(now))


def _join(connection: sqlite3.Connection, cluster_id: int | None, entry_ids: list[int], now: str) -> None:
    if cluster_id is None:
        opened = connection.execute(
            "INSERT INTO story_clusters (lead_entry_id, opened_at, last_joined_at) VALUES (?, ?, ?)",
            (entry_ids[0], now, now),
        )
        cluster_id = opened.lastrowid
    connection.execute(
        "UPDATE story_clusters SET last_joined_at = max(last_joined_at, ?) WHERE id = ?", (now, cluster_id)
    )
    connection.executemany(
        "INSERT INTO cluster_entries (entry_id, cluster_id) VALUES (?, ?)", [(each, cluster_id) for each in entry_ids]
    )
    connection.executemany("DELETE FROM unclustered WHERE entry_id = ?", [(each,) for each in entry_ids])


def clusters_of(store: Database, entry_ids: Sequence[int]) -> dict[int, int]:
    """Entry id → cluster id, for those of the entries that a cluster holds."""
    rows = store.query(
        # As JSON: SQLite takes no more than 32,766 question marks.
        "SELECT entry_id, cluster_id FROM cluster_entries WHERE entry_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(entry_ids))],
    )
    return {row["entry_id"]: row["cluster_id"] for row in rows}


def opened(store: Database, cluster_ids: Sequence[int]) -> dict[int, datetime]:
    """Cluster id → when it was opened (UTC), for those that there are."""
    rows = store.query(
        "SELECT id, opened_at FROM story_clusters WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(cluster_ids))],
    )
    return {row["id"]: to_moment(row["opened_at"]) for row in rows}

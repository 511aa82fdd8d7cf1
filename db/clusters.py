"""The tables of story clusters. An entry belongs to one cluster at the most; nothing is ever taken out."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from db.connect import writing
from db.entries import ENTRY_COLUMNS, entry_from
from db.times import to_text
from db.types import Entry


def open_leads(store: Database, since: datetime) -> list[tuple[int, Entry]]:
    """(cluster id, lead entry) of the clusters that an entry joined at or after ``since``, oldest first."""
    rows = store.query(
        f"SELECT story_clusters.id AS cluster_id, {ENTRY_COLUMNS} FROM story_clusters"
        " JOIN entries ON entries.id = story_clusters.lead_entry_id JOIN feeds ON feeds.id = entries.feed_id"
        " WHERE story_clusters.last_joined_at >= ? ORDER BY story_clusters.id",
        [to_text(since)],
    )
    return [(row["cluster_id"], entry_from(row)) for row in rows]


def unclustered(store: Database) -> list[Entry]:
    """Flagged entries that no cluster holds, oldest first."""
    rows = store.query(
        f"SELECT DISTINCT {ENTRY_COLUMNS} FROM scores JOIN entries ON entries.id = scores.entry_id"
        " JOIN feeds ON feeds.id = entries.feed_id"
        " LEFT JOIN cluster_entries ON cluster_entries.entry_id = entries.id"
        " WHERE scores.flagged = 1 AND cluster_entries.entry_id IS NULL ORDER BY entries.id"
    )
    return [entry_from(row) for row in rows]


def append(store: Database, groups: list[tuple[int | None, list[Entry]]], now: datetime) -> None:
    """Write the groups in one transaction: entries join the cluster named, or (None) open a new one whose lead is
    the group's first entry."""
    with writing(store) as connection:
        for cluster_id, members in groups:
            if cluster_id is None:
                cluster_id = connection.execute(
                    "INSERT INTO story_clusters (lead_entry_id, opened_at, last_joined_at) VALUES (?, ?, ?)",
                    (members[0].id, to_text(now), to_text(now)),
                ).lastrowid
            connection.execute("UPDATE story_clusters SET last_joined_at = ? WHERE id = ?", (to_text(now), cluster_id))
            connection.executemany(
                "INSERT INTO cluster_entries (entry_id, cluster_id) VALUES (?, ?) ON CONFLICT (entry_id) DO NOTHING",
                [(member.id, cluster_id) for member in members],
            )


def clusters_of(store: Database, entry_ids: list[int]) -> dict[int, int]:
    """Entry id → cluster id, for those of the entries that a cluster holds."""
    marks = ", ".join("?" * len(entry_ids))
    rows = store.query(f"SELECT entry_id, cluster_id FROM cluster_entries WHERE entry_id IN ({marks})", entry_ids)
    return {row["entry_id"]: row["cluster_id"] for row in rows}

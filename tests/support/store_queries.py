"""What tests ask of a store that no part of axiswatch asks."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from db.entries import ENTRY_COLUMNS, entry_from
from db.records import Entry
from db.times import to_moment, to_text


def edits_of(store: Database, entry_id: int) -> list[tuple[datetime, dict[str, str]]]:
    """(when it was noticed, what stood in the changed fields before) of an entry's edits, oldest first."""
    rows = store.query("SELECT * FROM entry_edits WHERE entry_id = ? ORDER BY id", [entry_id])
    return [(to_moment(row["edited_at"]), json.loads(row["changes"])) for row in rows]


def notices_of(store: Database, start: datetime, end: datetime) -> list[tuple[str, str]]:
    """(outlet, kind) of what was said of feeds in [start, end)."""
    rows = store.query(
        "SELECT feeds.outlet AS outlet, notices.kind AS kind FROM notices JOIN feeds ON feeds.id = notices.feed_id"
        " WHERE notices.noticed_at >= ? AND notices.noticed_at < ?",
        [to_text(start), to_text(end)],
    )
    return [(row["outlet"], row["kind"]) for row in rows]


def open_leads(store: Database, since: datetime) -> list[tuple[int, Entry]]:
    """(cluster id, lead entry) of the clusters that an entry joined at or after ``since``, oldest first."""
    rows = store.query(
        f"SELECT story_clusters.id AS cluster_id, {ENTRY_COLUMNS} FROM story_clusters"
        " JOIN entries ON entries.id = story_clusters.lead_entry_id JOIN feeds ON feeds.id = entries.feed_id"
        " WHERE story_clusters.last_joined_at >= ? ORDER BY story_clusters.id",
        [to_text(since)],
    )
    return [(row["cluster_id"], entry_from(row)) for row in rows]

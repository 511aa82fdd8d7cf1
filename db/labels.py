"""The table of labels: append-only, newest wins."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from db.connect import writing
from db.entries import ENTRY_COLUMNS, entry_from
from db.records import Entry, Label, LabelValue
from db.times import to_moment, to_text


def append(store: Database, label: Label) -> None:
    """Store a label. Raises LookupError where there is no such entry."""
    with writing(store) as connection:
        if connection.execute("SELECT 1 FROM entries WHERE id = ?", (label.entry_id,)).fetchone() is None:
            raise LookupError(f"there is no entry {label.entry_id} in the store")
        connection.execute(
            "INSERT INTO labels (entry_id, value, labelled_at, via, labeller, note) VALUES (?, ?, ?, ?, ?, ?)",
            (label.entry_id, label.value, to_text(label.labelled_at), label.via, label.labeller, label.note),
        )


def latest(store: Database) -> list[tuple[Entry, LabelValue]]:
    """Each labelled entry with its newest label, in the order of the entries."""
    rows = store.query(
        f"SELECT {ENTRY_COLUMNS}, labels.value AS value FROM labels"
        " JOIN entries ON entries.id = labels.entry_id JOIN feeds ON feeds.id = entries.feed_id"
        " WHERE labels.id = (SELECT max(newer.id) FROM labels AS newer WHERE newer.entry_id = labels.entry_id)"
        " ORDER BY entries.id"
    )
    return [(entry_from(row), row["value"]) for row in rows]


def newest_of(store: Database, entry_ids: Sequence[int]) -> dict[int, Label]:
    """Entry → its newest label, of those entries that have one."""
    rows = store.query(
        "SELECT * FROM labels WHERE id IN (SELECT max(id) FROM labels"
        " WHERE entry_id IN (SELECT value FROM json_each(?)) GROUP BY entry_id)",
        [json.dumps(list(entry_ids))],
    )
    return {
        row["entry_id"]: Label(
            row["entry_id"], row["value"], to_moment(row["labelled_at"]), row["via"], row["labeller"], row["note"]
        )
        for row in rows
    }

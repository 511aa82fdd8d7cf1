"""The schema is as strict as it says: types, checks, references."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from sqlite_utils import Database

from db import scores
from tests.support.store_records import new_entry, score, stored, version

TableRow = tuple[str, dict[str, Any]]
FEED = (
    "feeds",
    {"url": "u", "outlet": "", "country": "", "language": "", "kind": "press", "topic": "", "enabled": 1}
    | {"added_at": ""},
)
RUN = ("runs", {"id": "r", "flow": "f", "started_at": "", "outcome": "running", "detail": "{}"})
FETCH = (
    "fetches",
    {"feed_id": 1, "run_id": "r", "started_at": "", "outcome": "ok", "bytes": 0, "milliseconds": 0, "final_url": ""}
    | {"error": "", "seen": 0, "new": 0, "duplicate": 0, "rejected": 0, "reasons": "{}"}
    | {"edited": 0, "capped": 0},
)
ENTRY = (
    "entries",
    {"feed_id": 1, "guid": "", "link": "", "title": "", "summary": "", "body": "", "author": "", "language": ""}
    | {"published_status": "absent", "first_seen_at": "", "pairs": ""},
)
MODEL = (
    "model_versions",
    {"id": "m-2", "status": "candidate", "created_at": "", "threshold": 0.6, "review_floor": 0.3, "data_hash": ""}
    | {"code_version": "", "spec": "{}", "metrics": "{}", "note": ""},
)
SCORE = (
    "scores",
    {"entry_id": 2, "model_version": "m-1", "probability": 0.5, "flagged": 0, "review": 0, "language": "en"}
    | {"known_language": 1, "partners": "[]", "reasons": "[]", "scored_at": ""},
)
LABEL = ("labels", {"entry_id": 1, "value": "unsure", "labelled_at": "", "via": "", "labeller": "", "note": ""})
EDITION = (
    "editions",
    {"name": "e", "window_start": "1", "window_end": "2", "composed_at": "", "model_version": "", "config_hash": ""}
    | {"content": "{}"},
)
DELIVERY = (
    "deliveries",
    {"edition_id": 1, "recipient": "a", "way": "mail", "state": "prepared", "message_id": "", "updated_at": ""}
    | {"detail": ""},
)


def put(store: Database, row: TableRow, **changes: Any) -> None:
    values = row[1] | changes
    marks = ", ".join("?" * len(values))
    store.execute(f"INSERT INTO {row[0]} ({', '.join(values)}) VALUES ({marks})", list(values.values()))


@pytest.fixture
def filled(store: Database) -> Database:
    """A store with a feed, two entries, a model version m-1, a score and an edition."""
    version(store)
    first, _ = stored(store, new_entry("a"), new_entry("b"))
    scores.append(store, [score(first)])
    put(store, EDITION, name="there")
    return store


@pytest.mark.parametrize(
    "row", [FEED, RUN, FETCH, ENTRY, MODEL, SCORE, LABEL, EDITION, DELIVERY], ids=lambda row: row[0]
)
def test_sound_rows_are_taken(filled: Database, row: TableRow) -> None:
    put(filled, row)


@pytest.mark.parametrize(
    ("row", "changes", "message"),
    [
        (FEED, {"kind": "blog"}, "CHECK"),
        (FEED, {"enabled": 2}, "CHECK"),
        (FEED, {"url": "https://a.example/rss"}, "UNIQUE"),
        (RUN, {"outcome": "crashed"}, "CHECK"),
        (FETCH, {"outcome": "perhaps"}, "CHECK"),
        (FETCH, {"seen": 3, "new": 1, "duplicate": 1}, "CHECK"),
        (FETCH, {"feed_id": 99}, "FOREIGN KEY"),
        (FETCH, {"bytes": "many"}, "cannot store TEXT"),
        (ENTRY, {"published_status": "guessed"}, "CHECK"),
        (ENTRY, {"feed_id": 99}, "FOREIGN KEY"),
        (ENTRY, {"title": None}, "NOT NULL"),
        (ENTRY, {"title": b"bytes"}, "cannot store BLOB"),
        (MODEL, {"status": "best"}, "CHECK"),
        (MODEL, {"threshold": 1.1}, "CHECK"),
        (MODEL, {"review_floor": 0.7}, "CHECK"),
        (SCORE, {"probability": -0.1}, "CHECK"),
        (SCORE, {"flagged": 7}, "CHECK"),
        (SCORE, {"entry_id": 99}, "FOREIGN KEY"),
        (SCORE, {"model_version": "m-9"}, "FOREIGN KEY"),
        (SCORE, {"entry_id": 1}, "UNIQUE"),
        (LABEL, {"value": "maybe"}, "CHECK"),
        (LABEL, {"entry_id": 99}, "FOREIGN KEY"),
        (EDITION, {"window_end": "1"}, "CHECK"),
        (EDITION, {"name": "there"}, "UNIQUE"),
        (DELIVERY, {"way": ""}, "CHECK"),
        (DELIVERY, {"state": "lost"}, "CHECK"),
        (DELIVERY, {"edition_id": 99}, "FOREIGN KEY"),
    ],
)
def test_unsound_rows_are_refused(filled: Database, row: TableRow, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=message):
        put(filled, row, **changes)


@pytest.mark.parametrize("table", ["entry_keys", "unscored", "unclustered", "cluster_entries", "story_clusters"])
def test_nothing_refers_to_an_entry_that_is_not_there(filled: Database, table: str) -> None:
    rows: dict[str, TableRow] = {
        "entry_keys": (table, {"key": "k", "entry_id": 99}),
        "unscored": (table, {"entry_id": 99}),
        "unclustered": (table, {"entry_id": 99}),
        "cluster_entries": (table, {"entry_id": 1, "cluster_id": 99}),
        "story_clusters": (table, {"lead_entry_id": 99, "opened_at": "", "last_joined_at": ""}),
    }
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        put(filled, rows[table])


def test_an_entry_that_others_refer_to_cannot_be_deleted(filled: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        filled.execute("DELETE FROM entries WHERE id = 1")

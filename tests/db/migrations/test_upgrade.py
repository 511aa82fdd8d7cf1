"""A store of the first schema, with rows in it, brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from db import entries, feeds, fetches, scores
from db.connect import open_store
from db.records import FeedSpec
from tests.support.old_stores import old_store
from tests.support.store_records import HOUR, NOON, fetch_of, new_entry


def first_store(path: Path) -> None:
    """What the first version left behind: a feed, a fetch that it logged."""
    with old_store(path, "first_schema") as store:
        store.execute(
            "INSERT INTO feeds VALUES (1, 'https://a.example/rss', 'A', '', '', 'press', '', 1, ?)", [NOON.isoformat()]
        )
        store.execute(
            "INSERT INTO fetches VALUES (1, 1, 'run', ?, 'ok', 200, 10, 20, '', '', 9, 4, 3, 2, '{\"no text\": 2}')",
            [NOON.isoformat()],
        )


def test_rows_are_kept_and_every_feed_gets_a_state(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first_store(path)
    with closing(open_store(path)) as store:
        told = fetches.coverage_of_run(store, "run")
        assert (told.seen, told.new, told.duplicate, told.edited, told.capped, told.rejected) == (9, 4, 3, 0, 0, 2)
        assert [feed.outlet for feed in feeds.due(store, NOON)] == ["A"]
        (where,) = feeds.subscribe(store, [FeedSpec("https://a.example/rss", "A")], NOON)
        batch = [new_entry("new")]
        assert entries.append_batch(store, fetch_of(where, batch), batch, NOON).new == 1
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_was_flagged_counts_where_it_was_first_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first_store(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO model_versions VALUES ('m', 'champion', '', 0.5, 0.3, '', '', '{}', '{}', '')")
        for number, is_flagged in ((1, 1), (2, 0)):
            connection.execute(
                "INSERT INTO entries VALUES (?, 1, '', '', 'Title', '', '', '', '', NULL, 'absent', ?, '')",
                [number, NOON.isoformat()],
            )
            connection.execute(
                "INSERT INTO scores VALUES (NULL, ?, 'm', 0.9, ?, 0, 'en', 1, '[]', '[]', ?)",
                [number, is_flagged, NOON.isoformat()],
            )
    with closing(open_store(path)) as store:
        assert [(each.entry.id, each.edited_at) for each in scores.flagged(store, NOON, NOON + HOUR)] == [(1, None)]

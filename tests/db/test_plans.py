"""What is asked in every run reads no whole table, however large the archive grows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from db import (
    clusters,
    deliveries,
    editions,
    entries,
    feed_states,
    feeds,
    fetches,
    follows,
    host_pauses,
    labels,
    models,
    notices,
    rescoring,
    runs,
    scores,
    stories,
    story_counts,
)
from db.records import Entry, Fetch, Label
from tests.support.store_records import HOUR, NOON, feed, fetch_of, new_entry, score, stored, version

WINDOW = (NOON, NOON + HOUR)


def entry_1(store: Database) -> Entry:
    """An entry that is there."""
    found = entries.find(store, 1)
    assert found is not None
    return found


def write_a_shard(store: Database) -> None:
    """Two entries scored again by the champion."""
    models.promote(store, "m-1")
    shard = rescoring.Shard(1, 2, rescoring.newest_edit(store))
    rescoring.write(store, "m-1", shard, scores.rows_of([score(entry_1(store))]), "r", {})


QUERIES: dict[str, Callable[[Database], Any]] = {
    "append_batch": lambda store: entries.append_batch(
        store, Fetch(1, NOON, "ok", seen=1), [new_entry("n", "m")], NOON
    ),
    "unscored": lambda store: list(entries.unscored(store, 10)),
    "find": lambda store: entries.find(store, 1),
    "count_seen": lambda store: entries.count_seen(store, *WINDOW),
    "search": lambda store: entries.search(store, "title 中俄"),
    "append scores": lambda store: scores.append(
        store, [score(entry_1(store)), score(entry_1(store), model_version="m-2")]
    ),
    "flagged": lambda store: scores.flagged(store, *WINDOW),
    "below": lambda store: scores.below(store, *WINDOW, 3),
    "unknown_languages": lambda store: scores.unknown_languages(store, *WINDOW),
    "newest": lambda store: scores.newest(store, 1),
    "newest of": lambda store: scores.newest_of(store, [1, 2]),
    "entries of": lambda store: entries.entries_of(store, [1, 2]),
    "unclustered": clusters.unclustered,
    "append clusters": lambda store: clusters.append(store, [(None, clusters.unclustered(store))], NOON),
    "open members": lambda store: stories.open_members(store, NOON, NOON, 1),
    "story": lambda store: stories.find(store, 1),
    "stories opened": lambda store: list(stories.opened(store, *WINDOW)),
    "links": lambda store: stories.links_of(store, 1),
    "append links": lambda store: stories.append_links(store, [stories.NewLink(2, 1, 0.5, {})], NOON),
    "append fingerprints": lambda store: stories.append_fingerprints(store, {1: "fingerprint"}, 1),
    "feeds read": lambda store: story_counts.feeds_read(store, *WINDOW),
    "when ties were told last": lambda store: story_counts.last_told(store, [("iran", "arms")], *WINDOW),
    "clusters_of": lambda store: clusters.clusters_of(store, [1, 2]),
    "coverage_of_run": lambda store: fetches.coverage_of_run(store, "run"),
    "coverage_of_window": lambda store: fetches.coverage_of_window(store, *WINDOW),
    "of_run": lambda store: fetches.of_run(store, "run"),
    "under_way": lambda store: runs.under_way(store, ("ingest", "monitor"), NOON),
    "finish": lambda store: runs.finish(store, "r", "completed", {}, NOON),
    "champion": models.champion,
    "find edition": lambda store: editions.find(store, "e"),
    "latest edition": editions.latest,
    "of_edition": lambda store: deliveries.of_edition(store, 1),
    "due": lambda store: feeds.due(store, NOON),
    "with states": lambda store: feeds.with_states(store, [1]),
    "all with states": feeds.all_with_states,
    "save state": lambda store: feed_states.save(store, feed_states.FeedState(1, NOON)),
    "pause": lambda store: host_pauses.pause(store, "a.example", NOON, ""),
    "notices of run": lambda store: notices.of_run(store, "run"),
    "archived": lambda store: entries.count_archived(store, *WINDOW),
    "newest seen": entries.newest_seen,
    "labels of": lambda store: labels.newest_of(store, [1, 2]),
    "waiting mails": lambda store: deliveries.waiting(store, NOON),
    "mails never prepared": lambda store: deliveries.unprepared(store, NOON, NOON),
    "begin to follow": lambda store: follows.add(store, 1, "a@x.example", [1], NOON),
    "who follows": follows.standing,
    "mails of a thread": lambda store: follows.mails(store, 1),
    "whom an edition tells": lambda store: follows.told_by(store, 1),
    "what a mail of a thread answers": lambda store: follows.answered(store, 1),
    "what is scored again": lambda store: rescoring.extent(store, *WINDOW),
    "a shard": lambda store: list(rescoring.read(store, 1, 2, *WINDOW)),
    "write a shard": write_a_shard,
    "how far the newest came": lambda store: runs.newest_detail(store, "rescore", "next_id"),
    "append label": lambda store: labels.append(store, Label(1, "unsure", NOON)),
}
KINDS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
NEVER_LARGE = (
    "SCAN feeds",
    "SCAN json_each",
    "SCAN entries_fts VIRTUAL TABLE INDEX",
    "SCAN CONSTANT ROW",
    "SCAN newest",
)
WAITING = ("SCAN unclustered", "SCAN backfills", "SCAN editions USING INDEX editions_by_window")
"""Read whole because they hold only what waits, or ended by the first row."""


def plans(store: Database, ask: Callable[[Database], Any]) -> list[str]:
    """The steps that SQLite plans for every statement that the question comes to."""
    asked: list[str] = []
    store.conn.set_trace_callback(asked.append)
    ask(store)
    store.conn.set_trace_callback(None)
    # The plan of an insert into entries lists scans of what refers to them, which run only while a reference is broken.
    told = [each for each in asked if each.startswith(KINDS) and not each.startswith("INSERT INTO entries (")]
    assert told
    return [row[3] for each in told for row in store.execute(f"EXPLAIN QUERY PLAN {each}")]


@pytest.fixture
def filled(store: Database) -> Database:
    """A store with something in every table that is asked."""
    version(store)
    version(store, "m-2")
    filed = stored(store, new_entry("a", title="title 中俄"), new_entry("b"), new_entry("c"))
    scores.append(store, [score(entry) for entry in filed])
    clusters.append(store, [(None, filed[:2])], NOON)
    return store


@pytest.mark.parametrize("name", QUERIES)
def test_no_whole_table_is_read(filled: Database, name: str) -> None:
    steps = plans(filled, QUERIES[name])
    assert [step for step in steps if step.startswith("SCAN") and not step.startswith(NEVER_LARGE + WAITING)] == []


def test_a_whole_table_would_be_noticed(filled: Database) -> None:
    steps = plans(filled, lambda store: list(store.query("SELECT * FROM entries WHERE language = 'en'")))
    assert steps == ["SCAN entries"]


def test_plans_hold_for_a_store_that_was_analysed(store: Database) -> None:
    """Another tool may leave statistics behind, and then SQLite plans by them."""
    version(store)
    for number in range(40):
        batch = [new_entry(f"{number}-{each}") for each in range(50)]
        entries.append_batch(store, fetch_of(feed(store), batch), batch, NOON + number * HOUR)
    for waiting in entries.unscored(store, 1000):
        scores.append(store, [score(entry, flagged=entry.id % 20 == 0) for entry in waiting])
    store.execute("ANALYZE")
    for name in ("flagged", "below", "unknown_languages", "newest", "unscored", "count_seen"):
        assert [step for step in plans(store, QUERIES[name]) if step.startswith(("SCAN entries", "SCAN scores"))] == []

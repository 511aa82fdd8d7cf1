"""Entries: stored in batches with the log of their fetch, recognised again, handed out for scoring."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlite_utils import Database

from db import entries, fetches, scores
from db.records import Fetch
from tests.support.store_records import HOUR, NOON, feed, fetch_of, new_entry, score, stored, version


def tables(store: Database) -> dict[str, int]:
    names = ("entries", "entry_keys", "unscored", "fetches")
    return {name: store.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_an_entry_comes_back_as_it_was_given(store: Database) -> None:
    given = new_entry(
        "k",
        title="Путин — 习近平 \N{ROCKET}",
        summary="s",
        body="b",
        link="https://a.example/1",
        guid="g",
        author="A. Writer",
        language="ru",
        published_at=NOON - HOUR,
        published_status="stated",
    )
    (entry,) = stored(store, given)
    assert (entry.title, entry.summary, entry.body, entry.author, entry.language) == (
        *(given.title, given.summary, given.body, given.author, given.language),
    )
    assert (entry.link, entry.published_at, entry.published_status) == (given.link, NOON - HOUR, "stated")
    assert (entry.outlet, entry.kind, entry.first_seen_at) == ("Outlet of https://a.example/rss", "press", NOON)
    assert stored(store, new_entry("undated"))[0].published_at is None


def test_counts_and_log_of_a_batch(store: Database) -> None:
    batch = [new_entry("a"), new_entry("b"), new_entry("a")]
    told = fetch_of(feed(store), batch, seen=5, rejected=2, reasons={"no title": 2}, status=200, bytes=99)
    logged = entries.append_batch(store, told, batch, NOON)
    assert logged == replace(told, new=2, duplicate=1)
    assert [fetch for _, fetch in fetches.of_run(store, "run")] == [logged]
    assert tables(store) == {"entries": 2, "entry_keys": 2, "unscored": 2, "fetches": 1}


def test_any_known_key_makes_a_duplicate(store: Database) -> None:
    stored(store, new_entry("link-1", "guid-1"))
    title = "Title link-1"
    again = [
        new_entry("link-2", "guid-1", title=title),
        new_entry("link-1", "guid-2", title=title),
        new_entry("link-3"),
    ]
    logged = entries.append_batch(store, fetch_of(feed(store), again), again, NOON)
    assert (logged.new, logged.duplicate) == (1, 2)


def test_keys_learned_later_recognise_the_entry(store: Database) -> None:
    stored(store, new_entry("link-1", "guid-1"), new_entry("link-2", "guid-1"))
    stored(store, new_entry("link-2", "guid-2"), new_entry("guid-2"))
    assert store["entries"].count == 1
    assert tables(store)["entry_keys"] == 4


@pytest.mark.parametrize("changes", [{"seen": 7}, {"feed_id": 99}, {"started_at": datetime(2026, 11, 21)}])
def test_failure_inside_stores_nothing(store: Database, changes: dict[str, Any]) -> None:
    batch = [new_entry("a"), new_entry("b")]
    with pytest.raises((sqlite3.IntegrityError, ValueError)):
        entries.append_batch(store, fetch_of(feed(store), batch, **changes), batch, NOON)
    assert set(tables(store).values()) == {0}
    assert entries.search(store, "Title") == []


def test_one_bad_entry_takes_its_batch_back(store: Database) -> None:
    batch = [new_entry("a"), new_entry("b", title="half a pair \ud83d")]
    with pytest.raises(UnicodeEncodeError):
        entries.append_batch(store, fetch_of(feed(store), batch), batch, NOON)
    assert set(tables(store).values()) == {0}


def test_a_failed_fetch_is_logged_without_entries(store: Database) -> None:
    failed = Fetch(feed(store).id, NOON, "failed", run_id="run", error="timed out after 20 s")
    assert entries.append_batch(store, failed, [], NOON) == failed
    assert tables(store) == {"entries": 0, "entry_keys": 0, "unscored": 0, "fetches": 1}


def test_unscored_in_batches_until_all_are_scored(store: Database) -> None:
    version(store)
    waiting = stored(store, *[new_entry(str(number)) for number in range(7)])
    sizes = []
    for batch in entries.unscored(store, 3):
        sizes.append(len(batch))
        scores.append(store, [score(entry) for entry in batch])
    assert sizes == [3, 3, 1]
    assert list(entries.unscored(store, 3)) == []
    (late,) = stored(store, new_entry("late"))
    assert list(entries.unscored(store, 3)) == [[late]]
    assert late.id == waiting[-1].id + 1


def test_what_stays_unscored_is_given_once_a_pass(store: Database) -> None:
    waiting = stored(store, *[new_entry(str(number)) for number in range(5)])
    for _ in range(2):
        assert [entry for batch in entries.unscored(store, 2) for entry in batch] == waiting


def test_entries_that_come_in_between_two_batches_are_given_as_well(store: Database) -> None:
    stored(store, new_entry("a"), new_entry("b"))
    batches = entries.unscored(store, 2)
    assert len(next(batches)) == 2
    late = stored(store, new_entry("c"))
    assert next(batches) == late


def test_count_seen_is_half_open(store: Database) -> None:
    stored(store, new_entry("a"), at=NOON)
    stored(store, new_entry("b"), at=NOON + HOUR)
    assert entries.count_seen(store, NOON, NOON + HOUR) == 1
    assert entries.count_seen(store, NOON, NOON + 2 * HOUR) == 2


def test_find_knows_no_other_entry(store: Database) -> None:
    assert entries.find(store, 1) is None

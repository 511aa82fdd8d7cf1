"""The fetch log, read back as coverage."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from db import entries, fetches
from db.records import Coverage, Fetch
from tests.support.store_records import HOUR, MINUTE, NOON, feed, fetch_of, new_entry


def logged(store: Database, name: str, *keys: str, **changes: Any) -> Fetch:
    """A fetch of the feed of that name, which brought entries of these keys."""
    batch = [new_entry(key) for key in keys]
    told = fetch_of(feed(store, f"https://{name}.example/rss"), batch, **changes)
    return entries.append_batch(store, told, batch, NOON)


def test_nothing_was_read(store: Database) -> None:
    assert fetches.coverage_of_run(store, "run") == Coverage()
    assert fetches.of_run(store, "run") == []


def test_counts_and_reasons_are_summed(store: Database) -> None:
    logged(store, "a", "1", "2", seen=5, rejected=3, reasons={"no title": 2, "no key": 1})
    logged(store, "b", "2", "3", "4", seen=4, rejected=1, reasons={"no title": 1})
    logged(store, "c", outcome="unchanged", status=304)
    logged(store, "d", outcome="failed", error="timed out")
    told = fetches.coverage_of_run(store, "run")
    assert told == Coverage(
        feeds=4,
        read=3,
        unchanged=1,
        failed=1,
        seen=9,
        new=4,
        duplicate=1,
        rejected=4,
        failures=(("Outlet of https://d.example/rss", "timed out"),),
        reasons={"no key": 1, "no title": 3},
    )
    assert told.seen == told.new + told.duplicate + told.rejected


def test_a_feed_that_was_read_once_counts_as_read(store: Database) -> None:
    for name, outcomes in {"a": ("failed", "ok"), "b": ("ok", "failed"), "c": ("failed", "failed")}.items():
        for number, outcome in enumerate(outcomes):
            logged(store, name, outcome=outcome, error=f"error {number}" if outcome == "failed" else "")
    told = fetches.coverage_of_window(store, NOON, NOON + HOUR)
    assert (told.feeds, told.read, told.failed) == (3, 2, 1)
    assert told.failures == (("Outlet of https://c.example/rss", "error 1"),)


def test_run_and_window_take_their_own(store: Database) -> None:
    logged(store, "a", "1", run_id="one", started_at=NOON - MINUTE)
    logged(store, "a", "2", run_id="one", started_at=NOON)
    logged(store, "a", "3", run_id="two", started_at=NOON + HOUR)
    assert fetches.coverage_of_run(store, "one").new == 2
    assert fetches.coverage_of_run(store, "two").new == 1
    assert fetches.coverage_of_window(store, NOON, NOON + HOUR).new == 1


def test_fetches_of_a_run_in_the_order_of_the_feeds(store: Database) -> None:
    feed(store, "https://a.example/rss")
    second = logged(store, "b", "1", status=200, bytes=10, milliseconds=20, final_url="https://b.example/moved")
    first = logged(store, "a", outcome="failed", error="refused")
    assert fetches.of_run(store, "run") == [
        ("Outlet of https://a.example/rss", first),
        ("Outlet of https://b.example/rss", second),
    ]

"""The table of feeds follows the configured list."""

from __future__ import annotations

from sqlite_utils import Database

from db import entries, feeds
from db.records import Feed, FeedSpec
from tests.support.store_records import HOUR, NOON, new_entry, stored

A = FeedSpec("https://a.example/rss", "A", "GB", "en", "wire", "general")
B = FeedSpec("https://b.example/rss", "B")


def test_a_feed_comes_back_as_it_was_listed(store: Database) -> None:
    assert feeds.subscribe(store, [A], NOON) == [
        Feed(1, "https://a.example/rss", "A", "GB", "en", "wire", "general", True)
    ]


def test_list_order_ids_and_descriptions(store: Database) -> None:
    feeds.subscribe(store, [A, B], NOON)
    told = feeds.subscribe(store, [B, FeedSpec(A.url, "A News", kind="official")], NOON + HOUR)
    assert [(feed.id, feed.outlet, feed.kind) for feed in told] == [(2, "B", "press"), (1, "A News", "official")]
    assert [feed.id for feed in feeds.enabled(store)] == [1, 2]


def test_what_is_no_longer_listed_is_disabled_and_keeps_its_entries(store: Database) -> None:
    (entry,) = stored(store, new_entry("a"))
    assert [feed.url for feed in feeds.subscribe(store, [B], NOON)] == [B.url]
    assert [feed.url for feed in feeds.enabled(store)] == [B.url]
    assert entries.find(store, entry.id) == entry
    assert feeds.subscribe(store, [A, B], NOON)[0].id == entry.feed_id


def test_a_feed_listed_twice_is_read_once(store: Database) -> None:
    assert [feed.url for feed in feeds.subscribe(store, [A, B, A], NOON)] == [A.url, B.url]


def test_an_empty_list_disables_all(store: Database) -> None:
    feeds.subscribe(store, [A, B], NOON)
    assert feeds.subscribe(store, [], NOON) == feeds.enabled(store) == []

"""A store whose keys earlier versions made: its next pass over the same documents stores nothing twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import entries, feeds
from db.connect import open_store
from db.records import Fetch
from flows.feeds.parsing.parse import parse_feed
from tests.support.feed_documents import NOW, item, rss
from tests.support.former_keys import store_as_before
from tests.support.invented_feeds import GUIDS, LINKS, Habit, document, invented

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "feeds"
FEED = "https://quay.example/feed.xml"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    with closing(open_store(tmp_path / "a.db")) as opened:
        yield opened


def next_pass(store: Database, body: bytes, url: str = FEED) -> tuple[int, int]:
    """(new, edited)"""
    feed = next(feed for feed in feeds.enabled(store) if feed.url == url)
    parsed = parse_feed(body, "", url, NOW)
    fetch = Fetch(feed.id, NOW, "ok", seen=parsed.seen, rejected=parsed.rejected, reasons=parsed.reasons)
    logged = entries.append_batch(store, fetch, parsed.entries, NOW)
    return logged.new, logged.edited


@pytest.mark.parametrize("guid", GUIDS)
@pytest.mark.parametrize("link", LINKS)
def test_invented_feeds(store: Database, guid: str, link: str) -> None:
    for seed in range(5):
        habit, url, chance = Habit(guid, link, f"quay{seed}"), f"https://quay.example/{seed}", random.Random(seed)
        body = document(habit, invented(habit, chance, 7), 1, chance)
        parsed = parse_feed(body, "", url, NOW).entries
        stored = store_as_before(store, url, parsed)
        # What the old rules lost among the others may come now; what they stored may not come again.
        new, edited = next_pass(store, body, url)
        assert new <= len(parsed) - stored
        if stored == len(parsed):
            assert (new, edited) == (0, 0)
        assert next_pass(store, body, url)[0] == 0


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2026-11 at noon", "2026-11-01"),
        ("Fri, 20 Nov 2026 08:28 PM EST", "2026-11-20"),
        ("20.11.2026", ""),
        ("Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20"),
        ("Sun, 29 Nov 2026 10:00:00 GMT", ""),
        ("", ""),
    ],
)
def test_titles_alone_under_the_day_that_was_read_then(store: Database, date: str, day: str) -> None:
    body = rss(item(title="Tide table", pubDate=date) + item(title="Fleet list", pubDate=date))
    assert store_as_before(store, FEED, parse_feed(body, "", FEED, NOW).entries, day) == 2
    assert next_pass(store, body) == (0, 0)


def test_links_with_doubtful_parts_are_known_by_the_address_without_them(store: Database) -> None:
    body = rss(
        item(title="A", link="https://q.example/live#post-1")
        + item(title="B", link="https://q.example/show?ref=2026-101")
        + item(title="C", link="https://q.example/c?ref=rss", guid="https://q.example/c#3")
    )
    assert store_as_before(store, FEED, parse_feed(body, "", FEED, NOW).entries) == 3
    assert next_pass(store, body.replace(b"<title>A", b"<title>A, at last")) == (0, 1)
    assert next_pass(store, body) == (0, 0)


@pytest.mark.skipif(not CAPTURES.is_dir(), reason=f"no captures of real feeds at {CAPTURES}")
def test_captures(store: Database) -> None:
    files = sorted(CAPTURES.iterdir())
    bodies = {f"https://feed{number}.example/rss": file.read_bytes() for number, file in enumerate(files)}
    stored = 0
    for url, body in bodies.items():
        stored += store_as_before(store, url, parse_feed(body, "", url, NOW).entries)
    assert stored > 5700
    assert [url for url, body in bodies.items() if next_pass(store, body, url) != (0, 0)] == []
    assert store["entries"].count == stored

"""Feeds written to a folder, read into a real store, and what is there afterwards."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from db import feeds, fetches
from db.connect import open_store
from db.records import Coverage, Feed, FeedSpec, Fetch
from flows.config.settings import FetchSettings
from flows.feeds.pipeline import read_feeds

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
SETTINGS = FetchSettings(parse_workers=2, allow_private=True)


def write_feeds(folder: Path, count: int, each: int) -> None:
    """``count`` feed files of ``each`` entries; every third feed repeats the first element of the one before."""
    folder.mkdir()
    for number in range(count):
        titles = [(f"Ship {number}-{n} sails", f"https://quay.example/{number}/{n}") for n in range(each)]
        if number % 3 == 2:
            titles[0] = (f"Ship {number - 1}-0 sails", f"https://quay.example/{number - 1}/0")
        elements = "".join(
            f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><description>{'hull ' * 30}"
            f"</description><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>"
            for title, link in titles
        )
        (folder / f"feed-{number:03d}.xml").write_text(f"<rss version='2.0'><channel>{elements}</channel></rss>")


def read(path: Path, specs: Sequence[FeedSpec], run_id: str = "run", settings: FetchSettings = SETTINGS) -> list[Fetch]:
    """Subscribe and read; the fetches as the progress callback was told of them."""
    with closing(open_store(path)) as store:
        subscribed = feeds.subscribe(store, specs, NOW)
    told: list[tuple[Feed, Fetch]] = []
    feed_ids = [feed.id for feed in subscribed]
    asyncio.run(read_feeds(path, feed_ids, settings, run_id, NOW, lambda feed, fetch: told.append((feed, fetch))))
    assert sorted(feed.id for feed, _ in told) == sorted(feed_ids)
    assert all(feed.id == fetch.feed_id for feed, fetch in told)
    return [fetch for _, fetch in sorted(told, key=lambda pair: pair[0].id)]


def coverage(path: Path, run_id: str = "run") -> Coverage:
    with closing(open_store(path)) as store:
        return fetches.coverage_of_run(store, run_id)


def stored(path: Path) -> set[tuple[str, ...]]:
    """What the store holds of entries and of their keys, without the ids and feeds that depend on the order."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT title, summary, body, link, guid, author, language, coalesce(published_at, ''), published_status,"
            " (SELECT group_concat(key, ' ') FROM (SELECT key FROM entry_keys WHERE entry_id = entries.id ORDER BY key)"
            " WHERE key LIKE 'u:%') FROM entries"
        ).fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        unscored = connection.execute("SELECT count(*) FROM unscored").fetchone()
    assert len(rows) == len(set(rows)) == unscored[0]
    return set(rows)

"""Feeds read into a real store: once, twice, beside hostile ones, and killed in the middle."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from db import feeds
from db.connect import StoreError, open_store
from db.records import FeedSpec
from flows.feeds.pipeline import read_feeds
from flows.sample.site import FolderSite
from tests.support.feed_store import NOW, SETTINGS, coverage, read, stored, write_feeds
from tests.support.hostile_site import HostileSite

# The sound feed must answer within this time beside bombs and endless bodies, on a busy machine too.
IMPATIENT = SETTINGS.model_copy(update={"timeout_seconds": 4, "total_seconds": 5, "max_megabytes": 3, "per_host": 12})
CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "feeds"


def test_a_second_pass_stores_nothing_new(tmp_path: Path) -> None:
    write_feeds(tmp_path / "site", 9, 12)
    store_path = tmp_path / "a.db"
    with FolderSite(tmp_path / "site") as site:
        first = read(store_path, site.feeds(), "first")
        before = stored(store_path)
        second = read(store_path, site.feeds(), "second")
    assert sum(fetch.new for fetch in first) == len(before) == 9 * 12 - 3
    assert sum(fetch.new for fetch in second) == 0
    assert stored(store_path) == before
    assert (coverage(store_path, "first").new, coverage(store_path, "first").duplicate) == (105, 3)
    assert (coverage(store_path, "second").seen, coverage(store_path, "second").unchanged) == (0, 9)
    assert {fetch.run_id for fetch in second} == {"second"}
    assert all(fetch.started_at >= NOW and fetch.status == 200 and fetch.bytes > 1000 for fetch in second)


def test_hostile_feeds_fail_alone_and_are_written_down(tmp_path: Path) -> None:
    paths = ["/404", "/page", "/empty", "/binary", "/loop", "/short", "/reset", "/endless", "/bomb", "/slow-body"]
    with HostileSite() as site:
        specs = [FeedSpec(site.url(path), path) for path in paths] + [FeedSpec(site.url("/ok"), "sound")]
        *failed, sound = read(tmp_path / "a.db", specs, settings=IMPATIENT)
    assert (sound.outcome, sound.new, sound.error) == ("ok", 1, "")
    assert all(fetch.outcome == "failed" and fetch.error and fetch.seen == 0 for fetch in failed)
    by_path = dict(zip(paths, failed, strict=True))
    assert (by_path["/404"].status, by_path["/404"].error) == (404, "HTTP 404 Not Found")
    assert (by_path["/page"].status, by_path["/page"].error) == (200, "not a feed: a web page (HTML)")
    told = coverage(tmp_path / "a.db")
    assert (told.feeds, told.read, told.failed) == (11, 1, 10)
    assert ("/bomb", "larger than 3 MB") in told.failures


def test_a_document_that_kills_the_parser_fails_alone(tmp_path: Path) -> None:
    write_feeds(tmp_path / "site", 6, 3)
    (tmp_path / "site" / "feed-002.xml").write_bytes(b"<rss><channel><a " + b"<a x='" * 480_000)
    settings = SETTINGS.model_copy(update={"parse_seconds": 0.4})
    with FolderSite(tmp_path / "site") as site:
        fetched = read(tmp_path / "a.db", site.feeds(), settings=settings)
    assert [fetch.outcome for fetch in fetched] == ["ok", "ok", "failed", "ok", "ok", "ok"]
    assert fetched[2].error == "parsing took longer than 0.4 s"


def test_nothing_to_read_is_no_error(tmp_path: Path) -> None:
    assert read(tmp_path / "a.db", []) == []


def test_what_is_ours_is_raised(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder of the store does not exist"):
        asyncio.run(read_feeds(tmp_path / "no" / "a.db", [], SETTINGS, "run", NOW))


def test_an_error_of_the_store_ends_the_run(tmp_path: Path) -> None:
    write_feeds(tmp_path / "site", 4, 3)
    with FolderSite(tmp_path / "site") as site, closing(open_store(tmp_path / "a.db")) as store:
        known = feeds.subscribe(store, site.feeds(), NOW)
        store.execute(
            f"CREATE TRIGGER refusing BEFORE INSERT ON fetches WHEN new.feed_id = {known[-1].id}"
            " BEGIN SELECT raise(ABORT, 'refused'); END"
        )
        with pytest.raises(sqlite3.IntegrityError, match="refused"):
            asyncio.run(read_feeds(tmp_path / "a.db", [feed.id for feed in known], SETTINGS, "run", NOW))


CHILD = """
import asyncio, sys
from pathlib import Path
from contextlib import closing
from db import feeds
from db.connect import open_store
from flows.feeds.pipeline import read_feeds
from tests.support.feed_store import NOW, SETTINGS
path = Path(sys.argv[1])
with closing(open_store(path)) as store:
    subscribed = [feed.id for feed in feeds.enabled(store)]
print("begun", flush=True)
asyncio.run(read_feeds(path, subscribed, SETTINGS, "killed", NOW))
"""


def test_a_run_that_is_killed_is_completed_by_the_next(tmp_path: Path) -> None:
    write_feeds(tmp_path / "site", 60, 25)
    chance = random.Random(7)
    with FolderSite(tmp_path / "site") as site:
        read(tmp_path / "undisturbed.db", site.feeds())
        path = tmp_path / "killed.db"
        with closing(open_store(path)) as store:
            feeds.subscribe(store, site.feeds(), NOW)
        seen_at_kill = [_killed_run(path, target) for target in sorted(chance.sample(range(1, 1300), 6))]
        read(path, site.feeds(), "last")
    assert any(0 < count < 1480 for count in seen_at_kill), f"no kill fell into the middle: {seen_at_kill}"
    assert stored(path) == stored(tmp_path / "undisturbed.db")


def _killed_run(path: Path, target: int) -> int:
    """Kill a run as soon as the store holds so many entries, however fast the machine; returns how many it holds."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child, child.stdout, closing(open_store(path)) as store:
        child.stdout.readline()
        while store["entries"].count < target and child.poll() is None:
            time.sleep(0.002)
        child.send_signal(signal.SIGKILL)
        child.wait()
        return store["entries"].count


@pytest.mark.skipif(not CAPTURES.is_dir(), reason=f"no captures of real feeds at {CAPTURES}")
def test_every_capture_is_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with FolderSite(CAPTURES) as site:
        fetched = read(path, site.feeds())
        outlets = [spec.outlet for spec in site.feeds()]
    for fetch in fetched:
        assert fetch.seen == fetch.new + fetch.duplicate + fetch.edited + fetch.rejected
        assert fetch.rejected == sum(fetch.reasons.values())
    failed = {outlet: fetch.error for outlet, fetch in zip(outlets, fetched, strict=True) if fetch.outcome == "failed"}
    assert failed == {
        "format-unrecognized": "not a feed: a web page (HTML)",
        "sources": "not a feed: no XML and no JSON",
    }
    told = coverage(path)
    assert told.seen >= 5800
    assert told.new == len(stored(path)) == told.seen - told.duplicate - told.edited - told.rejected

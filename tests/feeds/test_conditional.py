"""Asking only for what changed: validators, hashes, and why a 304 proves nothing of a feed that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import feeds, fetches
from db.connect import open_store
from db.feed_states import FeedState
from db.records import FeedSpec, Fetch
from flows.config.settings import FetchSettings
from flows.feeds.pipeline import read_feeds
from flows.feeds.schedule.notices import conclude
from tests.support.clocked_site import START, Asked, ClockedSite, Reply, rss, validated

SETTINGS = FetchSettings(allow_private=True, parse_workers=1, timeout_seconds=2, total_seconds=4)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Reader:
    """Feeds read into a store, again and again, at times of the test's choice."""

    def __init__(self, path: Path, *urls: str) -> None:
        self.path = path
        self._runs = int(START.timestamp()) if path.exists() else 0
        with closing(open_store(path)) as store:
            self._feeds = feeds.subscribe(store, [FeedSpec(url, url.rpartition("/")[2]) for url in urls], START)

    def read(self, now: datetime = START, settings: FetchSettings = SETTINGS) -> Fetch:
        """Read them all; the fetch of the first."""
        self._runs += 1
        asyncio.run(read_feeds(self.path, [feed.id for feed in self._feeds], settings, str(self._runs), now))
        with closing(open_store(self.path)) as store:
            return fetches.of_run(store, str(self._runs))[0][1]

    def conclude(self, now: datetime) -> list[str]:
        """What is said after the last reading."""
        with closing(open_store(self.path)) as store:
            said = conclude(store, str(self._runs), now, SETTINGS)
        return [f"{outlet} {notice.kind}" for outlet, notice in said]

    @property
    def state(self) -> FeedState:
        """Where the first feed stands."""
        with closing(open_store(self.path)) as store:
            return feeds.with_states(store, [1])[0][1]

    def due(self, now: datetime) -> list[str]:
        """The outlets that are due."""
        with closing(open_store(self.path)) as store:
            return [feed.outlet for feed in feeds.due(store, now)]


def modified(asked: Asked) -> Reply:
    return validated(asked, rss("Tug sinks"), Last_Modified="Sat, 21 Nov 2026 10:00:00 GMT")


def tagged(asked: Asked) -> Reply:
    return validated(asked, rss("Tug sinks"), ETag='W/"7"')


@pytest.fixture
def site() -> Iterator[ClockedSite]:
    with ClockedSite({"/modified": modified, "/tagged": tagged, "/plain": lambda _: Reply(rss("Tug sinks"))}) as site:
        yield site


@pytest.mark.parametrize("path", ["/modified", "/tagged"])
def test_validators_are_sent_and_a_304_is_unchanged(site: ClockedSite, tmp_path: Path, path: str) -> None:
    reader = Reader(tmp_path / "a.db", site.url(path))
    assert reader.read().new == 1
    again = reader.read(START + HOUR)
    assert (again.outcome, again.status, again.bytes, again.seen, again.error) == ("unchanged", 304, 0, 0, "")
    first, second = site.log[path]
    assert not {"if-none-match", "if-modified-since"} & first.headers.keys()
    assert {"if-none-match", "if-modified-since"} & second.headers.keys()
    assert reader.state.last_success_at is not None
    assert reader.state.last_success_at >= START + HOUR


def test_a_body_that_is_known_is_not_parsed_again(site: ClockedSite, tmp_path: Path) -> None:
    reader = Reader(tmp_path / "a.db", site.url("/plain"))
    reader.read()
    # With so little time nothing could be parsed.
    again = reader.read(START + HOUR, SETTINGS.model_copy(update={"parse_seconds": 1e-6}))
    assert (again.outcome, again.status, again.error) == ("unchanged", 200, "")
    site.scripts["/plain"] = lambda _: Reply(rss("Tug sinks", "Barge follows"))
    assert reader.read(START + 2 * HOUR).new == 1


def test_validators_go_to_the_address_that_gave_them(site: ClockedSite, tmp_path: Path) -> None:
    site.scripts["/away"] = lambda _: Reply(status=302, headers={"Location": "/tagged", "ETag": '"away"'})
    reader = Reader(tmp_path / "a.db", site.url("/away"))
    reader.read()
    assert reader.read().outcome == "unchanged"
    assert "if-none-match" not in site.log["/away"][1].headers
    assert site.log["/tagged"][1].headers["if-none-match"] == 'W/"7"'


def test_a_body_that_could_not_be_parsed_keeps_no_validators(site: ClockedSite, tmp_path: Path) -> None:
    site.scripts["/tagged"] = lambda asked: validated(asked, b"<html>Sign in</html>", ETag='"7"')
    reader = Reader(tmp_path / "a.db", site.url("/tagged"))
    for number in range(3):
        fetch = reader.read(START + number * HOUR)
        assert (fetch.outcome, fetch.status) == ("failed", 200)
    assert (reader.state.etag, reader.state.body_hash, reader.state.failures) == ("", "", 3)
    assert all("if-none-match" not in asked.headers for asked in site.log["/tagged"])


def test_a_304_never_makes_a_failing_feed_sound(site: ClockedSite, tmp_path: Path) -> None:
    reader = Reader(tmp_path / "a.db", site.url("/tagged"))
    reader.read()
    site.scripts["/tagged"] = lambda _: Reply(status=500)
    assert reader.read(START + HOUR).outcome == "failed"
    site.scripts["/tagged"] = lambda _: Reply(status=304)
    stubborn = reader.read(START + 2 * HOUR)
    assert (stubborn.outcome, stubborn.status, stubborn.error) == ("failed", 304, "HTTP 304 Not Modified")
    assert "if-none-match" not in site.log["/tagged"][-1].headers
    assert reader.state.failures == 2
    site.scripts["/tagged"] = tagged
    assert reader.read(START + 3 * HOUR).outcome == "ok"
    assert reader.state.failures == 0


def test_once_a_week_a_feed_is_asked_in_full(site: ClockedSite, tmp_path: Path) -> None:
    reader = Reader(tmp_path / "a.db", site.url("/tagged"))
    for day in range(9):
        reader.read(START + day * DAY)
    conditional = ["if-none-match" in asked.headers for asked in site.log["/tagged"]]
    assert conditional == [False] + [True] * 6 + [False, True]


def test_what_the_document_asks_for_is_remembered_through_a_304(site: ClockedSite, tmp_path: Path) -> None:
    head = "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency><ttl>120</ttl>"
    site.scripts["/tagged"] = lambda asked: validated(asked, rss("Tug sinks", head=head), ETag='"7"')
    reader = Reader(tmp_path / "a.db", site.url("/tagged"))
    for number in range(2):
        reader.read(START + number * DAY)
        state = reader.state
        assert START + number * DAY + 2 * HOUR <= state.next_check_at <= START + number * DAY + 2.3 * HOUR
        assert state.next_check_why == "the feed asks for 2 h between readings"


def test_a_feed_is_due_when_its_next_check_has_come(site: ClockedSite, tmp_path: Path) -> None:
    reader = Reader(tmp_path / "a.db", site.url("/plain"), site.url("/nothing"))
    assert reader.due(START) == ["plain", "nothing"]
    reader.read()
    assert reader.due(START + timedelta(minutes=10)) == []
    assert reader.due(START + timedelta(minutes=20)) == ["plain"]
    assert reader.due(START + 3 * HOUR) == ["plain", "nothing"]
    # A clock that was wrong once must not silence a feed.
    assert reader.due(START - 30 * DAY) == ["plain", "nothing"]


def test_a_429_is_heard_for_the_whole_host_at_once(site: ClockedSite, tmp_path: Path) -> None:
    site.scripts["/busy"] = lambda _: Reply(status=429, headers={"Retry-After": "5400"})
    settings = SETTINGS.model_copy(update={"per_host": 1})
    with ClockedSite({"/other": lambda _: Reply(rss("Crane turns"))}, host="127.0.0.2") as other:
        reader = Reader(tmp_path / "a.db", site.url("/busy"), site.url("/plain"), other.url("/other"))
        first = reader.read(settings=settings)
        assert (first.outcome, first.status, first.error) == ("failed", 429, "HTTP 429 Too Many Requests")
        with closing(open_store(reader.path)) as store:
            told = dict(fetches.of_run(store, "1"))
        assert told["plain"].outcome == "postponed"
        assert told["plain"].error == "not asked: 127.0.0.1 asked for quiet (HTTP 429), until 2026-11-22 01:30 UTC"
        assert told["other"].outcome == "ok"
        assert reader.due(START + HOUR) == ["other"]
        reader.read(START + HOUR, settings)
        assert [len(site.log.get(path, [])) for path in ("/busy", "/plain")] == [1, 0]
        assert reader.due(START + 2 * HOUR) == ["plain", "other", "busy"]
        shared = settings.model_copy(update={"shared_hosts": ("127.0.0.1",)})
        reader.read(START + 2 * HOUR, shared)
        assert [len(site.log[path]) for path in ("/busy", "/plain")] == [2, 1]


def test_a_move_is_followed_after_a_week_and_said(site: ClockedSite, tmp_path: Path) -> None:
    site.scripts["/old"] = lambda _: Reply(status=301, headers={"Location": "/tagged"})
    reader = Reader(tmp_path / "a.db", site.url("/old"))
    assert reader.read().new == 1
    for day in range(1, 9):
        fetch = reader.read(START + day * DAY)
        assert (fetch.new, fetch.edited) == (0, 0)
    assert len(site.log["/old"]) == 8
    assert reader.state.address == site.url("/tagged")
    site.scripts["/tagged"] = lambda _: Reply(rss("Tug lifted", "Barge follows"))
    fetch = reader.read(START + 9 * DAY)
    assert (fetch.new, fetch.edited, fetch.duplicate) == (1, 1, 0)  # the guids are still known under the old address
    del site.scripts["/tagged"]
    assert reader.read(START + 10 * DAY).status == 404
    assert reader.state.address == ""  # back to the address in the list
    assert len(site.log["/old"]) == 8


def test_our_own_network_is_no_failure_of_the_feeds(site: ClockedSite, tmp_path: Path) -> None:
    dead = ("http://127.0.0.1:9/one", "http://127.0.0.1:9/two")
    reader = Reader(tmp_path / "a.db", *dead)
    for number in range(8):
        reader.read(START + number * HOUR)
        assert reader.conclude(START + number * HOUR) == []
    assert reader.state.failures == 8
    assert reader.state.next_check_at == START + 7 * HOUR + timedelta(minutes=15)
    assert reader.state.next_check_why == "no server at all could be reached: our own network seems to be out"
    reader = Reader(tmp_path / "a.db", *dead, site.url("/plain"))
    reader.read(START + 8 * HOUR)
    said = reader.conclude(START + 8 * HOUR)
    assert sorted(said) == ["one failing", "two failing"]
    assert reader.state.next_check_at >= START + 10 * HOUR

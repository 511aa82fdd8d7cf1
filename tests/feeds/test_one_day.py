"""A day in the life of feeds that misbehave in every way, by a simulated clock, and what is said of them after it."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import Counter
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

import pytest

from db import entries, feeds, fetches
from db.connect import open_store
from db.records import FeedSpec
from flows.config.settings import FetchSettings
from flows.feeds.pipeline import read_feeds
from flows.feeds.schedule.health import Health, healths
from flows.feeds.schedule.notices import conclude
from tests.support.clocked_site import START, Asked, ClockedSite, Reply, Script, rss, validated
from tests.support.command import looked
from tests.support.hostile_site import HostileSite
from tests.support.store_queries import edits_of, notices_of

SETTINGS = FetchSettings(
    allow_private=True, parse_workers=1, timeout_seconds=1, total_seconds=1, max_megabytes=1, per_host=8
)
STEP, DAY = timedelta(minutes=30), timedelta(days=1)
HOSTILE = ("/page", "/short", "/bomb", "/slow-body", "/loop")


def hourly(asked: Asked) -> Reply:
    count = int((asked.at - START).total_seconds() // 3600) + 1
    titles = [f"{hour} o'clock" for hour in range(count)]
    return validated(asked, rss(*titles, day=f"{asked.at:%a, %d %b %Y %H:%M:%S} GMT"), ETag=f'"{count}"')


def flapping(asked: Asked) -> Reply:
    return Reply(rss(("Tug sinks", "Tug lifted")[asked.number % 2]))


def flaky(asked: Asked) -> Reply:
    return Reply(status=502) if asked.number % 2 else Reply(rss("Crane turns"))


def out_till_noon(asked: Asked) -> Reply:
    return Reply(rss("Lock opens")) if asked.at.hour >= 12 else Reply(status=500)


def busy(asked: Asked) -> Reply:
    return Reply(status=429, headers={"Retry-After": "21600"}) if asked.at.hour < 6 else Reply(rss("Buoy drifts"))


SCRIPTS: dict[str, Script] = {
    "/hourly": hourly,
    "/flapping": flapping,
    "/flaky": flaky,
    "/till-noon": out_till_noon,
    "/missing": lambda _: Reply(status=404),
    "/gone": lambda _: Reply(status=410),
    "/moving": lambda _: Reply(status=301, headers={"Location": "/hourly"}),
    "/old": lambda _: Reply(rss("Harbour closed", day="Mon, 02 Mar 2026 10:00:00 GMT")),
    "/slow-ttl": lambda _: Reply(rss("Once a day", head="<ttl>720</ttl>")),
}


class Day:
    """What is left of the day: the store, who was asked how often, and how each feed fares."""

    def __init__(self, path: Path, week: Path, asked: Counter[str], fares: dict[str, Health]) -> None:
        self.path, self.week, self.asked, self.fares = path, week, asked, fares


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    path = tmp_path_factory.mktemp("day") / "a.db"
    with ExitStack() as stack:
        site = stack.enter_context(ClockedSite(SCRIPTS))
        quiet = stack.enter_context(
            ClockedSite({"/busy": busy, "/beside": lambda _: Reply(rss("Quay swept"))}, host="127.0.0.2")
        )
        hostile = stack.enter_context(HostileSite())
        addresses = [site.url(name) for name in SCRIPTS] + [quiet.url("/busy"), quiet.url("/beside")]
        addresses += [hostile.url(name) for name in HOSTILE]
        specs = [FeedSpec(url, url.rpartition("/")[2]) for url in addresses]
        for number in range(48):
            site.now = quiet.now = START + number * STEP
            pass_at(path, specs, number)
        asked = Counter({name: len(log) for each in (site, quiet) for name, log in each.log.items()})
        asked.update(request.split()[1] for request in hostile.requests)
        week = Path(shutil.copy(path, path.with_name("week.db")))
        for number in range(48, 9 * 48, 48):
            site.now = START + number * STEP
            pass_at(week, specs, number, only=site.url("/moving"))
    with closing(open_store(path)) as store:
        fares = {each.feed.outlet: each for each in healths(store, START + DAY)}
    return Day(path, week, asked, fares)


def pass_at(path: Path, specs: list[FeedSpec], number: int, only: str = "") -> None:
    """What the monitor does of reading: of what is due, or of the one feed alone."""
    now = START + number * STEP
    with closing(open_store(path)) as store:
        feeds.subscribe(store, specs, now)
        due = [feed.id for feed in feeds.due(store, now) if only in ("", feed.url)]
    asyncio.run(read_feeds(path, due, SETTINGS, str(number), now))
    with closing(open_store(path)) as store:
        conclude(store, str(number), now, SETTINGS)


def test_every_feed_is_seen_for_what_it_is(day: Day) -> None:
    conditions = {outlet: health.condition for outlet, health in day.fares.items()}
    assert conditions.pop("flaky") in ("ok", "failing")
    assert conditions == {
        "hourly": "ok",
        "flapping": "ok",
        "till-noon": "ok",
        "missing": "failing",
        "gone": "gone",
        "moving": "moving",
        "old": "silent",
        "slow-ttl": "ok",
        "busy": "ok",
        "beside": "ok",
        **{name.strip("/"): "failing" for name in HOSTILE},
    }


def test_sound_feeds_are_asked_at_every_pass_and_no_other(day: Day) -> None:
    # Not 48 of each: one that times out on a busy machine may miss a pass.
    assert all(46 <= day.asked[name] <= 48 for name in ("/flapping", "/old", "/moving")), day.asked
    assert day.asked["/slow-ttl"] == 2
    assert 4 <= day.asked["/missing"] <= 6
    assert day.asked["/gone"] == 1
    assert 4 <= day.asked["/till-noon"] - 23 <= 12
    assert day.asked["/busy"] <= 1 + 36 + 1
    assert all(5 <= day.asked[name] <= 13 for name in HOSTILE if name != "/loop"), day.asked


def test_a_host_that_asked_for_quiet_had_it(day: Day) -> None:
    with closing(open_store(day.path)) as store:
        rows = store.query(
            "SELECT count(*) AS n FROM fetches JOIN feeds ON feeds.id = feed_id WHERE outlet IN ('busy', 'beside')"
            " AND started_at > '2026-11-22T00:29' AND started_at < '2026-11-22T06:00' AND status IS NOT NULL"
        )
        assert next(rows) == {"n": 0}


def test_nothing_is_lost_or_stored_twice(day: Day) -> None:
    with closing(open_store(day.path)) as store:
        titles = [row["title"] for row in store.query("SELECT title FROM entries")]
        told = fetches.coverage_of_window(store, START, START + DAY)
        flapped = next(entry for entry in entries.search(store, "tug"))
        assert len(edits_of(store, flapped.id)) == 1
    assert sum("o'clock" in title for title in titles) == 24
    assert len(titles) == len(set(titles)) == told.new
    assert told.edited == 1
    assert told.seen == told.new + told.duplicate + told.edited + told.capped + told.rejected
    assert told.unchanged > 48


def test_each_trouble_is_said_once(day: Day) -> None:
    with closing(open_store(day.path)) as store:
        said = Counter(notices_of(store, START, START + DAY))
    expected = {("gone", "gone"), ("till-noon", "failing"), ("till-noon", "recovered"), ("missing", "failing")}
    assert said == Counter(expected | {(name.strip("/"), "failing") for name in HOSTILE})


def test_the_reason_for_the_next_check_is_told(day: Day) -> None:
    why = {outlet: health.next_check_why for outlet, health in day.fares.items()}
    assert why["flapping"] == "every 15 min"
    assert why["slow-ttl"] == "the feed asks for 12 h between readings"
    assert why["gone"] == "says that it is gone (once): again after 7 days"
    assert why["missing"].startswith("refuses or knows of no feed (")
    assert all(health.next_check_at > START + 23 * timedelta(hours=1) for health in day.fares.values())


def shown(store: Path, at: str, *options: str) -> tuple[dict[str, str], str]:
    """What `axiswatch feeds health` says: each feed's line, what was folded put together again, and the last line."""
    folder = store.parent
    (folder / "axiswatch.toml").write_text(f'[store]\npath = "{store.name}"\n', encoding="utf-8")
    result = looked("feeds", "health", "--at", at, *options, cwd=folder)
    assert result.returncode == 0, result.stderr
    heading, *lines, last = result.stdout.splitlines()
    assert re.split(r"\s{2,}", heading.strip()) == HEADINGS
    told: dict[str, str] = {}
    feed = ""
    for line in lines:
        feed = feed if line.startswith(" ") else line.split()[0]
        told[feed] = " ".join([told.get(feed, ""), *line.split()]).strip()
    return told, last


HEADINGS = ["feed", "condition", "read", "a day", "usual", "next check", "why, and what is wrong"]
SHOWN = {
    "gone": r"gone never 0\.0 \? 11-29 \d\d:\d\d gone since 2026-11-22: HTTP 410 Gone; .*again after 7 days",
    "missing": r"failing never 0\.0 \? 11-23 \d\d:\d\d failing since 2026-11-22 00:00 \(4 times\): HTTP 404 Not Found;"
    r" refuses or knows of no feed \(4 times in a row\): again after 16 h",
    "page": r"failing never 0\.0 \? 11-23 .* \(\d times\): not a feed: a web page \(HTML\); answers, but .*",
    "bomb": r"failing never .*: larger than 1 MB; answers, but not with a feed .*: again after 12 h",
    "short": r"failing never .*: the answer broke off before its end; out of reach for now .*: again after 2 h",
    "slow-body": r"failing never .*: took longer than 1 s in all; out of reach for now .*",
    "loop": r"failing never .*: more than 5 redirects; .*",
    "old": r"silent \d+ min ago 0\.0 \? 11-2\d \d\d:\d\d its newest entry is 266 days old; every 15 min",
    "moving": r"moving \d+ min ago .* sends us to http://\S+/hourly; followed from 2026-11-29 on; every 15 min",
    "hourly": r"ok \d+ min ago 8\.0 \? 11-2\d \d\d:\d\d every 15 min",
    "slow-ttl": r"ok 12 h ago 0\.3 \? 11-23 \d\d:\d\d the feed asks for 12 h between readings",
}
"""Condition, last success, entries a day of late and usually, the next check, the error since when and why then."""


def test_the_command_shows_how_each_feed_fares(day: Day) -> None:
    told, last = shown(day.path, "2026-11-23T00:00+00:00")
    assert set(told) == set(day.fares)
    for feed, pattern in SHOWN.items():
        assert re.fullmatch(f"{feed} {pattern}", told[feed]), told[feed]
    assert last.startswith("16 feeds: 1 gone, ")
    assert "1 silent" in last
    assert "1 moving" in last


def test_the_command_shows_what_wants_a_look_alone(day: Day) -> None:
    told, last = shown(day.path, "2026-11-23T00:00+00:00", "--troubled")
    assert {"gone", "missing", "old", "moving"} <= set(told)
    assert not {"hourly", "flapping", "slow-ttl"} & set(told)
    assert last.startswith("16 feeds")


def test_the_command_shows_a_move_that_was_made_and_the_rhythm_of_a_week(day: Day) -> None:
    told, _ = shown(day.week, "2026-11-30T01:00+00:00")
    assert re.fullmatch(
        r"moving moved 60 min ago \d+\.\d \d+\.\d 11-30 \d\d:\d\d read at http://\S+/hourly; every 15 min",
        told["moving"],
    ), told["moving"]


def test_the_command_shows_silence_by_the_feeds_own_rhythm(day: Day) -> None:
    told, _ = shown(day.week, "2026-12-05T00:00+00:00")
    assert "nothing new for 5 days; before, it brought something every day" in told["moving"], told["moving"]

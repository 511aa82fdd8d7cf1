"""That the soak's own parts do what its account relies on. The soak itself is called by hand: `tests.soak.__main__`."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations
from pathlib import Path

import pytest

from flows.alarms.conditions import HEADLINES
from tests.soak import faults
from tests.soak.clock import MovedClock, NoCompilerError
from tests.soak.heard import Heard, copies, kind_of, troubles, was_open
from tests.soak.outside import FEEDS, FeedSite, Receiver, down
from tests.soak.plan import LEAST_EDITIONS, LEAST_PASSES, episodes, minutes_between
from tests.support.command import environment

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
TOLD = "import time, sqlite3; d = sqlite3.connect(''); print(time.time(), *d.execute('select unixepoch()').fetchone())"
SLEPT = "import sys, time; b = time.monotonic(); sys.stdin.readline(); time.sleep(0.2); print(time.monotonic() - b)"


@pytest.fixture
def clock(tmp_path: Path) -> MovedClock:
    """One that stands at noon."""
    try:
        made = MovedClock(tmp_path)
    except NoCompilerError as error:
        pytest.skip(str(error))
    made.set(NOON)
    return made


def test_python_and_sqlite_go_by_the_moved_clock(clock: MovedClock) -> None:
    env = environment(clock.environment)
    done = subprocess.run([sys.executable, "-c", TOLD], env=env, capture_output=True, text=True, check=True)
    for told in done.stdout.split():
        assert 0 <= float(told) - NOON.timestamp() < 30
    assert timedelta(0) <= clock.now() - NOON < timedelta(seconds=30)


def test_a_step_counts_in_processes_that_run_and_hastens_no_sleep(clock: MovedClock) -> None:
    code = f"{TOLD}; import sys; sys.stdout.flush(); {SLEPT}; {TOLD}"
    call = [sys.executable, "-c", code]
    env = environment(clock.environment)
    with subprocess.Popen(call, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        before = float(process.stdout.readline().split()[0])
        begun = time.monotonic()
        clock.step(timedelta(days=3))
        out, _ = process.communicate("\n", timeout=30)
    slept, after = out.splitlines()
    assert 0.2 <= float(slept) <= time.monotonic() - begun + 0.1
    assert 0 <= float(after.split()[0]) - before - 3 * 86400 < 30


def test_feeds_gain_entries_as_the_clock_goes_on_and_the_site_can_go_down(clock: MovedClock) -> None:
    site = FeedSite(clock, NOON)
    site.up()
    assert _read(site.urls()[0]).count("<item>") == 1
    clock.step(timedelta(hours=2))
    assert _read(site.urls()[0]).count("<item>") == 5
    assert len(site.links(clock.now())) == 5 * FEEDS
    with down(site), pytest.raises(urllib.error.URLError):
        _read(site.urls()[0])
    assert _read(site.urls()[1]).count("<item>") == 5
    site.down()


def test_what_is_posted_is_kept_through_an_outage(clock: MovedClock) -> None:
    hook = Receiver(clock)
    hook.up()
    for _ in range(2):
        _read(hook.url("/alarms"), b"{}")
        with down(hook), pytest.raises(urllib.error.URLError):
            _read(hook.url("/alarms"), b"{}")
    hook.down()
    assert [post.body for post in hook.at("/alarms")] == [b"{}", b"{}"]


def _read(url: str, body: bytes | None = None) -> str:
    with urllib.request.urlopen(url, body, timeout=10) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("parts", [("flow", "serve", "server"), ("flow", "worker", "server")])
def test_the_plan_holds_every_fault_alone_and_every_set_of_kills(parts: tuple[str, ...]) -> None:
    alone = {each.faults[0].name for each in episodes(parts) if len(each.faults) == 1}
    told = {fault.name for fault in vars(faults).values() if isinstance(fault, faults.Fault)}
    kills = chain.from_iterable(combinations(parts, count) for count in (1, 2, 3))
    assert alone == told | {faults.killed(*each).name for each in kills}


def test_the_grid_brings_the_editions() -> None:
    minutes = minutes_between(LEAST_PASSES, LEAST_EDITIONS)
    assert minutes * LEAST_PASSES >= LEAST_EDITIONS * 1440
    assert 1440 % minutes == 0


def test_the_store_is_damaged_for_good(tmp_path: Path) -> None:
    store = tmp_path / "w.db"
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,)] * 2000)
        connection.commit()
    faults.garble(store)
    with closing(sqlite3.connect(store)) as connection, pytest.raises(sqlite3.DatabaseError, match="malformed"):
        connection.execute("SELECT sum(length(a)) FROM t").fetchone()


def _told(*events: str, way: str = "mail") -> list[Heard]:
    """Tellings an hour apart: "disk low" is one that was raised, "-disk low" its end, "disk low*" the former again."""
    told: list[Heard] = []
    for number, event in enumerate(events):
        is_copy, kind = event.endswith("*"), event.strip("-*")
        identity = told[-1].identity if is_copy else str(number)
        at = NOON + timedelta(hours=number)
        told.append(Heard(way, at, kind, "", event.startswith("-"), "", identity))
    return told


@pytest.mark.parametrize(
    ("events", "count", "found"),
    [
        (("disk low", "-disk low"), 0, ""),
        (("disk low", "disk low*", "-disk low", "disk low", "-disk low"), 1, ""),
        (("disk low",), 0, "mail: disk low: raised"),
        (("disk low", "disk low", "-disk low"), 0, "mail: disk low: raised raised over"),
        (("disk low", "-disk low", "-disk low"), 0, "mail: disk low: raised over over"),
        (("-no entries",), 0, "mail: no entries: over"),
    ],
)
def test_alarms_and_ends_take_turns(events: tuple[str, ...], count: int, found: str) -> None:
    told = _told(*events)
    assert copies(told) == count
    assert "; ".join(troubles(told)) == found


def test_an_alarm_counts_for_a_fault_while_it_is_open() -> None:
    told = _told("disk low", "-disk low", "no entries")
    kinds, hour = ("disk low",), timedelta(hours=1)
    assert was_open(told, kinds, NOON - hour, NOON + hour) == ["mail"]
    assert was_open(told, kinds, NOON + hour / 2, NOON + 3 * hour) == ["mail"]
    assert was_open(told, kinds, NOON + 1.5 * hour, NOON + 3 * hour) == []
    assert was_open(told, kinds, NOON - 2 * hour, NOON - hour) == []


def test_the_end_of_another_alarm_of_the_kind_does_not_end_it() -> None:
    hour = timedelta(hours=1)
    told = [
        Heard("mail", NOON + hour * number, "flow failed", subject, is_over, "", f"{number}")
        for number, (subject, is_over) in enumerate([("monitor", False), ("health", False), ("health", True)])
    ]
    assert was_open(told, ("flow failed",), NOON + 3 * hour, NOON + 4 * hour) == ["mail"]


@pytest.mark.parametrize("kind", HEADLINES)
def test_headlines_are_known_again(kind: str) -> None:
    begins, ends = HEADLINES[kind]
    subject = "monitor" if "{}" in begins else ""
    assert kind_of(begins.format(subject)) == (kind, subject, False)
    assert kind_of(ends.format(subject)) == (kind, subject, True)

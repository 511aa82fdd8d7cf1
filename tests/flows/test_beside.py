"""Two runs at once over one store: the second steps aside and says so; a killed one is in nobody's way."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from threading import Event

from db.file_lock import locked
from db.records import FeedSpec
from tests.support.clocked_site import Asked, ClockedSite, Reply, rss
from tests.support.command import Project, environment


class Dawdling:
    """A feed that answers when it is told to."""

    def __init__(self) -> None:
        self.told = Event()

    def __call__(self, _: Asked) -> Reply:
        self.told.wait(60)
        return Reply(rss("Tug sinks"))


def started(project: Project, site: ClockedSite) -> subprocess.Popen[bytes]:
    """`axiswatch run`, in the middle of its reading."""
    before = len(site.log["/slow"])
    child = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "run"],
        cwd=project.folder,
        env=environment(project.env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while len(site.log["/slow"]) == before:
        assert time.monotonic() < deadline
        assert child.poll() is None
        time.sleep(0.05)
    return child


def runs(project: Project) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(project.store)) as connection:
        rows = connection.execute("SELECT outcome, detail FROM runs WHERE flow = 'monitor' ORDER BY rowid").fetchall()
    return [(outcome, json.loads(detail).get("beside", "")) for outcome, detail in rows]


def test_two_processes(served: Project) -> None:
    slow = Dawdling()
    with ClockedSite({"/slow": slow}) as site:
        served.read_feeds_from([FeedSpec(site.url("/slow"), "slow")])
        earlier = len(runs(served))
        with started(served, site) as first:
            second = served.call("run")
            slow.told.set()
            assert second.returncode == 0, second.stderr
            assert "another axiswatch is reading the feeds into this store: this one steps aside" in second.stderr
            assert first.wait(60) == 0
        assert len(site.log["/slow"]) == 1
        assert runs(served)[earlier:] == [
            ("completed", ""),
            ("skipped", "another process that is reading the feeds"),
        ]


def test_after_a_kill_the_next_run_reads(served: Project) -> None:
    slow = Dawdling()
    with ClockedSite({"/slow": slow}) as site:
        served.read_feeds_from([FeedSpec(site.url("/slow"), "slow")])
        with started(served, site) as first:
            first.send_signal(signal.SIGKILL)
            first.wait(60)
        slow.told.set()
        result = served.call("run")
        assert result.returncode == 0, result.stderr
        assert "1 of 1 feeds read" in result.stdout


def test_what_is_not_due_is_left_alone_when_asked_to(served: Project) -> None:
    with ClockedSite({"/feed": lambda _: Reply(rss("Tug sinks"))}) as site:
        served.read_feeds_from([FeedSpec(site.url("/feed"), "feed")])
        assert served.call("run").returncode == 0
        due = served.call("run", "--due")
        assert due.returncode == 0, due.stderr
        assert "0 of 0 feeds read" in due.stdout
        assert len(site.log["/feed"]) == 1
        shown = served.look("feeds", "health")
        assert shown.returncode == 0, shown.stderr
        assert "1 feeds: 1 silent" in shown.stdout or "1 feeds: 1 ok" in shown.stdout


def test_a_second_serve_on_one_store_says_so_and_ends(project: Project) -> None:
    with locked(project.store, "serve"):
        project.read_feeds_from([FeedSpec("http://127.0.0.1:9/feed", "Example")])
        result = project.call("serve")
    assert result.returncode == 2
    assert f"works on the store {project.store} already" in result.stderr

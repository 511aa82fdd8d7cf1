"""`axiswatch serve` as real processes: a pass at once, its server killed, asked to stop, killed in mid-pass."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from flows.runtime.prefect_server import MOST_STARTS
from tests.support.command import Demo
from tests.support.own_prefect import answer_to, eventually, silent_site
from tests.support.power_cut import REFUSING
from tests.support.power_cut_serve import Serving
from tests.support.prefect_home import PrefectHomes

PATIENCE = 300.0
pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to find processes")


@pytest.fixture(scope="module")
def serving(demo: Demo, prefect_homes: PrefectHomes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    found = Serving(tmp_path_factory.mktemp("serving"))
    prefect_homes.fill(found.folder / "var/prefect/serve")
    shutil.copy(demo.store, found.folder / "var/axiswatch.db")
    shutil.copytree(demo.folder / "var/models", found.folder / "var/models")
    try:
        yield found
    finally:
        found.stop()


def said(serving: Serving) -> str:
    return (serving.folder / "serve.log").read_text()


def ask(serving: Serving, path: str, body: dict[str, Any] | None = None) -> Any:
    """Prefect's API, by the login that serve names."""
    root = re.findall(r"Prefect's pages: (\S+);", said(serving))[-1]
    login = base64.b64encode((serving.folder / "var/prefect/serve/login").read_bytes()).decode()
    headers = {"Authorization": f"Basic {login}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    return answer_to(urllib.request.Request(f"{root}/api{path}", data, headers))


def states(serving: Serving) -> set[str]:
    """How the runs that have begun stand in Prefect's own database."""
    with closing(sqlite3.connect(serving.folder / "var/prefect/serve/prefect.db")) as connection:
        found = connection.execute("SELECT state_type FROM flow_run WHERE state_type NOT IN ('SCHEDULED')")
        return {row[0] for row in found}


def test_a_pass_at_once_and_it_says_what_comes_next(serving: Serving) -> None:
    """Then its server is killed, and a run that somebody asks for on Prefect's pages still comes to its end."""
    serving.configure(REFUSING, minutes=720)
    serving.start()
    line = r"^monitor \d\d:\d\d: 0 entries read, 0 new, 0 flagged; 1 of 1 feeds failed; [\d.]+ s; next (00|12):00$"
    eventually(lambda: re.search(line, said(serving), re.MULTILINE), PATIENCE, "the line of the first pass")
    eventually(lambda: "next (UTC): " in said(serving), PATIENCE, "what comes next")
    assert re.search(r"^next \(UTC\): .*monitor .*digest .*retrain|^next .*backup", said(serving), re.MULTILINE)
    assert "Your deployments are being served" not in said(serving)
    assert "INFO" not in said(serving)

    passes = len(serving.passes())
    serving.kill("server")
    eventually(lambda: "by itself (killed by signal 9) and is started again" in said(serving), 30, "its next start")
    monitor = ask(serving, "/deployments/name/monitor/local")
    ask(serving, f"/deployments/{monitor['id']}/create_flow_run", {})
    eventually(lambda: serving.passes()[passes:] == ["completed"], PATIENCE, "a second pass")


def test_asked_to_stop_it_ends_what_is_under_way(serving: Serving) -> None:
    assert serving.process is not None
    with silent_site() as address:
        serving.configure(address, minutes=720)
        monitor = ask(serving, "/deployments/name/monitor/local")
        ask(serving, f"/deployments/{monitor['id']}/create_flow_run", {})
        eventually(lambda: serving.passes()[-1] == "running", PATIENCE, "a pass under way")
        serving.process.send_signal(signal.SIGTERM)
        assert serving.process.wait(30) == 0
    assert_it_was_asked(said(serving).splitlines())
    assert not re.search("Traceback|Warning|Error", said(serving))
    assert serving.passes()[-1] == "failed"
    assert not states(serving) & {"RUNNING", "PENDING", "CANCELLING"}
    assert serving.processes("flow") == serving.processes("server") == []


def assert_it_was_asked(lines: list[str]) -> None:
    """Two processes hear of the stop, so which of them tells of it first is not said, nor what else they tell."""
    *before, ended = lines
    assert ended == "axiswatch: ended"
    assert "axiswatch: SIGTERM: ends; again ends it at once" in before
    line = re.compile(r"monitor \d\d:\d\d: asked to stop after .* goes on from there")
    assert any(line.fullmatch(each) for each in before[-8:]), before


def test_a_run_that_does_not_end_in_time_was_asked_to_stop_too(serving: Serving) -> None:
    """As one on a machine so busy that it does not get there: it is killed, and nothing has crashed."""
    with silent_site() as address:
        serving.configure(address, minutes=720)
        known = len(said(serving).splitlines())
        serving.start()
        assert serving.process is not None
        eventually(lambda: serving.passes()[-1] == "running", PATIENCE, "a pass under way")
        # The run alone: its helpers end by themselves once it is gone, but not while they are held still.
        runs = serving.processes("run")
        assert runs
        for number in runs:
            os.kill(number, signal.SIGSTOP)
        serving.process.send_signal(signal.SIGTERM)
        assert serving.process.wait(30) == 0
    assert_it_was_asked(said(serving).splitlines()[known:])
    assert serving.passes()[-1] == "failed"
    eventually(lambda: not serving.processes("flow") and not serving.processes("server"), 20, "the end of both")


def test_a_run_ends_with_the_serve_that_started_it(serving: Serving) -> None:
    """Without its server it could not say how it ends, and would keep the feeds locked for minutes."""
    with silent_site() as address:
        serving.configure(address, minutes=720)
        serving.start()
        eventually(lambda: serving.passes()[-1] == "running", PATIENCE, "a pass under way")
        serving.kill("serve")
        eventually(lambda: not serving.processes("flow") and not serving.processes("server"), 20, "the end of both")


def test_what_was_killed_is_closed_at_the_next_start(serving: Serving) -> None:
    with silent_site() as address:
        serving.configure(address, minutes=720)
        serving.start()
        eventually(lambda: serving.passes()[-1] == "running", PATIENCE, "a pass under way")
        for what in ("flow", "serve", "server"):
            serving.kill(what)
    assert serving.passes()[-1] == "running"
    assert "RUNNING" in states(serving)
    serving.configure(REFUSING, minutes=720)
    serving.start()
    eventually(lambda: serving.passes()[-2:] == ["failed", "completed"], PATIENCE, "a pass that completed")
    with closing(sqlite3.connect(serving.folder / "var/axiswatch.db")) as connection:
        crashed = "SELECT count(*) FROM runs WHERE json_extract(detail, '$.crashed') AND finished_at IS NOT NULL"
        assert connection.execute(crashed).fetchone() == (1,)
    assert "is closed" in said(serving)
    assert " INFO " not in said(serving)
    assert "UserWarning" not in said(serving)
    assert "CRASHED" in states(serving)
    eventually(lambda: "RUNNING" not in states(serving), 30, "the end of the new pass in Prefect's books")
    assert [file.name for file in (serving.folder / "var").glob("axiswatch.db.run-*")] == []


def deaths(serving: Serving) -> int:
    return said(serving).count("by itself (killed by signal 9)")


def has_died_since(serving: Serving, known: int) -> bool:
    return deaths(serving) > known


def test_a_server_that_cannot_be_kept_up_ends_it_with_a_code_of_its_own(serving: Serving) -> None:
    assert serving.process is not None
    for _ in range(MOST_STARTS):
        (server,) = eventually(lambda: serving.processes("server"), 60, "its server")
        known = deaths(serving)
        os.kill(server, signal.SIGKILL)
        eventually(partial(has_died_since, serving, known), 60, "a word of it")
    assert serving.process.wait(30) == 5
    assert said(serving).splitlines()[-1].endswith("server.log says why; serve ends")
    assert not serving.processes("flow")

"""The deployments of prefect.yaml on a server of the operator's own, as `axiswatch deploy` makes them: they yield
scheduled runs, a triggered run completes, and a power cut does not stop them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.config.schedules import plan
from flows.config.settings import Config
from flows.runtime.operator_alerts import UNTOLD
from flows.sample.site import SampleSite
from tests.support.command import Demo, Project
from tests.support.mail_server import MailSite
from tests.support.own_prefect import OwnServer, eventually, process_of, silent_site
from tests.support.power_cut import REFUSING, configure, kill_in, until_completed
from tests.support.prefect_home import PrefectHomes

NAMES = {each.name for each in plan(Config())}
SCHEDULED = {each.name for each in plan(Config()) if each.schedules}
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="needs /proc to find the process of a run"
)


@pytest.fixture(scope="module")
def deployed(demo: Demo, prefect_homes: PrefectHomes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server with the deployments, in a folder with the demo's store."""
    folder = tmp_path_factory.mktemp("deployed")
    found = OwnServer(folder)
    prefect_homes.fill(folder / "prefect")
    shutil.copy(demo.store, folder / "var/axiswatch.db")
    shutil.copytree(demo.folder / "var/models", folder / "var/models")
    configure(folder, REFUSING)
    try:
        found.write_settings()
        found.start_server()
        done = found.deploy("--alone")
        assert done.returncode == 0, done.stderr
        assert "was started without" not in done.stderr
        yield found
    finally:
        found.stop()


@pytest.fixture(scope="module")
def own(deployed: OwnServer) -> OwnServer:
    """The same with a worker, which runs what the tests ask of it and nothing by the clock."""
    deployed.pause_schedules(NAMES)
    deployed.start_worker()
    return deployed


def test_every_schedule_yields_scheduled_runs(deployed: OwnServer) -> None:
    own = deployed
    wanted = {own.deployment(name)["id"] for name in SCHEDULED}

    def scheduled() -> bool:
        runs = own.ask("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
        return wanted <= {run["deployment_id"] for run in runs if run["auto_scheduled"]}

    eventually(scheduled, 120, "a scheduled run of each deployment")


def test_the_doctor_sees_which_deployments_are_out_of_step(own: OwnServer) -> None:
    def doctor(**variables: str) -> tuple[int, str]:
        call = [sys.executable, "-m", "flows.cli", "doctor", "--no-network"]
        done = own.call(call, **variables)
        return done.returncode, done.stdout

    assert "ok      Prefect's deployments" in doctor()[1]
    assert "set PREFECT_API_AUTH_STRING" in doctor(PREFECT_API_AUTH_STRING="watch:another")[1]
    config = own.folder / "axiswatch.toml"
    before = config.read_text(encoding="utf-8")
    try:
        config.write_text(f"{before}\n[schedule]\nmonitor_minutes = 5\n", encoding="utf-8")
        told = doctor()[1]
        assert "warning Prefect's deployments: monitor runs every 20 minutes" in told
        assert "axiswatch deploy" in told
    finally:
        config.write_text(before, encoding="utf-8")


def test_the_deployments_never_overlap_name_modules_and_send_heartbeats(own: OwnServer) -> None:
    for name in NAMES:
        deployment = own.deployment(name)
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        assert not {"/", ":"} & set(deployment["entrypoint"])
        env = deployment["job_variables"]["env"]
        assert env["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] == "30"
        assert env["PREFECT_LOGGING_EXTRA_LOGGERS"] == "flows,classifiers,db"


def test_to_deploy_again_changes_nothing_and_what_a_person_has_paused_stays_paused(own: OwnServer) -> None:
    paused = own.deployment("retrain")
    (schedule,) = paused["schedules"]
    own.ask(f"/deployments/{paused['id']}/schedules/{schedule['id']}", {"active": False}, "PATCH")

    def told() -> list[Any]:
        kept = ("id", "schedules", "entrypoint", "concurrency_options", "pull_steps", "job_variables")
        deployments = [{key: own.deployment(name)[key] for key in kept} for name in sorted(NAMES)]
        for each in deployments:
            each["schedules"] = [(told["id"], told["active"], told["schedule"]) for told in each["schedules"]]
        automations = own.ask("/automations/filter", {})
        return [deployments, [{key: each[key] for key in ("id", "name", "trigger", "actions")} for each in automations]]

    before = told()
    done = own.deploy("--alone")
    assert done.returncode == 0, done.stderr
    assert ", ".join(sorted(NAMES)) in done.stdout
    assert "closed: 0 runs left behind" in done.stdout
    assert "asks for no login" not in done.stderr
    assert told() == before
    assert len(before[1]) == 1
    assert own.deployment("retrain")["schedules"][0]["active"] is False


def test_without_the_login_it_says_so(own: OwnServer) -> None:
    done = own.deploy(PREFECT_API_AUTH_STRING="")
    assert done.returncode == 2
    assert "wants its login; set PREFECT_API_AUTH_STRING" in done.stderr.splitlines()[-1]


def test_alone_is_not_said_of_a_server_elsewhere(own: OwnServer) -> None:
    done = own.deploy("--alone", PREFECT_API_URL="https://prefect.example/api")
    assert done.returncode == 2
    assert "leave out --alone" in done.stderr


def test_a_run_that_shows_a_sign_of_life_is_left_alone_and_so_are_those_of_others(own: OwnServer) -> None:
    done = own.call([sys.executable, "-m", "tests.support.swept_runs"])
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "4 without a process here: up to 6 s for a sign of life",
        "3 {'monitor'}",
        "beating RUNNING",
        "silent CRASHED",
        "pending CRASHED",
        "cancelling CRASHED",
        "foreign RUNNING",
    ]


def test_a_triggered_run_completes_in_the_folder_of_the_config(own: OwnServer) -> None:
    with SampleSite(datetime(2024, 11, 19, tzinfo=UTC)) as site:
        Project(own.folder).read_feeds_from(site.feeds()[:2])
        run = own.trigger("monitor")
        assert own.end_of(run) == "COMPLETED", (own.folder / "worker.log").read_text()
    with closing(sqlite3.connect(own.folder / "var/axiswatch.db")) as connection:
        last = "SELECT flow, outcome, detail FROM runs ORDER BY rowid DESC LIMIT 1"
        flow, outcome, detail = connection.execute(last).fetchone()
    assert (flow, outcome) == ("monitor", "completed")
    assert json.loads(detail)["read"] == 2


@needs_proc
def test_a_digest_whose_process_is_killed_raises_the_alarm(own: OwnServer) -> None:
    with MailSite() as site:
        site.postbox.stall = {"slow@x.example"}
        (own.folder / "axiswatch.toml").write_text(
            "[feeds]\nfile = 'feeds.toml'\n[delivery]\nway = 'smtp'\nrecipients = ['slow@x.example']\n"
            f"[delivery.smtp]\nhost = '127.0.0.1'\nport = {site.port}\nsecurity = 'none'\n"
        )
        run = own.trigger("digest", {"day": "2024-11-18"})
        eventually(lambda: states(own) == ["handed_over"], 120, "a mail on its way")
        process = process_of(run)
        assert process is not None
        os.kill(process, signal.SIGKILL)
        eventually(lambda: "crashed" in "".join(told(own)), 120, "the alarm")
    assert sum("digest failed" in text for text in told(own)) == 1
    eventually(lambda: "axiswatch.digest.failed" in own.events(), 60, "the event")
    assert own.state(run) == "CRASHED"


def told(own: OwnServer) -> list[str]:
    """The alarms that have been told to somebody."""
    files = (own.folder / "var/alerts").glob("*.txt")
    return [file.read_text() for file in files if not file.name.endswith(UNTOLD)]


def states(own: OwnServer) -> list[str]:
    with closing(sqlite3.connect(own.folder / "var/axiswatch.db")) as connection:
        return [row[0] for row in connection.execute("SELECT state FROM deliveries WHERE way = 'mail'")]


@needs_proc
def test_after_a_power_cut_the_next_pass_completes(own: OwnServer) -> None:
    """In one order; `python -m tests.support.power_cut` plays all six, with and without the command."""
    with silent_site() as address:
        configure(own.folder, address)
        left = kill_in(own, ("server", "flow", "worker"))
    configure(own.folder, REFUSING)
    own.start_server()
    done = own.deploy("--alone")
    assert done.returncode == 0, done.stderr
    assert "closed: 1 run left behind" in done.stdout
    assert own.state(left) == "CRASHED"
    assert any("monitor failed" in text and "was cut off" in text for text in told(own))
    assert own.deployment("monitor")["global_concurrency_limit"]["active_slots"] == 0
    own.start_worker()
    until_completed(own)

"""The deployments of prefect.yaml on a real server: they yield scheduled runs, and a triggered run completes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.sample.site import SampleSite
from tests.digest.mail_server import MailSite
from tests.flows.conftest import ROOT, Demo, Project, end, environment
from tests.flows.test_operator import events

NAMES = {"monitor/monitor", "digest/digest", "retrain/retrain"}


@pytest.fixture(scope="module")
def deployed(server: str, demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project whose prefect.yaml is deployed, with a worker at its pool."""
    folder = tmp_path_factory.mktemp("deployed")
    shutil.copy(ROOT / "prefect.yaml", folder)
    (folder / "var").mkdir()
    shutil.copy(demo.store, folder / "var/axiswatch.db")
    shutil.copytree(demo.folder / "var/models", folder / "var/models")
    (folder / "axiswatch.toml").write_text("[feeds]\nfile = 'feeds.toml'\n[fetch]\nallow_private = true\n")
    project = Project(
        folder,
        {
            "PREFECT_API_URL": server,
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "DO_NOT_TRACK": "1",
        },
    )
    prefect(project, "work-pool", "create", "axiswatch", "--type", "process")
    prefect(project, "--no-prompt", "deploy", "--all")
    call = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "axiswatch"]
    with (folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            call, cwd=folder, env=environment(project.env), stdout=log, stderr=log, start_new_session=True
        )
    yield project
    end(worker)


def prefect(project: Project, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments],
        cwd=project.folder,
        env=environment(project.env),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def ask(project: Project, path: str, body: dict[str, Any] | None = None) -> Any:
    """Post to the server (or get, without a body)."""
    request = urllib.request.Request(
        f"{project.env['PREFECT_API_URL']}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    for pause in (0.2, 0.5, 1, 2, 4, 0):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            # What Prefect's server answers while its own database is locked: its client asks again, and so do we.
            if error.code != 503 or not pause:
                raise
            time.sleep(pause)
    return None


def eventually(check: Any, seconds: float, what: str) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(0.3)
    pytest.fail(f"after {seconds:g} s still not: {what}")


def deployments(project: Project) -> dict[str, dict[str, Any]]:
    flows = {flow["id"]: flow["name"] for flow in ask(project, "/flows/filter", {})}
    found = ask(project, "/deployments/filter", {})
    return {f"{flows[each['flow_id']]}/{each['name']}": each for each in found}


def test_every_schedule_yields_scheduled_runs(deployed: Project) -> None:
    found = deployments(deployed)
    assert set(found) == NAMES

    def scheduled() -> bool:
        runs = ask(deployed, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
        due = {run["deployment_id"] for run in runs if run["auto_scheduled"]}
        return {each["id"] for each in found.values()} <= due

    eventually(scheduled, 30, "a scheduled run of each deployment")


def test_the_deployments_never_overlap_and_name_modules(deployed: Project) -> None:
    for deployment in deployments(deployed).values():
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        assert "/" not in deployment["entrypoint"]
        assert ":" not in deployment["entrypoint"]


def test_a_triggered_run_completes_in_the_folder_of_the_config(deployed: Project) -> None:
    monitor = deployments(deployed)["monitor/monitor"]
    with SampleSite(datetime(2024, 11, 19, tzinfo=UTC)) as site:
        deployed.read_feeds_from(site.feeds()[:2])
        run = ask(deployed, f"/deployments/{monitor['id']}/create_flow_run", {})

        def ended() -> str | None:
            state = ask(deployed, f"/flow_runs/{run['id']}")["state"]
            return str(state["type"]) if state["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None

        assert eventually(ended, 45, "the end of the run") == "COMPLETED", Path(
            deployed.folder / "worker.log"
        ).read_text()
    with closing(sqlite3.connect(deployed.store)) as connection:
        last = "SELECT flow, outcome, detail FROM runs ORDER BY rowid DESC LIMIT 1"
        flow, outcome, detail = connection.execute(last).fetchone()
    assert (flow, outcome) == ("monitor", "completed")
    assert json.loads(detail)["read"] == 2


def process_of(run_id: str) -> int | None:
    """The process in which that flow run is under way."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said = (folder / "environ").read_bytes()
        except OSError:
            continue
        if f"PREFECT__FLOW_RUN_ID={run_id}".encode() in said:
            return int(folder.name)
    return None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to find the process of a run")
def test_a_digest_whose_process_is_killed_raises_the_alarm(deployed: Project) -> None:
    digest = deployments(deployed)["digest/digest"]
    with MailSite() as site:
        site.postbox.stall = {"slow@x.example"}
        (deployed.folder / "axiswatch.toml").write_text(
            "[feeds]\nfile = 'feeds.toml'\n[delivery]\nway = 'smtp'\nrecipients = ['slow@x.example']\n"
            f"[delivery.smtp]\nhost = '127.0.0.1'\nport = {site.port}\nsecurity = 'none'\n"
        )
        given = {"parameters": {"day": "2024-11-18"}}
        run = ask(deployed, f"/deployments/{digest['id']}/create_flow_run", given)
        eventually(lambda: states(deployed) == ["handed_over"], 45, "a mail on its way")
        process = process_of(run["id"])
        assert process is not None
        os.kill(process, signal.SIGKILL)
        folder = deployed.folder / "var/alerts"
        (file,) = eventually(lambda: folder.exists() and list(folder.iterdir()), 30, "the alarm")
    assert "crashed" in file.read_text()
    eventually(lambda: "axiswatch.digest.failed" in events(deployed.env["PREFECT_API_URL"]), 15, "the event")
    assert ask(deployed, f"/flow_runs/{run['id']}")["state"]["type"] == "CRASHED"


def states(project: Project) -> list[str]:
    with closing(sqlite3.connect(project.store)) as connection:
        return [row[0] for row in connection.execute("SELECT state FROM deliveries WHERE way = 'smtp'")]

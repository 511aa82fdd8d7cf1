"""The command as people call it, in processes of its own; one demo and one real Prefect server for all tests."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support.command import Demo, Project, axiswatch, environment, wait_for
from tests.support.prefect_home import PrefectHomes


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Demo:
    """`axiswatch demo` in an empty folder with an empty home, without any Prefect server at hand. Where several
    processes run the tests, the first that needs it makes it for all."""
    if worker_id == "master":
        return _demo(tmp_path_factory.mktemp("demo"))
    shared = tmp_path_factory.getbasetemp().parent / "demo"
    with FileLock(f"{shared}.lock"):
        return _demo(shared)


def _demo(folder: Path) -> Demo:
    home, said = folder.with_name(f"{folder.name}-home"), folder.with_name(f"{folder.name}-said.json")
    if not said.exists():
        folder.mkdir(exist_ok=True)
        home.mkdir()
        done = axiswatch("demo", "--days", "2", cwd=folder, env={"HOME": str(home)})
        assert done.returncode == 0, done.stderr
        said.write_text(json.dumps([done.args, done.returncode, done.stdout, done.stderr]), encoding="utf-8")
    return Demo(folder, home, subprocess.CompletedProcess(*json.loads(said.read_text(encoding="utf-8"))))


CONFIG = """
[feeds]
file = "feeds.toml"
[fetch]
allow_private = true
per_host = 24
timeout_seconds = 120
total_seconds = 300
[digest]
hour = 18
late_hours = 1000000
"""


@pytest.fixture
def project(tmp_path: Path, demo: Demo, prefect_homes: PrefectHomes) -> Project:
    """A project that has read the sample."""
    prefect_homes.fill(tmp_path / "var/prefect")
    shutil.copy(demo.store, tmp_path / "var/axiswatch.db")
    shutil.copytree(demo.folder / "var/models", tmp_path / "var/models")
    (tmp_path / "axiswatch.toml").write_text(CONFIG, encoding="utf-8")
    return Project(tmp_path)


@pytest.fixture
def served(project: Project, server: str) -> Project:
    """A project whose flows run against the real server."""
    return Project(project.folder, {"PREFECT_API_URL": server, "PREFECT_HOME": str(project.folder / "prefect")})


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, prefect_homes: PrefectHomes) -> Iterator[str]:
    """The address of `prefect server start`, on a free port and with its state in a temporary folder."""
    home = prefect_homes.fill(tmp_path_factory.mktemp("server"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
    }
    call = [sys.executable, "-m", "prefect", "server", "start", "--no-ui", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(call, env=environment(settings), stdout=log, stderr=log, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}/api"
        wait_for(url, home / "log")
        yield url
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

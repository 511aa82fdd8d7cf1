"""The command as people call it, in processes of its own; one demo and one real Prefect server for all tests."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db.types import FeedSpec
from flows.feeds.catalogue import feed_table

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0

Result = subprocess.CompletedProcess[str]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment without a person's settings, with ``more``."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AXISWATCH_", "PREFECT_"))}
    return clean | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"} | dict(more)


def axiswatch(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdin: str | bytes | None = None
) -> Result:
    """Call the command and wait for its end."""
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment(env or {}),
        input=stdin.decode() if isinstance(stdin, bytes) else stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@dataclass(frozen=True)
class Demo:
    """The folder in which the demo ran, the home it was given, and what it said."""

    folder: Path
    home: Path
    result: Result

    @property
    def store(self) -> Path:
        return self.folder / "var/demo/axiswatch.db"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """`axiswatch demo` in an empty folder with an empty home, without any Prefect server at hand."""
    folder, home = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("home")
    result = axiswatch("demo", "--days", "2", cwd=folder, env={"HOME": str(home)})
    assert result.returncode == 0, result.stderr
    return Demo(folder, home, result)


@dataclass(frozen=True)
class Project:
    """A folder with a config, the demo's store (with its champion) and the models."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.folder / "var/axiswatch.db"

    @property
    def outbox(self) -> Path:
        return self.folder / "var/outbox"

    def call(self, *arguments: str | Path, stdin: str | None = None) -> Result:
        return axiswatch(*arguments, cwd=self.folder, env=self.env, stdin=stdin)

    def read_feeds_from(self, specs: Sequence[FeedSpec]) -> None:
        (self.folder / "feeds.toml").write_text("".join(map(feed_table, specs)), encoding="utf-8")


CONFIG = """
[feeds]
file = "feeds.toml"
[fetch]
allow_private = true
per_host = 24
[digest]
hour = 18
late_hours = 1000000
"""


@pytest.fixture
def project(tmp_path: Path, demo: Demo) -> Project:
    """A project that has read the sample, for tests that need no flow."""
    (tmp_path / "var").mkdir()
    shutil.copy(demo.store, tmp_path / "var/axiswatch.db")
    shutil.copytree(demo.folder / "var/models", tmp_path / "var/models")
    (tmp_path / "axiswatch.toml").write_text(CONFIG, encoding="utf-8")
    return Project(tmp_path)


@pytest.fixture
def served(project: Project, server: str) -> Project:
    """A project whose flows run against the real server."""
    return Project(project.folder, {"PREFECT_API_URL": server, "PREFECT_HOME": str(project.folder / "prefect")})


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `prefect server start`, on a free port and with its state in a temporary folder."""
    home = tmp_path_factory.mktemp("server")
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


def wait_for(url: str, log: Path) -> None:
    """Return when the server is healthy."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the Prefect server did not start:\n{log.read_text()}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

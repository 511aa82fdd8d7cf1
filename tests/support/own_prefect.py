"""A Prefect server and a worker of the operator's own, as real processes that can be killed and started again."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

from flows.config.prefect import SERVER_SETTINGS
from tests.support.command import ROOT, CommandResult, environment, wait_for

LOGIN = "watch:sesame"
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class OwnServer:
    """A folder with prefect.yaml and axiswatch.toml, and the processes that work there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/api"
        self.env = environment(
            {
                "PREFECT_HOME": str(folder / "prefect"),
                "PREFECT_API_URL": self.url,
                "PREFECT_WORKER_QUERY_SECONDS": "1",
                "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
                "DO_NOT_TRACK": "1",
                "PREFECT_SERVER_API_AUTH_STRING": LOGIN,
                "PREFECT_API_AUTH_STRING": LOGIN,
            }
        )
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        shutil.copy(ROOT / "prefect.yaml", folder)
        (folder / "var").mkdir()

    def deploy(self, *more: str, **variables: str) -> CommandResult:
        """`axiswatch deploy` in the folder, with these environment variables beside its own."""
        return self.call([sys.executable, "-m", "flows.cli", "deploy", *more], **variables)

    def call(self, call: Sequence[str], **variables: str) -> CommandResult:
        """A process of its own in the folder."""
        env = self.env | variables
        return subprocess.run(call, cwd=self.folder, env=env, capture_output=True, text=True, timeout=240, check=False)

    def write_settings(self) -> None:
        """What `axiswatch deploy` writes when no server answers yet, without waiting for one."""
        call = [sys.executable, "-m", "prefect", "config", "set", *(f"{k}={v}" for k, v in SERVER_SETTINGS.items())]
        subprocess.run(call, env=self.env, capture_output=True, timeout=60, check=True)

    def start_server(self, seconds: float = 60) -> None:
        """`prefect server start`; returns when it answers, which it must within so many seconds."""
        self._start("server", "server", "start", "--no-ui", "--host", "127.0.0.1", "--port", str(self.port))
        wait_for(self.url, self.folder / "server.log", seconds)

    def start_worker(self) -> None:
        """`prefect worker start` at the pool of prefect.yaml."""
        self._start("worker", "worker", "start", "--pool", "axiswatch")

    def _start(self, what: str, *arguments: str) -> None:
        with (self.folder / f"{what}.log").open("ab") as log:
            self.running[what] = subprocess.Popen(
                [sys.executable, "-m", "prefect", *arguments],
                cwd=self.folder,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, what: str) -> None:
        """SIGKILL to the whole of the server, or to the worker's own process and not to what it started."""
        process = self.running.pop(what)
        if what == "server":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()

    def stop(self) -> None:
        """End everything that was started, runs included."""
        for process in self.running.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running = {}

    def ask(self, path: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
        """Post to the server (or get, without a body)."""
        request = urllib.request.Request(
            f"{self.url}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": "Basic " + base64.b64encode(LOGIN.encode()).decode(),
            },
            method=method,
        )
        return answer_to(request)

    def events(self) -> list[str]:
        """The names of our own events that have arrived."""
        found = self.ask("/events/filter", {"filter": {"event": {"prefix": ["axiswatch."]}}, "limit": 50})
        return [each["event"] for each in found["events"]]

    def deployment(self, name: str) -> dict[str, Any]:
        """What the server knows of that deployment."""
        found: dict[str, Any] = self.ask(f"/deployments/name/{name}/{name}")
        return found

    def trigger(self, name: str, parameters: dict[str, Any] | None = None) -> str:
        """Have that flow run now; returns the run's id."""
        path = f"/deployments/{self.deployment(name)['id']}/create_flow_run"
        return str(self.ask(path, {"parameters": parameters} if parameters else {})["id"])

    def pause_schedules(self, names: Iterable[str]) -> None:
        """Have nothing start by itself at the full hour, in the middle of a test."""
        for deployment in map(self.deployment, names):
            for each in deployment["schedules"]:
                self.ask(f"/deployments/{deployment['id']}/schedules/{each['id']}", {"active": False}, "PATCH")

    def state(self, run_id: str) -> str:
        """The type of the run's state."""
        return str((self.ask(f"/flow_runs/{run_id}")["state"] or {}).get("type", ""))

    def end_of(self, run_id: str, seconds: float = 120) -> str:
        """The type of the state in which the run ended."""
        eventually(lambda: self.state(run_id) in ENDED, seconds, f"the end of the run {run_id}")
        return self.state(run_id)


def answer_to(request: urllib.request.Request) -> Any:
    """What a server of Prefect's answers, from JSON."""
    for pause in (0.2, 0.5, 1, 2, 4, 0):
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                said = answer.read()
                return json.loads(said) if said else None
        except urllib.error.HTTPError as error:
            # What it answers while its own database is locked: its client asks again, and so do we.
            if error.code != 503 or not pause:
                raise
            time.sleep(pause)
    return None


def eventually(check: Callable[[], Any], seconds: float, what: str) -> Any:
    """What ``check`` comes to as soon as that is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"after {seconds:g} s still not: {what}")


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


@contextmanager
def silent_site() -> Iterator[str]:
    """The address of a server that takes a request and never answers: a pass that reads it goes on for long."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0), backlog=50) as door:

        def take() -> None:
            with suppress(OSError):
                while True:
                    taken.append(door.accept()[0])

        Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/feed.xml"
        door.shutdown(socket.SHUT_RDWR)
    for line in taken:
        line.close()

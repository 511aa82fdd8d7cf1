"""The two ways to run, each as its real processes, and what stands in for systemd: it starts again what has ended."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from flows.serve import SWEEP_SECONDS
from tests.soak.prefect_api import PrefectApi
from tests.support.own_prefect import LOGIN, OwnServer
from tests.support.power_cut_serve import Serving

POLLING = {
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "15",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "14400",
    "PREFECT_SERVER_SERVICES_FOREMAN_DEPLOYMENT_LAST_POLLED_TIMEOUT_SECONDS": "14400",
    "PREFECT_SERVER_SERVICES_FOREMAN_INACTIVITY_HEARTBEAT_MULTIPLE": "480",
    "PREFECT_SERVER_SERVICES_FOREMAN_WORK_QUEUE_LAST_POLLED_TIMEOUT_SECONDS": "14400",
}
"""Prefect looks more often: what takes ten seconds of a day may not take them of every three hours of the soak. Nor are
the runs late that are due within three hours over which the clock is set on, and no worker counts as gone for them:
where Prefect writes that down of many at once, it may wait for the lock of its own database for minutes. A clock that
is set on by five hours has both."""


START_SECONDS = 300.0
"""For a Prefect server: its first start makes its database, and the machine may be busy."""


class Way(Protocol):
    """Processes that run the schedules in ``folder``."""

    folder: Path
    parts: tuple[str, ...]
    """What may be killed of it; "flow" is the process of a run."""
    restarts: list[str]
    """What had ended and was started again, in its order, with how it had ended."""
    sweep_seconds: float
    """How often it closes by itself what could not write down how it ended."""

    def start(self) -> None:
        """Start all of it."""

    def kill(self, part: str) -> None:
        """SIGKILL."""

    def revive(self) -> None:
        """Start again what has ended, as systemd would."""

    def end(self) -> str:
        """SIGTERM, as a machine that shuts down sends it; returns what was wrong with how it ended."""

    def stop(self) -> None:
        """SIGKILL to all that is left."""

    def api(self) -> PrefectApi | None:
        """Its Prefect server, where there is one."""

    def flows(self) -> list[int]:
        """The processes of runs."""


class ServeWay:
    """`axiswatch serve`."""

    parts: tuple[str, ...] = ("flow", "serve", "server")
    sweep_seconds = SWEEP_SECONDS

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.restarts: list[str] = []
        self._serving = Serving(folder, {**POLLING, **environment})

    def start(self) -> None:
        self._serving.start()

    def kill(self, part: str) -> None:
        self._serving.kill(part)

    def revive(self) -> None:
        process = self._serving.process
        assert process is not None
        if (code := process.poll()) is not None:
            self.restarts.append(f"serve ({code})")
            self.start()

    def end(self) -> str:
        assert self._serving.process is not None
        code = _ended(self._serving.process)
        return "" if code == 0 else f"axiswatch serve ended with {code}"

    def stop(self) -> None:
        self._serving.stop()

    def api(self) -> PrefectApi | None:
        told = re.findall(r"Prefect's pages: (\S+);", (self.folder / "serve.log").read_text(errors="replace"))
        login = self.folder / "var/prefect/serve/login"
        return PrefectApi(f"{told[-1]}/api", login.read_text()) if told and login.exists() else None

    def flows(self) -> list[int]:
        return self._serving.processes("flow")


class WorkerWay:
    """A Prefect server, a process pool and a worker; before each start of the worker `axiswatch deploy`, as in its unit
    for systemd."""

    parts: tuple[str, ...] = ("flow", "worker", "server")
    sweep_seconds = 0.0

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.restarts: list[str] = []
        self._own = OwnServer(folder)
        self._own.env |= {**POLLING, **environment}

    def start(self) -> None:
        self._own.deploy()  # writes the server's settings, and says that none answers yet
        self._start_server()
        self._start_worker()

    def _start_server(self) -> None:
        self._own.start_server(START_SECONDS)

    def _start_worker(self) -> None:
        done = self._own.deploy("--alone")
        if done.returncode:
            raise RuntimeError(f"axiswatch deploy: {done.stderr}")
        self._own.start_worker()

    def kill(self, part: str) -> None:
        if part == "flow":
            for process in self.flows():
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        elif part in self._own.running:
            self._own.kill(part)

    def revive(self) -> None:
        for part, begin in (("server", self._start_server), ("worker", self._start_worker)):
            process = self._own.running.get(part)
            if process is None or process.poll() is not None:
                self.restarts.append(f"{part} ({'killed' if process is None else process.returncode})")
                begin()
        # What the timer of systemd does.
        axiswatch(self.folder, self._own.env, "health", "--watch")

    def end(self) -> str:
        # With which code Prefect's own worker ends is its affair.
        return "" if _ended(self._own.running["worker"]) is not None else "the worker did not end"

    def stop(self) -> None:
        self._own.stop()
        for process in self.flows():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def api(self) -> PrefectApi | None:
        return PrefectApi(self._own.url, LOGIN)

    def flows(self) -> list[int]:
        return flow_processes(self.folder)


def _ended(process: subprocess.Popen[bytes]) -> int | None:
    """The exit code after SIGTERM; None where it does not end."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        return process.wait(60)
    return None


def flow_processes(folder: Path) -> list[int]:
    """The processes of runs whose config or working folder lies in that folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").resolve() == folder.resolve() and b"PREFECT__FLOW_RUN_ID=" in (
                process / "environ"
            ).read_bytes():
                found.append(int(process.name))
    return found


def axiswatch(folder: Path, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in the folder, by the soak's clock."""
    from tests.support.command import environment as clean

    call = [sys.executable, "-m", "flows.cli", *arguments]
    return subprocess.run(
        call, cwd=folder, env=clean(environment), capture_output=True, text=True, timeout=180, check=False
    )

"""A power cut under `axiswatch serve`, in every order: ``python -m tests.support.power_cut_serve``.

A pass over the feeds is under way when its process, `serve` and the Prefect server that it brought along are killed.
`serve` is started again. Printed is how long it then takes until a new pass has completed; one is due every minute.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from itertools import permutations
from pathlib import Path

from tests.support.command import environment
from tests.support.own_prefect import eventually, silent_site
from tests.support.power_cut import REFUSING, configure

PATIENCE = 240.0
MARKS = {
    "flow": b"PREFECT__FLOW_RUN_ID=",
    "run": b"\0-m\0prefect.engine\0",
    "server": b"flows.runtime.prefect_guard",
}
"""What the processes of a run have in their environment, its first process in its command, and the server's in its."""


class Serving:
    """`axiswatch serve` in a folder, with a pass every minute; ``more`` stands in its environment."""

    def __init__(self, folder: Path, more: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.env = environment(more or {})
        (folder / "var").mkdir(exist_ok=True)
        self.process: subprocess.Popen[bytes] | None = None

    def configure(self, feed: str, minutes: int = 1) -> None:
        """One feed at that address, and a pass so often."""
        configure(self.folder, feed)
        with (self.folder / "axiswatch.toml").open("a") as file:
            file.write(f"[schedule]\nmonitor_minutes = {minutes}\n[desk]\nport = 0\n")

    def start(self) -> None:
        """Start it."""
        with (self.folder / "serve.log").open("ab") as log:
            call = [sys.executable, "-m", "flows.cli", "serve"]
            self.process = subprocess.Popen(
                call, cwd=self.folder, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, what: str) -> None:
        """SIGKILL to the process of the run, to `serve` itself, or to its server; one that has gone already is gone."""
        if what == "serve":
            assert self.process is not None
            self.process.kill()
            self.process.wait()
            return
        for number in self.processes(what):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def processes(self, what: str) -> list[int]:
        """The processes of that kind that work in this folder."""
        return [number for number, told in _processes(self.folder) if MARKS[what] in told]

    def passes(self) -> list[str]:
        """How the passes ended, by our own books."""
        store = self.folder / "var/axiswatch.db"
        if not store.exists():
            return []
        with closing(sqlite3.connect(store)) as connection:
            try:
                found = connection.execute("SELECT outcome FROM runs WHERE flow = 'monitor' ORDER BY rowid")
                return [row[0] for row in found]
            except sqlite3.OperationalError:
                return []

    def stop(self) -> None:
        """End all that works in this folder."""
        for what in ("flow", "serve", "server"):
            self.kill(what)


def _processes(folder: Path) -> Iterator[tuple[int, bytes]]:
    """(number, command and environment) of the processes whose working folder it is."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").resolve() == folder.resolve():
                yield int(process.name), (process / "cmdline").read_bytes() + (process / "environ").read_bytes()


def passes_again(folder: Path, order: tuple[str, ...]) -> float:
    """Kill in that order, start again; returns the seconds until a pass has completed."""
    serving = Serving(folder)
    try:
        with silent_site() as address:
            serving.configure(address)
            serving.start()
            eventually(lambda: serving.processes("flow") and "running" in serving.passes(), 150, "a pass under way")
            time.sleep(3)
            for what in order:
                serving.kill(what)
                time.sleep(0.5)
        serving.configure(REFUSING)
        begun = time.monotonic()
        serving.start()
        eventually(lambda: "completed" in serving.passes(), PATIENCE, "a pass that completed")
        return time.monotonic() - begun
    finally:
        serving.stop()


def main() -> None:
    """Every order, and how long each took."""
    for order in permutations(("flow", "serve", "server")):
        with tempfile.TemporaryDirectory() as folder:
            seconds = passes_again(Path(folder), order)
        print(f"killed {' > '.join(order):24} a pass completed {seconds:5.0f} s after the start of serve", flush=True)


if __name__ == "__main__":
    main()

"""A power cut in every order: ``python -m tests.support.power_cut [--orders N] [--without-deploy] [--outage SECONDS]``.

A pass over the feeds is under way when its process, its worker and its Prefect server are killed (SIGKILL), in each of
the six orders. Server and worker are started again, as a machine does that boots, with `axiswatch deploy --alone` in
between or without it. Printed is how long it then takes until a new pass has completed.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from itertools import permutations
from pathlib import Path

from tests.support.own_prefect import OwnServer, eventually, process_of, silent_site

ORDERS = tuple(permutations(("server", "worker", "flow")))
PATIENCE = 400.0
REFUSING = "http://127.0.0.1:9/feed.xml"
"""A feed that is out of reach is no fault of ours: the pass completes."""


def passes_again(folder: Path, order: tuple[str, ...], *, with_deploy: bool, outage: float = 0) -> float:
    """Kill in that order, start again; returns the seconds from the start of the server until a pass has completed."""
    own = OwnServer(folder)
    try:
        with silent_site() as address:
            configure(folder, address)
            prepare(own)
            kill_in(own, order)
        configure(folder, REFUSING)
        time.sleep(outage)
        begun = time.monotonic()
        own.start_server()
        if with_deploy:
            done = own.deploy("--alone")
            assert done.returncode == 0, done.stderr
        own.start_worker()
        until_completed(own)
        return time.monotonic() - begun
    finally:
        own.stop()


def configure(folder: Path, feed: str) -> None:
    """One feed at that address."""
    (folder / "feeds.toml").write_text(f'[[feed]]\nurl = "{feed}"\noutlet = "Example"\n')
    (folder / "axiswatch.toml").write_text(
        "[feeds]\nfile = 'feeds.toml'\n[fetch]\nallow_private = true\ntimeout_seconds = 300\ntotal_seconds = 3600\n"
    )


def prepare(own: OwnServer) -> None:
    first = own.deploy()
    assert first.returncode == 2  # no server yet
    assert "written into Prefect's profile: PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE=" in first.stderr
    own.start_server()
    done = own.deploy("--alone")
    assert done.returncode == 0, done.stderr
    assert "was started without" not in done.stderr
    own.start_worker()


def kill_in(own: OwnServer, order: tuple[str, ...]) -> str:
    """Begin a pass, then kill in that order; returns the run of that pass."""
    run = own.trigger("monitor")
    eventually(lambda: own.state(run) == "RUNNING", 60, "a pass under way")
    eventually(lambda: process_of(run), 10, "its process")
    time.sleep(3)  # until its first heartbeat and its lease are written
    for what in order:
        if what == "flow":
            process = process_of(run)
            assert process is not None
            os.kill(process, signal.SIGKILL)
        else:
            own.kill(what)
        time.sleep(0.5)
    return run


def until_completed(own: OwnServer) -> None:
    """Have the monitor run until a run was completed."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        run = own.trigger("monitor")
        state = own.end_of(run)
        assert state != "FAILED", (own.folder / "worker.log").read_text()[-4000:]
        if state == "COMPLETED":
            return
        time.sleep(2)
    raise AssertionError(f"no pass completed within {PATIENCE:g} s of the restart")


def main() -> None:
    """Every order, and how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=len(ORDERS))
    parser.add_argument("--without-deploy", action="store_true", help="nobody calls axiswatch deploy after the boot")
    parser.add_argument("--outage", type=float, default=0, help="seconds without power")
    given = parser.parse_args()
    for order in ORDERS[: given.orders]:
        with tempfile.TemporaryDirectory() as folder:
            seconds = passes_again(Path(folder), order, with_deploy=not given.without_deploy, outage=given.outage)
        print(f"killed {' > '.join(order):24} a pass completed {seconds:5.0f} s after the server's start", flush=True)
    sys.exit(0)


if __name__ == "__main__":
    main()

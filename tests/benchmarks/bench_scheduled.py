"""A scheduled pass in which nothing changed, beside the same function without Prefect:
``python -m tests.benchmarks.bench_scheduled FOLDER [--feeds 200]``.

FOLDER's captures are served over and over on loopback, with an ETag. Prefect's server is the one that `axiswatch serve`
brings along. Measured are processes from their start to their end, as the schedules start them (``prefect.engine`` for
a run of the deployment) and as a program would that calls the flow's function; and both once more within one process.
They take turns; the medians count.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from tests.benchmarks.bench_unchanged import serve_unchanged

ROUNDS = 7
LIMIT = 1.5
"""What was asked for."""
PLAIN = """
import asyncio, sys
from tests.benchmarks.bench_scheduled import plain
asyncio.run(plain(sys.argv[1]))
"""


async def plain(config: str) -> None:
    """The function of the flow and of its tasks, of which Prefect hears nothing."""
    from flows import classify, ingest
    from flows.monitor import monitor

    with patch.object(ingest, "read_batch", ingest.read_batch.fn), patch.object(classify, "judge", classify.judge.fn):
        done = await monitor.fn(config=config, everything=True)
    assert done is not None
    assert done.coverage.new == 0


def write(folder: Path, root: str, feeds: int) -> Path:
    """A config with so many feeds there."""
    listed = (f'[[feed]]\nurl = "{root}/{number}"\noutlet = "Outlet {number}"\n' for number in range(feeds))
    (folder / "feeds.toml").write_text("".join(listed))
    (folder / "var").mkdir()
    config = folder / "axiswatch.toml"
    config.write_text(
        f"[store]\npath = '{folder / 'var/axiswatch.db'}'\n[feeds]\nfile = '{folder / 'feeds.toml'}'\n"
        "[desk]\nport = 0\n[fetch]\nallow_private = true\nper_host = 24\nconcurrency = 24\n"
    )
    return config


async def new_run(config: Path) -> str:
    """A run of the deployment, as the schedule makes it; returns its id."""
    from prefect.client.orchestration import get_client

    from flows.runtime.flow_config import read_config
    from flows.serve import deployments

    (monitor,) = [each for each in await deployments(read_config(config), config) if each.flow_name == "monitor"]
    deployment = await monitor.aapply()
    async with get_client() as client:
        made = await client.create_flow_run_from_deployment(deployment, parameters={"everything": True})
    return str(made.id)


def seconds(call: list[str], **variables: str) -> float:
    """Wall seconds of a process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *call], env=os.environ | variables, capture_output=True, check=True)
    return time.perf_counter() - begun


def in_processes(config: Path) -> tuple[list[float], list[float]]:
    """Seconds of each round: without Prefect, scheduled."""
    without, scheduled = [], []
    for _ in range(ROUNDS):
        without.append(seconds(["-c", PLAIN, str(config)]))
        run = asyncio.run(new_run(config))
        scheduled.append(seconds(["-m", "prefect.engine"], PREFECT__FLOW_RUN_ID=run))
    return without, scheduled


async def in_one_process(config: Path) -> tuple[list[float], list[float]]:
    """Seconds of each round: without Prefect, as a flow."""
    from flows.monitor import monitor

    without, as_flow = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        await plain(str(config))
        without.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        await monitor(config=str(config), everything=True)
        as_flow.append(time.perf_counter() - begun)
    return without, as_flow


def tell(what: str, without: list[float], scheduled: list[float]) -> float:
    """Print the medians and their ratio; returns it."""
    ratio = statistics.median(scheduled) / statistics.median(without)
    first, second = statistics.median(without), statistics.median(scheduled)
    print(f"{what}: without Prefect {first:.2f} s, with it {second:.2f} s, ratio {ratio:.2f}", flush=True)
    return ratio


def main() -> int:
    """Measure and print; the exit code says whether a scheduled pass keeps the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--feeds", type=int, default=200)
    arguments = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve_unchanged, args=(arguments.folder, there), daemon=True)
    server.start()
    with tempfile.TemporaryDirectory() as name:
        config = write(Path(name), f"http://127.0.0.1:{here.recv()}", arguments.feeds)
        from flows.runtime.prefect_server import local_api

        with local_api(Path(name) / "var/prefect/serve", schedules=True):
            from prefect.logging.handlers import APILogHandler

            asyncio.run(read_at_first(config))
            print(f"{arguments.feeds} feeds, nothing changed; load {os.getloadavg()[0]:.1f}", flush=True)
            ratio = tell("from the start of a process to its end", *in_processes(config))
            tell("within one process", *asyncio.run(in_one_process(config)))
            # While there is a server to take it: at the end of this process Prefect would ask for one again and again.
            APILogHandler().flush()
    server.terminate()
    return int(ratio > LIMIT)


async def read_at_first(config: Path) -> None:
    """Whatever only a first pass does: bodies, a fitted model, scores."""
    from flows.monitor import monitor

    for _ in range(2):
        await monitor(config=str(config), everything=True)


if __name__ == "__main__":
    sys.exit(main())

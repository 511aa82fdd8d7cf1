"""A run that Prefect holds back gives up its place; one that begins is left alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import environment
from tests.support.prefect_home import PrefectHomes

ENGINE = """
import runpy, sys
from flows.runtime import held_start
held_start.HELD_SECONDS = float(sys.argv.pop())
runpy.run_module("prefect.engine", run_name="__main__")
"""
RUN = """
import asyncio, os, subprocess, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from flows.runtime.prefect_server import local_api

home, config, engine, ahead, held_seconds = sys.argv[1:]

async def main():
    from prefect import get_client
    from prefect.states import Scheduled
    due = datetime.now(UTC) + timedelta(seconds=float(ahead))
    async with get_client() as client:
        flow = await client.create_flow_from_name("health")
        made = await client.create_deployment(flow, "held", entrypoint="flows.health.health", path=".")
        run = await client.create_flow_run_from_deployment(
            made, parameters={"config": config}, state=Scheduled(scheduled_time=due)
        )
        env = os.environ | {"PREFECT__FLOW_RUN_ID": str(run.id)}
        code = subprocess.run([sys.executable, "-c", engine, held_seconds], env=env, timeout=60).returncode
        ended = await client.read_flow_run(run.id)
        print(code, ended.state_type.value, flush=True)

with local_api(Path(home)):
    asyncio.run(main())
"""


def outcome(folder: Path, homes: PrefectHomes, ahead: str, held_seconds: str) -> tuple[str, str]:
    """The exit code and the state of a run that is due so many seconds from now, and what was said."""
    (folder / "var").mkdir()
    config = folder / "axiswatch.toml"
    config.write_text("")
    call = [sys.executable, "-c", RUN, str(homes.fill(folder / "prefect")), str(config), ENGINE, ahead, held_seconds]
    done = subprocess.run(
        call, cwd=folder, env=environment({}), capture_output=True, text=True, timeout=100, check=False
    )
    return done.stdout.strip(), done.stderr


def test_a_run_that_sleeps_until_an_hour_far_ahead_is_asked_to_stop(
    tmp_path: Path, prefect_homes: PrefectHomes
) -> None:
    told, said = outcome(tmp_path, prefect_homes, "3600", "1")
    assert told == "0 CRASHED", said
    assert "did not begin within 1 s and gives up its place: was the clock set back?" in said
    assert "was asked to stop: Execution was cancelled" in said
    assert "health failed" not in said


@pytest.mark.parametrize("ahead", ["-60", "2"])
def test_a_run_that_begins_in_its_hour_is_left_alone(tmp_path: Path, prefect_homes: PrefectHomes, ahead: str) -> None:
    told, said = outcome(tmp_path, prefect_homes, ahead, "4")
    assert told == "0 COMPLETED", said
    assert "gives up its place" not in said

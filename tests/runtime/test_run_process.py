"""Whether the process of a flow run is there."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from flows.runtime.run_process import is_alive_here

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")


def test_a_run_lives_as_long_as_a_process_has_it_in_its_environment() -> None:
    run = uuid.uuid4()
    call = [sys.executable, "-c", "print('here', flush=True); input()"]
    env = {**os.environ, "PREFECT__FLOW_RUN_ID": str(run)}
    with subprocess.Popen(call, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert is_alive_here(run, None)
        assert is_alive_here(run, str(process.pid))
        process.kill()
    assert not is_alive_here(run, str(process.pid))


def test_a_number_that_another_process_has_got_since_is_no_sign_of_life() -> None:
    assert not is_alive_here(uuid.uuid4(), str(os.getpid()))


@pytest.mark.parametrize("noted", [None, "", "not a number", "-1"])
def test_a_run_of_which_nothing_is_noted_is_not_here(noted: str | None) -> None:
    assert not is_alive_here(uuid.uuid4(), noted)

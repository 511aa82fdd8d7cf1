"""A run ends with the process that started it, and one that no serve has started goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.command import environment
from tests.support.own_prefect import eventually

PARENT = """
import subprocess, sys, time
from flows.config.environment import name_serve_process

if sys.argv[1] == "serve":
    name_serve_process()
print(subprocess.Popen([sys.executable, "-c", sys.argv[2]]).pid, flush=True)
time.sleep(60)
"""
RUN = """
import time
from flows.config.environment import take_serve_process
from flows.runtime.follow_serve import end_with_serve

end_with_serve()
assert not take_serve_process(), "what it calls itself must not end with serve"
time.sleep(60)
"""


def state(process: int) -> str:
    """ "" where it is gone, or has ended and nobody has asked how."""
    with suppress(OSError):
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        return "" if told == "Z" else told
    return ""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see processes")
@pytest.mark.parametrize(
    ("what", "run", "ends"), [("serve", "1", True), ("another program", "1", False), ("serve", "", False)]
)
def test_a_run_ends_with_the_serve_that_started_it(what: str, run: str, ends: bool) -> None:
    env = environment({"PREFECT__FLOW_RUN_ID": run} if run else {})
    call = [sys.executable, "-c", PARENT, what, RUN]
    with subprocess.Popen(call, env=env, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        eventually(lambda: state(child) == "S", 30, "that it sleeps")
        parent.kill()
    try:
        if ends:
            eventually(lambda: not state(child), 10, "its end")
        else:
            with pytest.raises(AssertionError):
                eventually(lambda: not state(child), 3, "its end")
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)

"""The first signal asks, the second ends at once, and takes along what was started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.command import environment
from tests.support.own_prefect import eventually

WAITS = """
import asyncio, subprocess, sys
from flows.runtime.stop_request import StopRequest

stop = StopRequest(lambda name: print(name, flush=True))

async def main():
    call = [sys.executable, "-c", "import time; time.sleep(60)"]
    print(subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid, flush=True)
    await stop.wait()
    print("asked", flush=True)
    if sys.argv[1] == "slowly":
        await asyncio.sleep(60)

with stop.listening():
    asyncio.run(main())
"""


@contextmanager
def started(how: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    call, pipe = [sys.executable, "-W", "ignore::ResourceWarning", "-c", WAITS, how], subprocess.PIPE
    with subprocess.Popen(call, env=environment({}), stdout=pipe, stderr=pipe, text=True) as child:
        assert child.stdout is not None
        grandchild = int(child.stdout.readline())
        yield child, grandchild
    with suppress(ProcessLookupError):
        os.kill(grandchild, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_first_signal_ends_in_order(number: signal.Signals) -> None:
    with started("at once") as (child, _):
        child.send_signal(number)
        said, trouble = child.communicate(timeout=30)
    assert (child.returncode, said.split(), trouble) == (0, [number.name, "asked"], "")


def test_what_was_started_does_not_hear_an_interrupt() -> None:
    with started("at once") as (child, grandchild):
        os.kill(grandchild, signal.SIGINT)
        time.sleep(0.3)
        assert is_there(grandchild)
        child.send_signal(signal.SIGINT)
        assert child.wait(30) == 0


def test_the_second_signal_ends_at_once_with_all_that_was_started() -> None:
    with started("slowly") as (child, grandchild):
        assert child.stdout is not None
        child.send_signal(signal.SIGTERM)
        assert [child.stdout.readline().strip() for _ in range(2)] == ["SIGTERM", "asked"]
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) == 128 + signal.SIGTERM
        if Path("/proc/self/stat").exists():
            eventually(lambda: not is_there(grandchild), 10, "the end of what was started")


def is_there(process: int) -> bool:
    """Whether it is there and no mere entry that nobody has asked for."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

"""The Prefect server that a command brings along goes when the command goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.support.command import environment
from tests.support.prefect_home import PrefectHomes

HOLD = """
import sys, time
from pathlib import Path
from flows.runtime.prefect_server import local_api
with local_api(Path(sys.argv[1])) as url:
    print(url, flush=True)
    time.sleep(60)
"""


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=60) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_the_server_ends_with_a_command_that_is_killed(
    tmp_path: Path, prefect_homes: PrefectHomes, blow: signal.Signals
) -> None:
    call = [sys.executable, "-c", HOLD, str(prefect_homes.fill(tmp_path / "prefect"))]
    with subprocess.Popen(call, env=environment({}), stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout is not None
        url = command.stdout.readline().strip()
        if blow is signal.SIGKILL:
            assert answers(url), (tmp_path / "prefect/server.log").read_text()
        os.kill(command.pid, blow)
    deadline = time.monotonic() + 10
    while answers(url):
        assert time.monotonic() < deadline, "the server is still there"
        time.sleep(0.2)

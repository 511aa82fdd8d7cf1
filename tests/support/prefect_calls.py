"""Code run in a process against a real Prefect server, and the events that it emits."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.support.command import ROOT, environment


def call(code: str, server: str, folder: Path, *arguments: str, **more: str) -> str:
    env = environment({"PREFECT_API_URL": server, "PREFECT_HOME": str(folder / "prefect"), "DO_NOT_TRACK": "1"} | more)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def events(server: str) -> list[str]:
    body = json.dumps({"filter": {"event": {"prefix": ["axiswatch."]}}, "limit": 10}).encode()
    request = urllib.request.Request(f"{server}/events/filter", data=body, headers={"Content-Type": "application/json"})
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with urllib.request.urlopen(request, timeout=10) as answer:
            found = [each["event"] for each in json.load(answer)["events"]]
        if found:
            return found
        time.sleep(0.5)
    pytest.fail("no event arrived")

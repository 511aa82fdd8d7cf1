"""How the monitor fares, from the store alone."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

from tests.doctor.conftest import SetUp


def test_a_monitor_that_works(set_up: SetUp) -> None:
    code, told = set_up.call("health")
    found = json.loads(told)
    assert code == 0
    assert found["ok"] is True
    assert (found["passes"], found["faults"]) == (1, [])
    assert found["model"]
    assert 0 <= found["seconds_since_last_pass"] < 3600
    assert found["disk_free_bytes"] > 0


def test_one_that_fell_silent(set_up: SetUp) -> None:
    code, told = set_up.call("health", "--at", "2031-01-01T00:00+00:00")
    assert code == 2
    assert "axiswatch serve" in json.loads(told)["faults"][0]


def test_a_store_that_cannot_be_read_is_a_fault_and_still_json(set_up: SetUp) -> None:
    set_up.store.write_bytes(b"no store at all" * 1000)
    code, told = set_up.call("health")
    assert code == 2
    assert "axiswatch restore" in json.loads(told)["faults"][0]


def test_it_loads_neither_prefect_nor_a_model(set_up: SetUp) -> None:
    """What takes seconds elsewhere: without them the call is answered in less than one. (sqlite-utils loads numpy.)"""
    call = (
        "import sys\nfrom flows.cli import main\n"
        "try:\n    main(['health'])\nexcept SystemExit as ended:\n    assert not ended.code\n"
        "loaded = {'prefect', 'sklearn', 'scipy', 'httpx', 'starlette', 'prometheus_client'} & sys.modules.keys()\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", call], cwd=set_up.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _seconds(set_up: SetUp, *call: str) -> float:
    """Of computing, the lowest of three: others work on the machine too."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *call], cwd=set_up.folder, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(once() for _ in range(3))


def test_it_costs_hardly_more_than_to_load_what_it_is_made_of(set_up: SetUp) -> None:
    """0.7 s against 0.6 s where this was written, which is less than the second that it may take."""
    loading = _seconds(set_up, "-c", "import flows.cli, flows.config.settings, db.connect")
    assert _seconds(set_up, "-m", "flows.cli", "health") < 2 * loading

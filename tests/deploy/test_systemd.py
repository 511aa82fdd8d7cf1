"""The units: what systemd says of them, that the commands they start exist, and that nothing in them is out of step."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from flows.cli import app
from flows.config.prefect import SERVER_SETTINGS
from flows.runtime.deploy import PATIENCE_SECONDS, POOL
from flows.runtime.heartbeats import SILENT_FOR
from flows.runtime.stale_runs import STARTING

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
NAMES = [unit.name for unit in UNITS]
TIMERS = sorted((ROOT / "deploy/systemd").glob("*.timer"))
INSTALLED = "/opt/axiswatch/bin"
MOST_EXPOSED = 2.0
"""Of 10, by `systemd-analyze security`; a unit without any hardening has 9.6."""


def lines(unit: Path) -> list[tuple[str, str]]:
    """(setting, value) of each line of the unit, in order."""
    told = [line for line in unit.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#["]
    return [(name, value) for name, _, value in (line.partition("=") for line in told)]


def environment(unit: Path) -> dict[str, str]:
    """What the unit sets with Environment=."""
    told = [value.partition("=") for name, value in lines(unit) if name == "Environment"]
    return {name: value for name, _, value in told}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units as they are, but for where the commands lie."""
    folder = tmp_path_factory.mktemp("units")
    here = str(Path(sys.executable).parent)
    for unit in (*UNITS, *TIMERS):
        (folder / unit.name).write_text(unit.read_text(encoding="utf-8").replace(INSTALLED, here), encoding="utf-8")
    return folder


def analysed(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What `systemd-analyze` says; skips the test where there is none."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here: nobody has looked the units over")
    call = ["systemd-analyze", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)


def test_systemd_finds_no_fault_in_them(installed: Path) -> None:
    done = analysed("verify", *(installed / unit.name for unit in (*UNITS, *TIMERS)))
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("name", NAMES)
def test_little_of_the_machine_is_exposed(installed: Path, name: str) -> None:
    done = analysed("security", "--offline=true", f"--threshold={int(MOST_EXPOSED * 10)}", installed / name)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze looks at no files: the exposure of the units was not measured")
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) <= MOST_EXPOSED
    assert done.returncode == 0


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_the_commands_of_each_exist(unit: Path) -> None:
    calls = [(name, *shlex.split(value)) for name, value in lines(unit) if name.startswith("Exec")]
    assert [name for name, *_ in calls].count("ExecStart") == 1
    for _, program, *words in calls:
        assert program.startswith(f"{INSTALLED}/")
        assert (Path(sys.executable).parent / Path(program).name).is_file()
        if program.endswith("/axiswatch"):
            command = typer.main.get_group(app).commands[words[0]]
            options = {option for parameter in command.params for option in parameter.opts}
            assert set(words[1:]) <= options
        else:
            assert words[:2] in (["server", "start"], ["worker", "start"])


def test_before_the_worker_starts_what_was_left_behind_is_closed() -> None:
    told = dict(lines(ROOT / "deploy/systemd/axiswatch-worker.service"))
    assert told["ExecStartPre"] == f"{INSTALLED}/axiswatch deploy --alone"
    assert int(told["TimeoutStartSec"]) >= PATIENCE_SECONDS + STARTING.total_seconds() + SILENT_FOR.total_seconds()


def test_each_timer_has_its_service() -> None:
    assert [timer.stem for timer in TIMERS] == ["axiswatch-watch"]
    assert {f"{timer.stem}.service" for timer in TIMERS} <= set(NAMES)


def test_they_name_each_other_and_the_pool_of_the_schedules() -> None:
    for unit in UNITS:
        named = [word for name, value in lines(unit) if name in ("Requires", "Conflicts") for word in value.split()]
        assert set(named) <= set(NAMES)
    assert f"--pool {POOL}" in (ROOT / "deploy/systemd/axiswatch-worker.service").read_text(encoding="utf-8")


def test_the_server_is_told_what_deploy_would_write() -> None:
    told = environment(ROOT / "deploy/systemd/axiswatch-prefect-server.service")
    assert SERVER_SETTINGS.items() <= told.items()
    assert "--host 127.0.0.1" in (ROOT / "deploy/systemd/axiswatch-prefect-server.service").read_text(encoding="utf-8")


def test_no_secret_stands_in_a_unit_and_each_keeps_what_it_writes_to_itself() -> None:
    for unit in UNITS:
        told = dict(lines(unit))
        assert not [name for name in environment(unit) if re.search("PASSWORD|SECRET|AUTH|KEY", name)], unit.name
        assert (told["User"], told["UMask"], told["StateDirectoryMode"]) == ("axiswatch", "0077", "0700"), unit.name
        assert "/etc/axiswatch/" in told["EnvironmentFile"], unit.name

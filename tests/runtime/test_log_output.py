"""The log as it leaves a process: several processes and one file, rights, rotation, places that cannot be written."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.support.command import ROOT, CommandResult, environment, looked

WRITING = """
import logging, sys
from pathlib import Path
from flows.config.log import LogSettings
from flows.runtime.log_output import open_log
open_log(LogSettings(format="json", file=Path(sys.argv[1]), megabytes=0.05, keep=int(sys.argv[4])), everything=True)
log = logging.getLogger("flows.test")
for number in range(int(sys.argv[3])):
    log.info("%s %s %s", sys.argv[2], number, "x" * 60)
"""
PROCESSES, LINES = 4, 400


def started(*arguments: object) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", WRITING, *map(str, arguments)]
    return subprocess.Popen(call, cwd=ROOT, env=environment({}), stderr=subprocess.PIPE, text=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which several processes have written one log at once, with room for all of it."""
    folder = tmp_path_factory.mktemp("log") / "new" / "logs"
    children = [started(folder / "axiswatch.log", name, LINES, 99) for name in range(PROCESSES)]
    for child in children:
        _, said = child.communicate(timeout=120)
        assert child.returncode == 0, said
    return folder


def test_several_processes_lose_no_line_and_break_none(written: Path) -> None:
    files = sorted(written.glob("axiswatch.log*"))
    assert len(files) > 3, "it was never rotated"
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    told = Counter(tuple(line["message"].split()[:2]) for line in lines)
    assert told == Counter((str(name), str(number)) for name in range(PROCESSES) for number in range(LINES))
    assert max(file.stat().st_size for file in files) < 52_000


def test_the_log_is_for_its_owner_alone(written: Path) -> None:
    assert {mode(file) for file in written.iterdir()} == {0o600}
    assert mode(written) == 0o700


def test_only_so_many_former_files_stay(tmp_path: Path) -> None:
    with started(tmp_path / "axiswatch.log", "one", 1200, 2) as child:
        child.communicate()
    assert child.returncode == 0
    names = sorted(file.name for file in tmp_path.glob("axiswatch.log*"))
    assert names == ["axiswatch.log", "axiswatch.log.1", "axiswatch.log.2"]
    last = (tmp_path / "axiswatch.log").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["message"].startswith("one 1199 ")


def test_a_file_that_cannot_be_written_is_told_once_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with started(tmp_path / "taken" / "axiswatch.log", "one", 3, 2) as child:
        _, said = child.communicate()
    assert child.returncode == 0
    lines = [json.loads(line)["message"] for line in said.splitlines()]
    assert len(lines) == 4
    (warning,) = [line for line in lines if "cannot be written" in line]
    assert str(tmp_path / "taken" / "axiswatch.log") in warning


def search(folder: Path, *options: str, **env: str) -> CommandResult:
    return looked(*options, "search", "drones", cwd=folder, env=env)


def test_what_ends_a_command_is_in_the_file_too(tmp_path: Path) -> None:
    (tmp_path / "axiswatch.toml").write_text('[log]\nfile = "logs/a.log"\n')
    done = search(tmp_path)
    assert done.returncode == 2
    (shown,) = done.stderr.splitlines()
    assert shown.startswith("axiswatch: no store at ")
    (line,) = (tmp_path / "logs/a.log").read_text().splitlines()
    assert line.endswith(shown.removeprefix("axiswatch: "))
    assert " ERROR axiswatch [" in line


def test_an_option_goes_before_the_environment_and_that_before_the_config(tmp_path: Path) -> None:
    (tmp_path / "axiswatch.toml").write_text('[log]\nfile = "config.log"\nformat = "text"\n')
    search(tmp_path)
    search(tmp_path, AXISWATCH_LOG_FILE=str(tmp_path / "environment.log"))
    done = search(
        tmp_path, "--log-file", "option.log", "--log-format=json", AXISWATCH_LOG_FILE=str(tmp_path / "environment.log")
    )
    written = {file.name: len(file.read_text().splitlines()) for file in tmp_path.glob("*.log")}
    assert written == {"config.log": 1, "environment.log": 1, "option.log": 1}
    assert json.loads(done.stderr)["level"] == "ERROR"
    assert json.loads((tmp_path / "option.log").read_text())["message"] == json.loads(done.stderr)["message"]


def test_options_of_the_log_may_stand_behind_the_command(tmp_path: Path) -> None:
    done = looked("search", "drones", "--log-format", "json", cwd=tmp_path)
    assert json.loads(done.stderr)["level"] == "ERROR"


def test_an_environment_that_makes_no_sense_is_told_in_a_line(tmp_path: Path) -> None:
    done = search(tmp_path, AXISWATCH_LOG_FORMAT="xml")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "AXISWATCH_LOG_FORMAT" in line
    assert "'text' or 'json'" in line


def test_a_person_sees_which_address_is_wrong_and_a_log_does_not(tmp_path: Path) -> None:
    (tmp_path / "axiswatch.toml").write_text('[alarm]\nmail = ["jane@quiet.example.org"]\n')
    done = search(tmp_path, "--log-file", "a.log", AXISWATCH_SMTP_PASSWORD="needs a mail server")
    assert "[alarm] mail <secret>; set host" in done.stderr
    twice = '[[recipient]]\naddress = "jane@quiet.example.org"\n'
    (tmp_path / "axiswatch.toml").write_text(twice * 2)
    assert "jane@quiet.example.org" in search(tmp_path, "--log-file", "a.log").stderr
    assert "jane@quiet.example.org" not in search(tmp_path, JOURNAL_STREAM="8:1").stderr
    assert "jane" not in (tmp_path / "a.log").read_text()
    assert "the address <address>" in (tmp_path / "a.log").read_text()


def test_debug_shows_where_without_what_is_secret(tmp_path: Path) -> None:
    done = search(tmp_path, "--debug", "--config", "jane@quiet.example.org.toml", AXISWATCH_DESK_SECRET="drones")
    assert "Traceback" in done.stderr
    trace = done.stderr.rsplit("axiswatch: ", 1)[0]
    assert "ConfigError: there is no config file at <address>" in trace
    assert "jane" not in trace

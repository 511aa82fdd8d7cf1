"""The commands of docs/operations.md, each as it stands there, one by one in a folder with the demo's store."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from db.records import FeedSpec
from tests.support.command import ROOT, Project

PAGE = ROOT / "docs/operations.md"
NOT_RUN = {
    "useradd": "takes root, and changes the machine",
    "python3": "tests/deploy/test_containerfile.py does it",
    "/opt/axiswatch/bin/pip": "tests/deploy/test_containerfile.py does it",
    "install": "writes into /etc",
    "cp": "writes into /etc; tests/deploy/test_systemd.py looks the units over",
    "systemctl": "takes a machine that systemd has started",
    "journalctl": "takes a machine that systemd has started",
    "podman": "takes an engine; tests/deploy/test_containerfile.py carries out the steps",
    "axiswatch retrain": "starts a Prefect server; tests/flows/test_commands.py runs it",
}
"""How a command begins that is not run here → why."""
ENDS = {"axiswatch health": (0, 2), "axiswatch doctor": (0, 2), "axiswatch --log": (0, 2)}
"""How a command begins → the exit codes that are right for a store whose last pass is long ago; else 0."""


def commands() -> list[str]:
    """The lines of the page's blocks of shell."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def why_not(line: str) -> str:
    """Why that line is not run; an empty string where it is."""
    return next((why for begin, why in NOT_RUN.items() if line.startswith(f"{begin} ") or line == begin), "")


def carried_out(project: Project, line: str) -> tuple[int, str]:
    """(exit code, what was said) of the line, in the folder of the project."""
    made = sorted((project.folder / "var/backups").glob("axiswatch-*"))
    words = shlex.split(line.replace("var/backups/axiswatch-MOMENT", str(made[-1]) if made else "MOMENT"))
    if words[0] == "axiswatch":
        done = project.look(*words[1:])
    else:
        done = subprocess.run(words, cwd=project.folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_command_of_the_page_works(project: Project) -> None:
    (project.folder / "var/outbox").mkdir(exist_ok=True)
    project.read_feeds_from([FeedSpec("http://127.0.0.1:9/feed", "Pier")])
    with (project.folder / "axiswatch.toml").open("a", encoding="utf-8") as config:
        config.write("[desk]\nport = 0\n")
    run = [line for line in commands() if not why_not(line)]
    assert len(run) > 12
    for line in run:
        code, told = carried_out(project, line)
        assert code in next((codes for begin, codes in ENDS.items() if line.startswith(begin)), (0,)), (line, told)
        assert "Traceback" not in told, (line, told)
    assert (project.folder / "elsewhere").is_dir()
    assert list((project.folder / "var").glob("axiswatch.db.replaced-*"))


def test_every_reason_is_needed() -> None:
    for begin in NOT_RUN:
        assert [line for line in commands() if line.startswith(begin)], begin


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(deploy/[\w./-]+|docs/[\w.]+)`", PAGE.read_text()))))
def test_what_the_page_names_is_there(named: str) -> None:
    assert (ROOT / named).exists()


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([\w./-]+)\)", PAGE.read_text(encoding="utf-8")):
        assert (PAGE.parent / target).is_file()
    assert Path(PAGE).stat().st_size > 4000

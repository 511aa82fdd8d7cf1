"""Stores that cannot be written: every command that reads does without, and one that writes says why it cannot."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
import typer.main

from flows.cli import app
from tests.support.command import ROOT, Demo, Project, axiswatch
from tests.support.read_only_folder import read_only

READING = {
    "search": ["drones"],
    "story": ["1"],
    "trends": [],
    "export": ["--from", "2024-11-01", "--to", "2024-11-30"],
    "claims": [],
    "models": [],
    "explain": ["--entry", "1"],
    "score": ["-"],
    "evaluate": ["graded.jsonl", "--report", "../elsewhere/report.json"],
    "unsubscribed": [],
    "prune": [],
    "backup": ["--to", "../elsewhere"],
    "digest": ["--date", "2024-11-18"],
    "feeds list": [],
    "feeds health": [],
    "feeds export": ["../elsewhere/out.opml"],
    "seeds list": [],
    "topic check": ["topic"],
    "health": ["--at", "2024-11-18T18:30+00:00"],
    "doctor": ["--no-network"],
}
"""Command → what it is given: those that look, and must do without any right to write."""
SAYING_SO = {"doctor": 2}
"""Reads without any right to write, and finds that a store without one is at fault."""
CHANGING = {
    "demo",
    "run",
    "publish",
    "backfill",
    "replay",
    "rescore",
    "serve",
    "follow",
    "restore",
    "deploy",
    "label",
    "review",
    "retrain",
} | {
    "feeds check",
    "feeds add",
    "feeds remove",
    "feeds import",
    "seeds add",
    "seeds remove",
    "seeds build",
}
"""Commands whose work is to write, here or in a folder that they are given."""


def test_every_command_either_reads_or_changes() -> None:
    group = typer.main.get_group(app)
    names = {
        f"{name} {inner}".strip()
        for name, command in group.commands.items()
        for inner in getattr(command, "commands", {"": None})
    }
    assert names == READING.keys() | CHANGING


@pytest.fixture(scope="module")
def on_a_medium(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project with the demo's store, in a folder that cannot be written."""
    folder = tmp_path_factory.mktemp("medium") / "project"
    shutil.copytree(demo.folder / "var/demo", folder / "var")
    shutil.copytree(demo.folder / "var/models", folder / "var/models", dirs_exist_ok=True)
    (folder / "axiswatch.toml").write_text("[digest]\nhour = 18\nlate_hours = 1000000\n", encoding="utf-8")
    shutil.copytree(ROOT / "classifiers/topics/russia", folder / "topic")
    graded = (("Iran ships drones to Russia", 2), ("A tug sinks", 0))
    rows = [{"id": title, "title": title, "lang": "en", "grade": grade} for title, grade in graded]
    (folder / "graded.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    (folder.parent / "elsewhere").mkdir()
    with closing(sqlite3.connect(folder / "var/axiswatch.db")) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with read_only(folder):
        yield Project(folder)


@pytest.mark.parametrize("command", READING)
def test_a_command_that_reads_needs_no_right_to_write(on_a_medium: Project, command: str) -> None:
    stdin = '{"title": "Iran ships drones to Russia"}\n'
    done = on_a_medium.look(*command.split(), *READING[command], stdin=stdin)
    assert done.returncode == SAYING_SO.get(command, 0), done.stderr
    assert done.stdout + done.stderr


def test_one_that_writes_says_why_it_cannot(on_a_medium: Project) -> None:
    for command in (["label", "1", "relevant"], ["run"], ["serve"]):
        done = axiswatch(*command, cwd=on_a_medium.folder)
        assert done.returncode == 2, (command, done.stderr)
        assert len(done.stderr.splitlines()) == 1
        assert "can be written" in done.stderr
        assert "Failed to reach API" not in done.stderr

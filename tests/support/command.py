"""The command as people call it, in processes of its own, and the folders that it runs in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db.records import FeedSpec
from flows.feeds.subscriptions.catalogue import feed_table
from tests.support import forked

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0
CommandResult = subprocess.CompletedProcess[str]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment without a person's settings, with ``more``."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AXISWATCH_", "PREFECT_"))}
    return clean | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"} | dict(more)


def axiswatch(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: str | bytes | None = None,
    patience: float = PATIENCE,
) -> CommandResult:
    """Call the command and wait for its end."""
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment(env or {}),
        input=stdin.decode() if isinstance(stdin, bytes) else stdin,
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )


def looked(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
    patience: float = PATIENCE,
) -> CommandResult:
    """Call a command that looks into the store or judges, and starts no flow."""
    return forked.call([*map(str, arguments)], cwd, environment(env or {}), stdin, patience)


@dataclass(frozen=True)
class Demo:
    """The folder in which the demo ran, the home it was given, and what it said."""

    folder: Path
    home: Path
    result: CommandResult

    @property
    def store(self) -> Path:
        return self.folder / "var/demo/axiswatch.db"


@dataclass(frozen=True)
class Project:
    """A folder with a config, the demo's store (with its champion) and the models."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.folder / "var/axiswatch.db"

    @property
    def outbox(self) -> Path:
        return self.folder / "var/outbox"

    def call(self, *arguments: str | Path, stdin: str | None = None) -> CommandResult:
        return axiswatch(*arguments, cwd=self.folder, env=self.env, stdin=stdin)

    def look(self, *arguments: str | Path, stdin: str | None = None) -> CommandResult:
        """Call a command that starts no flow."""
        return looked(*arguments, cwd=self.folder, env=self.env, stdin=stdin)

    def read_feeds_from(self, specs: Sequence[FeedSpec]) -> None:
        (self.folder / "feeds.toml").write_text("".join(map(feed_table, specs)), encoding="utf-8")


def wait_for(url: str, log: Path, seconds: float = 60) -> None:
    """Return when the server is healthy."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the Prefect server did not start:\n{log.read_text()}")

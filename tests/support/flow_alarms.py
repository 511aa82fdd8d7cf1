"""Runs that fail and work again, and who hears of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.alarms import watch
from flows.config.settings import Config

MORNING = datetime(2026, 11, 20, 6, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def config(folder: Path, port: int = 0, **alarm: object) -> Config:
    """Settings with a store in the folder; a mail server where a port is given."""
    smtp = {"host": "127.0.0.1", "port": port, "security": "none", "timeout_seconds": 2} if port else {}
    told = {"store": {"path": folder / "w.db"}, "alarm": alarm, "delivery": {"smtp": smtp}}
    return Config.model_validate(told)


def keeping(folder: Path) -> tuple[list[str], Callable[[], list[str]]]:
    """A command that keeps what it reads, and what it has kept."""
    kept = folder / "heard"
    kept.mkdir()
    code = "import pathlib, sys, time; pathlib.Path(sys.argv[1], str(time.time_ns())).write_text(sys.stdin.read())"
    return [sys.executable, "-c", code, str(kept)], lambda: [file.read_text() for file in sorted(kept.iterdir())]


def play(current: Config, runs: str, every: timedelta = 20 * MINUTE, password: str = "") -> None:
    """Runs of the monitor in this order, one after the other: F failed, C was completed."""
    for number, outcome in enumerate(runs):
        now = MORNING + number * every
        if outcome == "F":
            watch.failed(current, "monitor", ["StoreError: worn out"], now, password)
        else:
            watch.completed(current, "monitor", now, password)


def headlines(texts: list[str]) -> list[str]:
    """The first line of each, without its moment."""
    return [text.splitlines()[0].partition(": ")[2] for text in texts]


FAILED, RECOVERED = "monitor failed", "monitor works again"

"""All that a soak consists of: the folder with its config, the clock, the outside world and the way to run."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.soak.clock import MovedClock
from tests.soak.outside import FeedSite, MailServer, Receiver
from tests.soak.ways import ServeWay, Way, WorkerWay
from tests.support.disturbances import small_disk

READERS = ("first@reader.example", "second@reader.example")
OPERATOR = "operator@watch.example"
SENDER = "digest@watch.example"
HOOK = "soak"
EDITIONS, ALARMS, PING = "/editions", "/alarms", "/ping"
DISK_MEGABYTES = 400
DIGEST_HOUR = 6
PATIENCE = 240.0
"""Seconds; an idle machine needs a tenth of it for a pass, and a third for the worst of faults."""
CONFIG = """
[feeds]
file = "feeds.toml"
[fetch]
allow_private = true
host_seconds = 0
per_host = 6
timeout_seconds = 6
total_seconds = 15
[digest]
hour = {hour}
[delivery]
way = "mail"
sender = "{sender}"
recipients = {readers}
[delivery.smtp]
host = "127.0.0.1"
port = {mail}
security = "none"
timeout_seconds = 3
[[delivery.webhook]]
name = "{hook}"
url = "{editions}"
format = "json"
allow_private = true
timeout_seconds = 3
[alarm]
mail = ["{operator}"]
command = {command}
[alarm.webhook]
url = "{alarms}"
allow_private = true
timeout_seconds = 3
[watch]
no_entries_hours = 5
ping = "{ping}"
ping_private = true
ping_seconds = 3
[desk]
port = 0
[backup]
keep = 2
[schedule]
monitor_minutes = {minutes}
"""
KEEPING = "import pathlib, sys, time; pathlib.Path(sys.argv[1], str(time.time_ns())).write_text(sys.stdin.read())"
"""The operator's command of [alarm]: what it reads is kept, each time in a file of its own."""


@dataclass
class World:
    """``minutes`` lie between two passes. ``heard`` is where the operator's command keeps what it was told;
    ``has_disk``: the folder is a small disk of its own. After ``patience`` seconds a pass that has not begun, or not
    ended, hangs."""

    folder: Path
    clock: MovedClock
    start: datetime
    site: FeedSite
    mail: MailServer
    hook: Receiver
    way: Way
    heard: Path
    minutes: int
    has_disk: bool
    patience: float = PATIENCE

    @property
    def store(self) -> Path:
        """The store under test."""
        return self.folder / "var/axiswatch.db"

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the store says; nothing while it cannot be read."""
        if not self.store.exists():
            return []
        try:
            with closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, timeout=5)) as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.Error:
            return []

    def next_slot(self) -> datetime:
        """When the next pass is due."""
        now = self.clock.now()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(minutes=self.minutes)
        return midnight + ((now - midnight) // step + 1) * step


@contextmanager
def world(way: str, minutes: int) -> Iterator[World]:
    """One with everything up but the way itself, at an afternoon."""
    with ExitStack() as stack:
        beside = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-")))
        disk = stack.enter_context(small_disk(beside / "disk", DISK_MEGABYTES))
        folder = (disk or beside) / "watch"
        heard = beside / "heard"
        for each in (folder, heard):
            each.mkdir()
        for log in ("serve", "server", "worker"):
            # Their lines are wanted most when the disk is full.
            (folder / f"{log}.log").symlink_to(beside / f"{log}.log")
        clock = MovedClock(beside)
        start = (datetime.now(UTC) + timedelta(days=1)).replace(hour=17, minute=30, second=0, microsecond=0)
        clock.set(start)
        site, mail, hook = FeedSite(clock, start - timedelta(hours=6)), MailServer(clock), Receiver(clock)
        for part in (site, mail, hook):
            part.up()
            stack.callback(part.down)
        made: Way = ServeWay(folder, clock.environment) if way == "serve" else WorkerWay(folder, clock.environment)
        stack.callback(made.stop)
        told = World(folder, clock, start, site, mail, hook, made, heard, minutes, disk is not None)
        configure(told)
        yield told


def configure(told: World) -> None:
    """Write the config and the list of feeds."""
    command = [sys.executable, "-c", KEEPING, str(told.heard)]
    text = CONFIG.format(
        hour=DIGEST_HOUR,
        sender=SENDER,
        readers=_listed(READERS),
        mail=told.mail.port,
        hook=HOOK,
        editions=told.hook.url(EDITIONS),
        operator=OPERATOR,
        alarms=told.hook.url(ALARMS),
        ping=told.hook.url(PING),
        command=_listed(command),
        minutes=told.minutes,
    )
    (told.folder / "axiswatch.toml").write_text(text)
    feeds = [f'[[feed]]\nurl = "{url}"\noutlet = "Outlet {number}"\n' for number, url in enumerate(told.site.urls())]
    (told.folder / "feeds.toml").write_text("".join(feeds))


def _listed(words: Sequence[str]) -> str:
    return "[" + ", ".join("'" + word + "'" for word in words) + "]"

"""Which flows are deployed, and when each runs, by the config: for `axiswatch serve` and `axiswatch deploy` alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from flows.config.settings import Config

DUE = "due"
"""In place of the digest's day: what is due at this moment and nothing else, however often a schedule comes round."""
ANCHOR = datetime(2026, 1, 1)
"""The grid of passes begins at this midnight (of its zone), so that no start begins another one."""

_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PlannedSchedule:
    """One schedule of a deployment: every ``minutes`` from midnight of the zone, or by a cron. The slug keeps it the
    same at every deploy, also where somebody has paused it."""

    slug: str
    zone: str
    minutes: int = 0
    cron: str = ""

    @property
    def told(self) -> str:
        """For people: ``every 20 minutes (UTC)``."""
        return f"{self.cron or f'every {self.minutes} minutes'} ({self.zone})"

    @property
    def interval(self) -> timedelta:
        """Between two runs; only where ``minutes`` says so."""
        return timedelta(minutes=self.minutes)

    @property
    def anchor(self) -> datetime:
        """The moment from which the minutes are counted."""
        return ANCHOR.replace(tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Planned:
    """One deployment; without schedules it runs when somebody asks for it."""

    name: str
    description: str
    schedules: tuple[PlannedSchedule, ...] = ()
    parameters: dict[str, str] = field(default_factory=dict)


def plan(current: Config) -> tuple[Planned, ...]:
    """The deployments, by the config. An empty cron: none by schedule."""
    zone, when = current.digest.time_zone, current.schedule

    def cron(slug: str, text: str) -> tuple[PlannedSchedule, ...]:
        return (PlannedSchedule(slug, zone, cron=text),) if text else ()

    grid = PlannedSchedule("grid", zone, minutes=when.monitor_minutes)
    hours = _digest_hours(current)
    return (
        Planned("monitor", "Read the feeds and judge what is new.", (grid,)),
        Planned("digest", "Send what is due, each reader's mail at their hour.", hours, {"day": DUE}),
        Planned("retrain", "Learn from the week's labels.", cron("mondays", when.retrain_cron)),
        Planned("backup", "Copy the store and what it needs, and look it over.", cron("nights", when.backup_cron)),
        Planned("health", "Look at the store and the disk.", cron("hours", when.health_cron)),
        Planned("backfill", "Read old entries from files into the store, when somebody asks for it."),
        Planned("rescore", "Score again what the store holds, under the model that judges, when somebody asks for it."),
        Planned("prune", "Give up what is older than [keep] says.", cron("sundays", when.prune_cron)),
    )


def _digest_hours(current: Config) -> tuple[PlannedSchedule, ...]:
    """The hour of the digest, and those of readers who want it at an hour of their own."""
    own = {
        (reader.hour, reader.time_zone or current.digest.time_zone)
        for reader in current.readers()
        if reader.hour is not None
    }
    hours = dict.fromkeys([(current.digest.hour, current.digest.time_zone), *sorted(own)])
    return tuple(
        PlannedSchedule(f"hour-{hour}-{_SLUG.sub('-', zone.lower())}", zone, cron=f"0 {hour} * * *")
        for hour, zone in hours
    )


def next_on_grid(schedule: PlannedSchedule, now: datetime) -> datetime:
    """The next moment of a schedule that counts minutes, after ``now``."""
    passed = (now - schedule.anchor) // schedule.interval
    return schedule.anchor.astimezone(now.tzinfo) + (passed + 1) * schedule.interval

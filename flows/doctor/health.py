"""How the monitor fares, from the store alone: no Prefect, no network."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from db.connect import StoreError
from db.inspection import Figures, figures
from flows.alarms.conditions import LEAST_FREE as LEAST_FREE
from flows.alarms.lateness import pass_allowed
from flows.alarms.standing import OpenAlarm, open_alarms
from flows.config.settings import Config


@dataclass(frozen=True, slots=True)
class Health:
    """``figures`` is None where the store cannot be read; each of ``faults`` is a line for people; ``alarms`` are those
    that are open."""

    at: datetime
    figures: Figures | None
    disk_free: int
    faults: tuple[str, ...]
    alarms: tuple[OpenAlarm, ...] = ()


def health_of(current: Config, now: datetime) -> Health:
    """How it fares at that moment."""
    found, faults = None, []
    try:
        found = figures(current.store.path)
        faults += _late(found, current, now)
    except StoreError as error:
        faults.append(str(error))
    free = _free(current)
    if free < LEAST_FREE:
        faults.append(f"the disk of {current.store.path.parent} is full: make room on it, such as of old backups")
    return Health(now, found, free, tuple(faults), tuple(open_alarms(current, now)))


def _late(found: Figures, current: Config, now: datetime) -> list[str]:
    if found.last_pass_at is None:
        return ["no pass was ever completed: call axiswatch run, or keep axiswatch serve running"]
    if now - found.last_pass_at <= pass_allowed(current):
        return []
    return [f"no pass was completed since {found.last_pass_at:%Y-%m-%d %H:%M} UTC: see that axiswatch serve runs"]


def _free(current: Config) -> int:
    try:
        return shutil.disk_usage(current.store.path.parent).free
    except OSError:
        return 0


def as_record(health: Health) -> dict[str, Any]:
    """For JSON: ``ok``, ``faults``, and the figures, with moments as ISO texts and seconds since the last pass."""
    told = asdict(health.figures) if health.figures else {}
    told = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in told.items()}
    told.pop("newest", None)
    return {
        "ok": not health.faults,
        "at": health.at.isoformat(),
        "faults": list(health.faults),
        "seconds_since_last_pass": since_last_pass(health),
        "disk_free_bytes": health.disk_free,
        "alarms": [_alarm(each) for each in health.alarms],
        **told,
    }


def _alarm(each: OpenAlarm) -> dict[str, Any]:
    return asdict(each) | {"since": each.since.isoformat() if each.since else None}


def since_last_pass(health: Health) -> float | None:
    """Seconds; None before the first pass."""
    last = health.figures.last_pass_at if health.figures else None
    return (health.at - last).total_seconds() if last else None

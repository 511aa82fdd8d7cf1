"""Windows: the half-open [start, end) that an edition covers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Window(NamedTuple):
    """[start, end), both aware and in UTC. An entry is covered when it was first seen in it."""

    start: datetime
    end: datetime


def daily_window(day: date, time_zone: str, hour: int = 0) -> Window:
    """From ``hour`` o'clock on ``day`` to ``hour`` o'clock on the next day, as clocks in ``time_zone`` show it.

    Each window begins where the one before ended, so that a day of a clock change has 23 or 25 hours. An hour that
    the clocks skip is counted by the clock before the change; of one that comes twice, the first is meant.
    """
    return Window(_moment(day, time_zone, hour), _moment(day + timedelta(days=1), time_zone, hour))


def latest_day(now: datetime, time_zone: str, hour: int = 0) -> date:
    """The day whose `daily_window` was the last to close at or before ``now`` (aware)."""
    day = now.astimezone(ZoneInfo(time_zone)).date()
    while daily_window(day, time_zone, hour).end > now:
        day -= timedelta(days=1)
    return day


def last_24_hours(now: datetime) -> Window:
    """The 24 hours up to ``now`` (aware), its own second included: the store writes whole seconds, and what it
    stored a moment ago belongs to this window."""
    end = now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
    return Window(end - timedelta(hours=24), end)


def next_hour(after: datetime, time_zone: str, hour: int) -> datetime:
    """The first moment at or after ``after`` (aware) at which clocks in ``time_zone`` come to ``hour`` o'clock, in UTC.

    An hour that the clocks skip is counted by the clock before the change; of one that comes twice, the first is meant.
    """
    day = after.astimezone(ZoneInfo(time_zone)).date() - timedelta(days=1)
    while (moment := _moment(day, time_zone, hour)) < after:
        day += timedelta(days=1)
    return moment


def _moment(day: date, time_zone: str, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(time_zone)).astimezone(UTC)

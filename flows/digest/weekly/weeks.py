"""Which week a weekly edition covers, what it is called, and whether it is due. Seven daily windows make a week."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from db import editions
from db.connect import open_store
from flows.config.settings import Config
from flows.config.weekly import WEEKDAYS
from flows.digest.editions import DayError, is_due, newest_day, window_of
from flows.digest.window import Window

DAYS = 7
PREFIX = "weekly-"
FIRST_WITHIN = timedelta(days=1)
"""The first weekly edition of a store is made so long after its week closed: whoever switches it on in the middle of a
week waits for the end of that week."""


def name_of(day: date) -> str:
    """``weekly-2026-11-27``: what the edition of the week that closes on ``day`` is called."""
    return f"{PREFIX}{day}"


def days_of(day: date) -> list[date]:
    """The seven days whose daily editions it tells, ``day`` the last of them."""
    return [day - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]


def week_of(current: Config, day: date) -> Window:
    """The half-open window of the week that closes with the daily edition of ``day``: seven daily windows, so that a
    week in which clocks are changed has 167 or 169 hours."""
    return Window(window_of(current, day - timedelta(days=DAYS)).end, window_of(current, day).end)


def newest_week(current: Config, now: datetime) -> date:
    """The last day of the week that closed last."""
    newest = newest_day(current, now)
    return newest - timedelta(days=(newest.weekday() - WEEKDAYS.index(current.weekly.day)) % DAYS)


def closed_week(current: Config, day: date, now: datetime) -> date:
    """The last day of the week in which ``day`` lies. Raises DayError where that week is not over."""
    last = day + timedelta(days=(WEEKDAYS.index(current.weekly.day) - day.weekday()) % DAYS)
    end = week_of(current, last).end
    if end > now:
        raise DayError(f"the week of {day} closes at {end:%Y-%m-%d %H:%M} UTC; ask again then")
    return last


def was_told(store: Database, week: Window) -> bool:
    """Whether any edition tells a day of the week."""
    return editions.count_ended_in(store, *week) > 0


def is_week_due(current: Config, now: datetime) -> bool:
    """Whether the weekly edition of the week that closed last is still to be made: its daily editions are made, there
    is at least one, and the weekly one has not been made yet."""
    if not current.weekly.enabled:
        return False
    day = newest_week(current, now)
    week = week_of(current, day)
    with closing(open_store(current.store.path)) as store:
        if editions.find(store, name_of(day)) or not was_told(store, week):
            return False
        last = editions.latest_weekly(store)
    is_first_too_late = last is None and now - week.end > FIRST_WITHIN
    return not is_first_too_late and not is_due(current, now)

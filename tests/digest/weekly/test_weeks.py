"""Which week an edition covers, across clock changes and zones, and when it is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from flows.config.settings import Config
from flows.digest import editions
from flows.digest.editions import DayError
from flows.digest.weekly.weeks import closed_week, days_of, is_week_due, newest_week, week_of
from tests.support.edition_store import changed, config, see

HOUR = timedelta(hours=1)
FRIDAY = date(2026, 11, 27)
WEEKS = [
    ("Europe/Berlin", date(2026, 10, 30), 6, 169),
    ("Europe/Berlin", date(2026, 4, 3), 6, 167),
    ("America/New_York", date(2026, 11, 6), 0, 169),
    ("Pacific/Tongatapu", date(2026, 11, 27), 23, 168),
    ("UTC", date(2026, 11, 27), 0, 168),
]


@pytest.mark.parametrize(("zone", "day", "hour", "hours"), WEEKS)
def test_a_week_is_seven_daily_windows(tmp_path: Path, zone: str, day: date, hour: int, hours: int) -> None:
    current = config(tmp_path, time_zone=zone, hour=hour)
    week = week_of(current, day)
    windows = [editions.window_of(current, each) for each in days_of(day)]
    assert (week.start, week.end) == (windows[0].start, windows[-1].end)
    assert all(one.end == other.start for one, other in pairwise(windows))
    assert week.end - week.start == hours * HOUR
    assert week_of(current, day + timedelta(days=7)).start == week.end


@pytest.mark.parametrize("weekday", ["monday", "friday", "sunday"])
def test_the_newest_week_closed_last_and_any_day_of_it_names_it(tmp_path: Path, weekday: str) -> None:
    current = changed(config(tmp_path), weekly={"day": weekday})
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    newest = newest_week(current, now)
    assert f"{newest:%A}".lower() == weekday
    assert week_of(current, newest).end <= now < week_of(current, newest + timedelta(days=7)).end
    assert {closed_week(current, each, now) for each in days_of(newest)} == {newest}
    with pytest.raises(DayError, match="closes at"):
        closed_week(current, newest + timedelta(days=1), now)


@pytest.fixture
def told(tmp_path: Path) -> Config:
    """A store that has read something on Thursday, whose daily editions until Friday are made."""
    current = changed(config(tmp_path, time_zone="UTC", hour=6), weekly={"enabled": True})
    see(current, datetime(2026, 11, 26, 12, tzinfo=UTC), "Story")
    editions.daily(current, FRIDAY, editions.window_of(current, FRIDAY).end)
    return current


def test_it_is_due_from_its_hour_on_when_the_daily_edition_is_made_and_only_where_it_is_wanted(told: Config) -> None:
    end = week_of(told, FRIDAY).end
    assert not is_week_due(told, end - HOUR)
    assert is_week_due(told, end)
    assert not is_week_due(changed(told, weekly={"enabled": False}), end)
    assert not is_week_due(changed(told, weekly={"enabled": True, "day": "saturday"}), end)


def test_whoever_switches_it_on_in_the_middle_of_a_week_waits_for_its_end(told: Config) -> None:
    end = week_of(told, FRIDAY).end
    see(told, end + 40 * HOUR, "Later")
    for back in (1, 2):
        day = FRIDAY + timedelta(days=back)
        editions.daily(told, day, editions.window_of(told, day).end)
    assert not is_week_due(told, end + 49 * HOUR)


def test_it_waits_for_the_daily_edition_of_its_last_day(tmp_path: Path) -> None:
    current = changed(config(tmp_path, time_zone="UTC", hour=6), weekly={"enabled": True})
    see(current, datetime(2026, 11, 24, 12, tzinfo=UTC), "Story")
    see(current, datetime(2026, 11, 26, 12, tzinfo=UTC), "Another")
    wednesday = date(2026, 11, 25)
    editions.daily(current, wednesday, editions.window_of(current, wednesday).end)
    end = week_of(current, FRIDAY).end
    assert not is_week_due(current, end)
    editions.daily(current, FRIDAY, end)
    assert is_week_due(current, end)


def test_a_week_that_no_daily_edition_tells_is_not_due(tmp_path: Path) -> None:
    current = changed(config(tmp_path, time_zone="UTC", hour=6), weekly={"enabled": True})
    see(current, datetime(2026, 11, 2, 12, tzinfo=UTC), "Long ago")
    assert not is_week_due(current, week_of(current, FRIDAY).end)

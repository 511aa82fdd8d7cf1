"""Windows are local days, half-open, right across clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from flows.digest.window import daily_window, last_24_hours, latest_day


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Europe/Berlin", date(2026, 7, 1), 24),
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Pacific/Tongatapu", date(2026, 11, 1), 24),
    ],
)
def test_a_local_day_has_the_hours_that_its_clocks_give_it(zone: str, day: date, hours: int) -> None:
    window = daily_window(day, zone)
    assert window.end - window.start == timedelta(hours=hours)


def test_the_hour_of_the_window_is_local_on_both_sides_of_a_change() -> None:
    window = daily_window(date(2026, 10, 24), "Europe/Berlin", 6)
    assert window == (datetime(2026, 10, 24, 4, tzinfo=UTC), datetime(2026, 10, 25, 5, tzinfo=UTC))


def test_a_zone_thirteen_hours_ahead() -> None:
    assert daily_window(date(2026, 11, 22), "Pacific/Tongatapu", 6).start == datetime(2026, 11, 21, 17, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Tongatapu", "Australia/Lord_Howe"])
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 6, 23])
def test_windows_leave_no_gap_and_no_overlap_all_year(zone: str, hour: int) -> None:
    first = date(2026, 1, 1)
    windows = [daily_window(first + timedelta(days=number), zone, hour) for number in range(366)]
    assert all(before.end == after.start for before, after in pairwise(windows))
    assert all(window.start < window.end for window in windows)


def test_the_latest_day_is_the_one_whose_window_has_just_closed() -> None:
    closing = datetime(2026, 11, 22, 5, tzinfo=UTC)
    assert latest_day(closing, "Europe/Berlin", 6) == date(2026, 11, 21)
    assert latest_day(closing - timedelta(seconds=1), "Europe/Berlin", 6) == date(2026, 11, 20)


def test_the_last_24_hours_hold_what_was_stored_in_this_very_second() -> None:
    now = datetime(2026, 11, 22, 5, 0, 7, 900_000, tzinfo=UTC)
    window = last_24_hours(now)
    assert window.start <= now.replace(microsecond=0) < window.end
    assert window.end - window.start == timedelta(hours=24)

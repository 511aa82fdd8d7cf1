"""When the flows run, by the config."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.config.schedules import PlannedSchedule, next_on_grid, plan
from flows.config.settings import Config


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "zone", "now", "due"),
    [
        (20, "UTC", "2026-11-29T06:19:59", "2026-11-29T06:20"),
        (20, "UTC", "2026-11-29T06:20:00", "2026-11-29T06:40"),
        (20, "UTC", "2026-11-29T23:50:00", "2026-11-30T00:00"),
        # Midnight there is 18:15 of the day before.
        (60, "Asia/Kathmandu", "2026-11-29T06:20:00", "2026-11-29T07:15"),
        (240, "Asia/Seoul", "2026-11-29T06:20:00", "2026-11-29T07:00"),
        (1440, "America/New_York", "2026-11-29T06:20:00", "2026-11-30T05:00"),
    ],
)
def test_the_grid_counts_from_midnight_of_the_zone(minutes: int, zone: str, now: str, due: str) -> None:
    assert next_on_grid(PlannedSchedule("grid", zone, minutes=minutes), at(now)) == at(due)


def test_the_grid_does_not_drift() -> None:
    grid, now = PlannedSchedule("grid", "Europe/Warsaw", minutes=20), at("2026-10-24T21:03:17")
    for _ in range(200):  # over a night in which the clocks there are put back
        due = next_on_grid(grid, now)
        assert due.astimezone(ZoneInfo(grid.zone)).minute % 20 == 0
        assert due - now <= timedelta(minutes=20)
        now = due + timedelta(seconds=11)


def test_zones_hours_and_crons_are_those_of_the_config() -> None:
    current = Config.model_validate(
        {
            "digest": {"hour": 7, "time_zone": "Europe/Warsaw"},
            "schedule": {"monitor_minutes": 5, "prune_cron": ""},
            "recipient": [{"address": "a@x.example", "hour": 9, "time_zone": "Asia/Seoul"}],
        }
    )
    by_name = {each.name: each for each in plan(current)}
    assert [(each.minutes, each.zone) for each in by_name["monitor"].schedules] == [(5, "Europe/Warsaw")]
    assert {(each.cron, each.zone) for each in by_name["digest"].schedules} == {
        ("0 7 * * *", "Europe/Warsaw"),
        ("0 9 * * *", "Asia/Seoul"),
    }
    assert by_name["backup"].schedules[0].zone == "Europe/Warsaw"
    assert by_name["prune"].schedules == ()
    for each in by_name.values():
        slugs = [schedule.slug for schedule in each.schedules]
        assert len(set(slugs)) == len(slugs)

"""When a flow is late by its schedule."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.alarms import watch
from flows.alarms.lateness import late_from
from flows.config.settings import Config
from tests.support.watched_store import HOUR, NOON, run, watched


@pytest.mark.parametrize(
    ("flow", "late"),
    [
        ("monitor", datetime(2026, 3, 28, 13, tzinfo=UTC)),
        # The night on which clocks skip the hour: it is due at three then, which is one in UTC.
        ("backup", datetime(2026, 3, 30, 1, tzinfo=UTC)),
        ("retrain", datetime(2026, 3, 31, 1, tzinfo=UTC)),
        ("prune", None),
        ("digest", None),
    ],
)
def test_a_flow_is_late_a_day_after_its_cron_line_or_three_intervals(flow: str, late: datetime | None) -> None:
    schedule = {"prune_cron": "", "retrain_cron": "0 3 * * 1"}
    current = Config.model_validate({"digest": {"time_zone": "Europe/Berlin"}, "schedule": schedule})
    assert late_from(current, flow, datetime(2026, 3, 28, 12, tzinfo=UTC)) == late


def test_a_line_that_is_not_understood_here_raises_no_alarm() -> None:
    current = Config.model_validate({"schedule": {"backup_cron": "at night"}})
    assert late_from(current, "backup", NOON) is None


def test_a_backup_that_is_late_is_raised_only_where_there_ever_was_one(tmp_path: Path) -> None:
    current = watched(tmp_path)
    assert watch.look(current, NOON) == []
    run(current, "backup", NOON - 72 * HOUR)
    assert [(each.kind, each.subject) for each in watch.look(current, NOON)] == [("flow late", "backup")]
    run(current, "backup", NOON)
    assert watch.look(current, NOON) == []

"""From when on a flow is late: the one door to cronsim, which knows the moments that a cron line names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from flows.config.settings import Config

LATE_PASSES = 3
"""A pass is late after so many intervals: one may fail for a moment's want of network, and one run long."""
LEAST_LATE = timedelta(hours=1)
"""However short the interval: a pass over hundreds of slow feeds takes minutes."""
LATE_CRON = timedelta(hours=24)
"""So long after the moment that its cron line names: a machine that was off for the night is not worth an alarm, since
the run is made up for."""


def pass_allowed(current: Config) -> timedelta:
    """The longest time between two completed passes."""
    return max(LEAST_LATE, LATE_PASSES * timedelta(minutes=current.schedule.monitor_minutes))


def late_from(current: Config, flow: str, last: datetime) -> datetime | None:
    """From when on the flow is late that was last completed then (or first began, where it never was); None where no
    schedule asks for it, or by a line that cannot be understood here."""
    if flow == "monitor":
        return last + pass_allowed(current)
    schedule = current.schedule
    crons = {"retrain": schedule.retrain_cron, "backup": schedule.backup_cron, "prune": schedule.prune_cron}
    line = crons.get(flow, "")
    if not line:
        return None
    try:
        due = next(CronSim(line, last.astimezone(ZoneInfo(current.digest.time_zone))))
    except (CronSimError, StopIteration):
        return None
    return due.astimezone(UTC) + LATE_CRON

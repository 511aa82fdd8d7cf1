"""From when on a flow is late."""

from __future__ import annotations

from datetime import timedelta

from flows.config.settings import Config

LATE_PASSES = 3
"""A pass is late after so many intervals: one may fail for a moment's want of network, and one run long."""
LEAST_LATE = timedelta(hours=1)
"""However short the interval: a pass over hundreds of slow feeds takes minutes."""


def pass_allowed(current: Config) -> timedelta:
    """The longest time between two completed passes."""
    return max(LEAST_LATE, LATE_PASSES * timedelta(minutes=current.schedule.monitor_minutes))

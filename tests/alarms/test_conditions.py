"""Each condition: bad beyond its line, good behind another, and in between nothing changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.alarms.conditions import CONDITIONS, HEADLINES, headline_of, readings
from flows.alarms.state import (
    DigestState,
    DiskState,
    FeedsState,
    FlowFailures,
    FlowTimes,
    Retrained,
    WatchState,
    WayCopies,
)
from flows.config.settings import WatchSettings

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIMITS = WatchSettings(no_entries_hours=24, feeds_failing_percent=50, digest_minutes=60, disk_percent=5)


def verdicts(limits: WatchSettings = LIMITS, **parts: Any) -> list[str]:
    """What is said of a state of which only these parts could be looked at."""
    return [each.verdict for each in readings(WatchState(NOW, **parts), limits)]


def disk(percent: float) -> DiskState:
    return DiskState("/var", int(1e9 * percent), int(1e11))


def digest(is_there: bool, hours: float, *copies: WayCopies) -> DigestState:
    return DigestState("2026-11-20", NOW - hours * HOUR, is_there, copies)


SENT, STUCK = WayCopies("mail", 2, 1), WayCopies("webhook", 0, 1, "503")


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [
        ({"times": (FlowTimes("monitor", NOW - HOUR, NOW - HOUR / 60),)}, "bad"),
        ({"times": (FlowTimes("monitor", NOW - HOUR, NOW),)}, "good"),
        ({"newest_entry_at": NOW - 24 * HOUR}, "bad"),
        ({"newest_entry_at": NOW - 23 * HOUR}, "between"),
        ({"newest_entry_at": NOW - 12 * HOUR}, "between"),
        ({"newest_entry_at": NOW - 11 * HOUR}, "good"),
        ({"feeds": FeedsState(10, 5)}, "bad"),
        ({"feeds": FeedsState(10, 4)}, "between"),
        ({"feeds": FeedsState(10, 3)}, "good"),
        ({"digest": digest(False, 0.5)}, "between"),
        ({"digest": digest(False, 1)}, "bad"),
        ({"digest": digest(True, 0.5, SENT, STUCK)}, "between"),
        ({"digest": digest(True, 1, SENT, STUCK)}, "bad"),
        ({"digest": digest(True, 1, SENT)}, "good"),
        ({"digest": digest(True, 0)}, "good"),
        ({"disk": disk(4.9)}, "bad"),
        ({"disk": disk(5)}, "between"),
        ({"disk": disk(5.9)}, "between"),
        ({"disk": disk(6)}, "good"),
        # A tenth of a small disk may be too little for one run.
        ({"disk": DiskState("/var", 7 * 2**20, 70 * 2**20)}, "bad"),
        ({"damage": "malformed"}, "bad"),
        ({"damage": ""}, "good"),
        ({"retrained": Retrained("refused", "m-2", "worse")}, "bad"),
        ({"retrained": Retrained("too few", "m-2", "too few labels")}, "between"),
        ({"retrained": Retrained("champion", "m-3", "better")}, "good"),
    ],
)
def test_a_line_to_raise_at_and_another_to_end_at(parts: dict[str, Any], verdict: str) -> None:
    assert verdicts(**parts) == [verdict]


@pytest.mark.parametrize(
    ("failures", "completed", "over", "verdict"), [(1, 0, False, "bad"), (3, 2, False, "bad"), (1, 3, True, "good")]
)
def test_a_flow_that_failed(failures: int, completed: int, over: bool, verdict: str) -> None:
    told = FlowFailures("digest", NOW - HOUR, NOW, failures, completed, over, ("StoreError: worn out",))
    (found,) = readings(WatchState(NOW, failures=(told,)), LIMITS)
    assert (found.verdict, found.subject, found.since) == (verdict, "digest", NOW - HOUR)
    assert headline_of(found) == "digest failed"
    assert ("StoreError: worn out" in found.lines) is (verdict == "bad")


def test_what_could_not_be_looked_at_changes_nothing() -> None:
    assert verdicts() == []
    assert verdicts(feeds=FeedsState(0, 0)) == []


def test_each_line_can_be_switched_off() -> None:
    off = WatchSettings(no_entries_hours=0, feeds_failing_percent=0, digest_minutes=0, disk_percent=0)
    parts = {"newest_entry_at": NOW - 99 * HOUR, "feeds": FeedsState(2, 2), "disk": disk(0.01)}
    assert verdicts(off, digest=digest(False, 9), **parts) == ["good"] * 4


def test_a_line_of_all_of_the_disk_can_be_met() -> None:
    everything = WatchSettings(disk_percent=100)
    assert verdicts(everything, disk=DiskState("/var", 10**11, 10**11)) == ["good"]


def test_every_kind_has_its_condition_and_its_words() -> None:
    assert len(CONDITIONS) == len(HEADLINES)
    assert {each.__name__.replace("_", " ") for each in CONDITIONS} == HEADLINES.keys()

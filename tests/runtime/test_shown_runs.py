"""What runs are called."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun

from flows.runtime.shown_runs import name_of

DUE = datetime(2026, 11, 20, 6, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("flow", "drawn", "now", "named"),
    [
        ("monitor", "monitor 03:00", "", "monitor 03:00"),
        ("monitor", "tunneling-goat", "", "monitor 06:20"),
        ("digest", "amethyst-salmon", "2026-11-19T18:00:00+00:00", "digest 2026-11-19 18:00"),
    ],
)
def test_a_run_that_was_killed_early_is_called_by_what_it_is_and_when_it_was_due(
    flow: str, drawn: str, now: str, named: str
) -> None:
    run = FlowRun(flow_id=uuid4(), name=drawn, expected_start_time=DUE, parameters={"now": now, "config": ""})
    assert name_of(flow, run) == named

"""The table of flow runs: our own log, since Prefect's is no source of facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.records import RunOutcome
from db.times import to_text


def start(store: Database, run_id: str, flow: str, now: datetime) -> None:
    """Write down that a run began."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO runs (id, flow, started_at, finished_at, outcome, detail)"
            " VALUES (?, ?, ?, NULL, 'running', '{}')",
            (run_id, flow, to_text(now)),
        )


def finish(store: Database, run_id: str, outcome: RunOutcome, detail: Mapping[str, Any], now: datetime) -> None:
    """Write down how a run ended."""
    with writing(store) as connection:
        connection.execute(
            "UPDATE runs SET finished_at = ?, outcome = ?, detail = ? WHERE id = ?",
            (to_text(now), outcome, json.dumps(dict(detail), sort_keys=True), run_id),
        )


def under_way(store: Database, flows: Sequence[str], since: datetime) -> bool:
    """Whether a run of one of those flows that began at or after ``since`` has not ended."""
    marks = ", ".join("?" * len(flows))
    found = store.execute(
        f"SELECT 1 FROM runs WHERE outcome = 'running' AND started_at >= ? AND flow IN ({marks}) LIMIT 1",
        [to_text(since), *flows],
    )
    return found.fetchone() is not None

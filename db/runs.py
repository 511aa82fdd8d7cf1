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


def note(store: Database, run_id: str, detail: Mapping[str, Any]) -> None:
    """Write down how far a run has come; in the transaction that stores what it did, neither is there without the
    other."""
    with writing(store) as connection:
        connection.execute(
            "UPDATE runs SET detail = ? WHERE id = ?", (json.dumps(dict(detail), sort_keys=True), run_id)
        )


def newest_detail(store: Database, flow: str, key: str) -> dict[str, Any] | None:
    """What the newest run of ``flow`` whose detail has ``key`` wrote down; None where there is none."""
    rows = store.execute(
        "SELECT detail FROM runs WHERE flow = ? AND json_extract(detail, '$.' || ?) IS NOT NULL"
        " ORDER BY started_at DESC, rowid DESC LIMIT 1",
        [flow, key],
    ).fetchall()
    return next((dict(json.loads(row[0])) for row in rows), None)


def under_way(store: Database, flows: Sequence[str], since: datetime) -> bool:
    """Whether a run of one of those flows that began at or after ``since`` has not ended."""
    marks = ", ".join("?" * len(flows))
    found = store.execute(
        f"SELECT 1 FROM runs WHERE outcome = 'running' AND started_at >= ? AND flow IN ({marks}) LIMIT 1",
        [to_text(since), *flows],
    )
    return found.fetchone() is not None

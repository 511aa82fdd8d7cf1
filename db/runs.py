"""The table of flow runs: our own log, since Prefect's is no source of facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.records import RunOutcome
from db.times import to_moment, to_text


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """A line of the log of runs. ``number`` counts in the order in which they began; ``finished_at`` is None for as
    long as the outcome is "running"."""

    number: int
    id: str
    flow: str
    started_at: datetime
    finished_at: datetime | None
    outcome: RunOutcome
    detail: Mapping[str, Any]


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


def close(store: Database, run_id: str, detail: Mapping[str, Any], now: datetime) -> bool:
    """Write down that a run failed of which nobody wrote the end; whether it had none."""
    with writing(store) as connection:
        done = connection.execute(
            "UPDATE runs SET finished_at = ?, outcome = 'failed', detail = ? WHERE id = ? AND outcome = 'running'",
            (to_text(now), json.dumps(dict(detail), sort_keys=True), run_id),
        )
        return done.rowcount == 1


def unfinished(store: Database) -> list[LoggedRun]:
    """The runs whose end is not written down, in the order in which they began."""
    return _runs(store, "outcome = 'running'", [])


def named(store: Database, run_id: str) -> list[LoggedRun]:
    """The run of that id; none where there is no such run any more."""
    return _runs(store, "id = ?", [run_id])


def after(store: Database, number: int) -> list[LoggedRun]:
    """The runs that began after the one of that number, in that order."""
    return _runs(store, "rowid > ?", [number])


def last_number(store: Database) -> int:
    """The number of the run that began last; 0 where there is none."""
    found: int = store.execute("SELECT coalesce(max(rowid), 0) FROM runs").fetchone()[0]
    return found


def _runs(store: Database, which: str, values: list[Any]) -> list[LoggedRun]:
    rows = store.execute(
        f"SELECT rowid, id, flow, started_at, finished_at, outcome, detail FROM runs WHERE {which} ORDER BY rowid",
        values,
    )
    return [
        LoggedRun(
            number, run_id, flow, to_moment(begun), to_moment(ended) if ended else None, outcome, json.loads(told)
        )
        for number, run_id, flow, begun, ended, outcome, told in rows
    ]

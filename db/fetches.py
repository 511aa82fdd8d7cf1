"""The fetch log, read back as coverage: what was and what was not read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.records import Coverage, Fetch
from db.times import to_moment, to_text

COUNTS = ("seen", "new", "duplicate", "edited", "capped", "rejected")
"""The first is the sum of the others."""


def coverage_of_run(store: Database, run_id: str) -> Coverage:
    """What the fetches of one run came to."""
    return _coverage(store, "fetches.run_id = ?", [run_id])


def coverage_of_window(store: Database, start: datetime, end: datetime) -> Coverage:
    """What the fetches begun in [start, end) came to. A feed counts as read when any of them succeeded."""
    return _coverage(store, "fetches.started_at >= ? AND fetches.started_at < ?", [to_text(start), to_text(end)])


def heard_nothing(store: Database, run_id: str) -> bool:
    """Whether a run asked several feeds and no server answered, as when our own network is down."""
    asked, heard = store.execute(
        "SELECT count(*), count(status) FROM fetches WHERE run_id = ? AND outcome <> 'postponed'", [run_id]
    ).fetchone()
    return bool(asked > 1 and heard == 0)


def of_run(store: Database, run_id: str) -> list[tuple[str, Fetch]]:
    """(outlet or address, fetch) of each fetch of one run, in the order of the feeds."""
    rows = store.query(
        "SELECT fetches.*, feeds.outlet AS outlet, feeds.url AS url FROM fetches"
        " JOIN feeds ON feeds.id = fetches.feed_id WHERE fetches.run_id = ? ORDER BY feeds.id, fetches.id",
        [run_id],
    )
    return [(row["outlet"] or row["url"], _fetch(row)) for row in rows]


def _fetch(row: Mapping[str, Any]) -> Fetch:
    plain = {field.name: row[field.name] for field in fields(Fetch) if field.name not in ("started_at", "reasons")}
    return Fetch(**plain, started_at=to_moment(row["started_at"]), reasons=json.loads(row["reasons"]))


def _coverage(store: Database, where: str, parameters: list[str]) -> Coverage:
    totals = Counter[str]()
    reasons = Counter[str]()
    read: set[int] = set()
    failures: dict[int, tuple[str, str]] = {}
    rows = store.query(
        "SELECT fetches.*, feeds.outlet AS outlet, feeds.url AS url FROM fetches"
        f" JOIN feeds ON feeds.id = fetches.feed_id WHERE {where} ORDER BY fetches.id",
        parameters,
    )
    for row in rows:
        totals.update({name: row[name] for name in COUNTS})
        totals["unchanged"] += row["outcome"] == "unchanged"
        reasons.update(json.loads(row["reasons"]))
        if row["outcome"] in ("failed", "postponed"):
            failures[row["feed_id"]] = (row["outlet"] or row["url"], row["error"])
        else:
            read.add(row["feed_id"])
            failures.pop(row["feed_id"], None)
    return Coverage(
        feeds=len(read | failures.keys()),
        read=len(read),
        unchanged=totals["unchanged"],
        failed=len(failures.keys() - read),
        **{name: totals[name] for name in COUNTS},
        failures=tuple(failures[feed_id] for feed_id in sorted(failures.keys() - read)),
        reasons=dict(sorted(reasons.items())),
    )

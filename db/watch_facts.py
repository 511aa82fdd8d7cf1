"""What the watch over the monitor asks of a store: when what was last done. Reads alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.times import to_moment, to_text

IN_A_ROW = 2
"""Checks of a feed that failed one after the other: one may fail for a moment's want of network."""


@dataclass(frozen=True, slots=True)
class CopiesFacts:
    """The copies of an edition by one way whose hour has come: accepted ones, others, what was last said of these."""

    way: str
    accepted: int
    others: int
    said: str


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """``begun``: flow → when its first run began; ``completed``: flow → when its last one was completed; ``retrained``:
    the detail of the last completed run of retrain."""

    begun: Mapping[str, datetime]
    completed: Mapping[str, datetime]
    newest_entry_at: datetime | None
    feeds: int
    failing_feeds: int
    retrained: Mapping[str, Any]


def facts(connection: sqlite3.Connection) -> StoreFacts:
    """What the store says."""
    rows = connection.execute(
        "SELECT flow, min(started_at), max(CASE WHEN outcome = 'completed' THEN finished_at END) FROM runs"
        " GROUP BY flow"
    ).fetchall()
    (newest,) = connection.execute("SELECT max(first_seen_at) FROM entries").fetchone()
    feeds, failing = connection.execute(
        "SELECT count(*), coalesce(sum(failures >= ?), 0) FROM feeds LEFT JOIN feed_states ON feeds.id = feed_id"
        " WHERE enabled = 1",
        (IN_A_ROW,),
    ).fetchone()
    last = connection.execute(
        "SELECT detail FROM runs WHERE flow = 'retrain' AND outcome = 'completed' ORDER BY finished_at DESC LIMIT 1"
    ).fetchone()
    return StoreFacts(
        begun={flow: to_moment(first) for flow, first, _ in rows},
        completed={flow: to_moment(done) for flow, _, done in rows if done},
        newest_entry_at=to_moment(newest) if newest else None,
        feeds=feeds,
        failing_feeds=failing,
        retrained=json.loads(last[0]) if last else {},
    )


def newest_daily_end(connection: sqlite3.Connection) -> datetime | None:
    """When the window of the newest daily edition closed; None before the first."""
    (end,) = connection.execute("SELECT max(window_end) FROM editions WHERE kind = 'daily'").fetchone()
    return to_moment(end) if end else None


def copies_of_newest_daily(connection: sqlite3.Connection, now: datetime) -> list[CopiesFacts]:
    """The copies of the newest daily edition by each way, without those that wait for their reader's hour."""
    rows = connection.execute(
        "SELECT way, sum(state = 'accepted'), sum(state <> 'accepted'),"
        " max(CASE WHEN state <> 'accepted' THEN detail END) FROM deliveries"
        " WHERE edition_id = (SELECT id FROM editions WHERE kind = 'daily' ORDER BY window_end DESC, id DESC LIMIT 1)"
        " AND NOT (state = 'prepared' AND next_try_at > ?) GROUP BY way ORDER BY way",
        (to_text(now),),
    )
    return [CopiesFacts(way, accepted, others, said or "") for way, accepted, others, said in rows]


def was_awake(connection: sqlite3.Connection, start: datetime, end: datetime) -> bool:
    """Whether a pass was completed in [start, end): a monitor that was off tells nothing of that time."""
    found = connection.execute(
        "SELECT 1 FROM runs WHERE flow = 'monitor' AND outcome = 'completed' AND started_at >= ? AND started_at < ?"
        " LIMIT 1",
        (to_text(start), to_text(end)),
    )
    return found.fetchone() is not None

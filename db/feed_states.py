"""The table of feed states: where each feed stands. `db.feeds` reads it beside the feeds themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlite_utils import Database

from db.connect import writing
from db.times import to_moment, to_text


@dataclass(frozen=True, slots=True)
class FeedState:
    """Where a feed stands.

    ``address`` is where it is read since it has moved (empty: where it is listed). ``validated_url``, ``etag``,
    ``last_modified`` and ``body_hash`` come from its last sound answer, ``full_at`` is when a body was read last,
    ``newest_at`` the newest date that stood in one. ``failures`` and ``successes`` are counted in a row;
    ``noticed_at`` is set from the notice that it fails until it has recovered; ``moved_since`` is when
    ``moved_to`` was first given as its new address.
    """

    feed_id: int
    next_check_at: datetime
    next_check_why: str = "never read"
    address: str = ""
    host: str = ""
    validated_url: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    interval_seconds: int = 0
    full_at: datetime | None = None
    newest_at: datetime | None = None
    last_success_at: datetime | None = None
    failures: int = 0
    successes: int = 0
    failing_since: datetime | None = None
    last_error: str = ""
    noticed_at: datetime | None = None
    moved_to: str = ""
    moved_since: datetime | None = None
    gone_at: datetime | None = None


_NAMES = tuple(field.name for field in fields(FeedState))
_TIMES = frozenset(name for name in _NAMES if name.endswith("_at") or name.endswith("_since"))
_SAVE = f"INSERT OR REPLACE INTO feed_states ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"


def ensure(connection: sqlite3.Connection, now: datetime) -> None:
    """Give every feed that has none a state: never read, due at once. Part of a write transaction."""
    without = connection.execute(
        "SELECT id, url FROM feeds WHERE NOT EXISTS (SELECT 1 FROM feed_states WHERE feed_id = feeds.id)"
    ).fetchall()
    states = [FeedState(feed_id, now, host=_host(url)) for feed_id, url in without]
    connection.executemany(_SAVE, map(_row, states))


def save(store: Database, state: FeedState) -> None:
    """Write down where a feed stands."""
    with writing(store) as connection:
        connection.execute(_SAVE, _row(state))


def excuse(store: Database, run_id: str, at: datetime, why: str) -> None:
    """Have every feed that a run asked checked again at ``at``: what went wrong was not theirs."""
    with writing(store) as connection:
        connection.execute(
            "UPDATE feed_states SET next_check_at = ?, next_check_why = ?"
            " WHERE feed_id IN (SELECT feed_id FROM fetches WHERE run_id = ?)",
            (to_text(at), why, run_id),
        )


def state_from(row: Mapping[str, Any]) -> FeedState:
    """A row of the table as a record."""
    return FeedState(**{name: _read(name, row[name]) for name in _NAMES})


def _read(name: str, value: Any) -> Any:
    return to_moment(value) if name in _TIMES and value is not None else value


def _row(state: FeedState) -> list[Any]:
    values = ((name, getattr(state, name)) for name in _NAMES)
    return [to_text(value) if name in _TIMES and value is not None else value for name, value in values]


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""

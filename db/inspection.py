"""Looking at a store without changing it: its schema, its soundness, and the figures that say how it fares."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from db.connect import StoreError
from db.migrations import known_names, migrations
from db.read_only import connect_read_only
from db.times import to_moment

BUSY_SECONDS = 0.5
"""So long a look waits for a writer; readers of a store in WAL mode need not wait at all."""
STEPS = 10_000
"""Instructions of SQLite between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a store holds. ``deliveries``: state → number; ``model``: the id of the champion, empty before the first;
    ``newest``: the latest moment that was written down, which no sound clock has yet to reach."""

    entries: int
    flagged: int
    passes: int
    last_pass_at: datetime | None
    feeds: int
    failing_feeds: int
    deliveries: Mapping[str, int]
    model: str
    model_made_at: datetime | None
    newest: datetime | None


@contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing, to a store of today's schema. Raises StoreError."""
    with _reading(path) as connection:
        if lacking := _lacking(connection, path):
            raise StoreError(
                f"{path} was written by an older axiswatch (it lacks {lacking[0]}):"
                " back it up, and the next `axiswatch run` brings it up to date"
            )
        yield connection


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.exists():
        raise StoreError(f"no store at {path}: run `axiswatch run` or `axiswatch demo` first")
    try:
        with closing(connect_read_only(path, BUSY_SECONDS)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"cannot read {path}: {error}; `axiswatch restore` brings a backup back, or change [store] path"
        ) from error


def _lacking(connection: sqlite3.Connection, path: Path) -> list[str]:
    """The migrations that are still to come. Raises StoreError for the file of another program or a newer version."""
    store = Database(connection)
    applied = {each.name for each in migrations.applied(store)}
    if newer := ", ".join(sorted(applied - known_names())):
        raise StoreError(f"{path} was written by a newer axiswatch ({newer}); install that or change [store] path")
    if not applied:
        raise StoreError(f"{path} is the database of another program; change [store] path")
    return [each.name for each in migrations.pending(store)]


def damage(path: Path, seconds: float) -> str | None:
    """What SQLite finds damaged, empty where all is sound, None where ``seconds`` did not suffice to look it all over.
    Raises StoreError where the file cannot be read at all."""
    end = time.monotonic() + seconds
    with _reading(path) as connection:
        connection.set_progress_handler(lambda: int(time.monotonic() > end), STEPS)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_INTERRUPT":
                return None
            raise
    return "" if found == "ok" else " ".join(str(found).split())


def figures(path: Path) -> Figures:
    """The figures of the store at ``path``. Raises StoreError."""
    with looking(path) as connection:

        def one(query: str) -> str | int | None:
            value: str | int | None = connection.execute(query).fetchone()[0]
            return value

        def number(query: str) -> int:
            return int(one(query) or 0)

        def moment(query: str) -> datetime | None:
            found = one(query)
            return to_moment(str(found)) if found else None

        model = connection.execute("SELECT id, created_at FROM model_versions WHERE status = 'champion'").fetchone()
        passes = "FROM runs WHERE flow = 'monitor' AND outcome = 'completed'"
        return Figures(
            entries=number("SELECT count(*) FROM entries"),
            flagged=number("SELECT count(*) FROM first_flagged"),
            passes=number(f"SELECT count(*) {passes}"),
            last_pass_at=moment(f"SELECT max(finished_at) {passes}"),
            feeds=number("SELECT count(*) FROM feeds WHERE enabled = 1"),
            failing_feeds=number(
                "SELECT count(*) FROM feed_states JOIN feeds ON feeds.id = feed_id WHERE enabled = 1 AND failures > 0"
            ),
            deliveries=dict(connection.execute("SELECT state, count(*) FROM deliveries GROUP BY state ORDER BY state")),
            model=model[0] if model else "",
            model_made_at=to_moment(model[1]) if model else None,
            newest=moment(
                "SELECT max(at) FROM (SELECT max(started_at) AS at FROM runs UNION ALL"
                " SELECT max(first_seen_at) FROM entries)"
            ),
        )

"""The table of editions: composed once, frozen, rendered from here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.records import Edition, EditionKind
from db.times import to_moment, to_text

NO_STORIES = ("images", "trace", "levels", "grid", "claims", "languages", "repeated", "near")
"""Keys of an edition's content that tell no story to be published."""
OF_DAYS = "kind IN ('daily', 'recent', 'reconstruction')"
"""Which editions tell a day, as SQL: each story of the store is told in these."""


def insert(
    store: Database,
    *,
    name: str,
    window: tuple[datetime, datetime],
    composed_at: datetime,
    model_version: str,
    config_hash: str,
    content: Mapping[str, Any],
    kind: EditionKind = "daily",
    pages: tuple[str, str] | None = None,
) -> Edition:
    """Freeze an edition under its name, with its ``pages`` (text, HTML) where they are rendered already. One that is
    there already wins: the stored edition is returned, so that two runs at once make one edition. ValueError for a
    content that holds a number without a finite value: JSON has none."""
    with writing(store) as connection:
        made = connection.execute(
            "INSERT INTO editions (name, window_start, window_end, composed_at, model_version, config_hash, content,"
            " kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
            (
                name,
                to_text(window[0]),
                to_text(window[1]),
                to_text(composed_at),
                model_version,
                config_hash,
                json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False),
                kind,
            ),
        )
        if made.rowcount and pages is not None:
            _keep_pages(connection, name, pages)
        edition = find(store, name)
    assert edition is not None  # inserted or there before, in this very transaction
    return edition


def find(store: Database, name: str) -> Edition | None:
    """The edition of that name, or None."""
    rows = store.query("SELECT * FROM editions WHERE name = ?", [name])
    return next((_edition(row) for row in rows), None)


def stories_alone(store: Database) -> Iterator[Edition]:
    """Every edition save those of threads, which tell one reader what others tell all, that whose window closed last
    at the end. Of the content what tells no story and may be absent is
    left out: pictures, figures, traces, repetitions, near misses."""
    left_out = ", ".join(f"'$.{key}'" for key in NO_STORIES)
    rows = store.query(
        "SELECT id, name, window_start, window_end, composed_at, model_version, config_hash, kind,"
        f" json_remove(content, {left_out}) AS content FROM editions WHERE kind <> 'thread'"
        " ORDER BY window_end, id"
    )
    return map(_edition, rows)


def state(store: Database) -> tuple[int, int, int]:
    """Numbers of which one changes whenever an edition is added, or a story joins a thread."""
    found = store.execute(
        "SELECT (SELECT count(*) FROM editions WHERE kind <> 'thread'),"
        " (SELECT ifnull(max(id), 0) FROM editions WHERE kind <> 'thread'),"
        " (SELECT count(*) FROM story_threads)"
    ).fetchone()
    return found[0], found[1], found[2]


def latest(store: Database) -> Edition | None:
    """The daily or recent edition whose window ends last, or None."""
    return _newest(store, "kind IN ('daily', 'recent')")


def latest_daily(store: Database) -> Edition | None:
    """The daily edition whose window ends last, or None."""
    return _newest(store, "kind = 'daily'")


def _newest(store: Database, which: str) -> Edition | None:
    rows = store.query(f"SELECT * FROM editions WHERE {which} ORDER BY window_end DESC, id DESC LIMIT 1")
    return next((_edition(row) for row in rows), None)


def latest_weekly(store: Database) -> Edition | None:
    """The weekly edition whose window ends last, or None."""
    return _newest(store, "kind = 'weekly'")


def ended_in(store: Database, start: datetime, end: datetime) -> Iterator[Edition]:
    """The editions of days (daily, recent, reconstructed) that ended in (start, end], the oldest first, without their
    pictures."""
    rows = store.query(
        "SELECT id, name, window_start, window_end, composed_at, model_version, config_hash, kind,"
        " json_remove(content, '$.images') AS content FROM editions"
        f" WHERE window_end > ? AND window_end <= ? AND {OF_DAYS} ORDER BY window_end, id",
        [to_text(start), to_text(end)],
    )
    return map(_edition, rows)


def count_ended_in(store: Database, start: datetime, end: datetime) -> int:
    """How many editions of days ended in (start, end]."""
    found = store.execute(
        f"SELECT count(*) FROM editions WHERE window_end > ? AND window_end <= ? AND {OF_DAYS}",
        [to_text(start), to_text(end)],
    )
    return int(found.fetchone()[0])


def story_traces(store: Database, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """What the editions that ended in (start, end] remember of the stories that they told, the newest edition first.
    Each trace names its edition under ``edition``. Alerts, weekly editions and those composed again are left out."""
    rows = store.query(
        "SELECT name, json_extract(content, '$.trace') AS trace FROM editions"
        f" WHERE window_end > ? AND window_end <= ? AND {OF_DAYS}"
        " ORDER BY window_end DESC, id DESC",
        [to_text(start), to_text(end)],
    )
    return [trace | {"edition": row["name"]} for row in rows for trace in json.loads(row["trace"] or "[]")]


def last_composed(store: Database) -> datetime | None:
    """When the newest daily or recent edition was composed, or None where there is none."""
    found = store.execute("SELECT max(composed_at) FROM editions WHERE kind IN ('daily', 'recent')").fetchone()[0]
    return None if found is None else to_moment(found)


def count_composed(store: Database, kind: EditionKind, start: datetime, end: datetime) -> int:
    """How many editions of that kind have a window that ends in [start, end)."""
    found = store.execute(
        "SELECT count(*) FROM editions WHERE kind = ? AND window_end >= ? AND window_end < ?",
        [kind, to_text(start), to_text(end)],
    )
    return int(found.fetchone()[0])


def pages(store: Database, edition_id: int) -> tuple[str, str] | None:
    """The (text, HTML) of an edition as they were rendered when it was frozen, or None where nothing was kept."""
    rows = store.query("SELECT text, html FROM edition_pages WHERE edition_id = ?", [edition_id])
    return next(((row["text"], row["html"]) for row in rows), None)


def _keep_pages(connection: sqlite3.Connection, name: str, told: tuple[str, str]) -> None:
    connection.execute(
        "INSERT INTO edition_pages (edition_id, text, html) SELECT id, ?, ? FROM editions WHERE name = ?",
        (*told, name),
    )


def _edition(row: Mapping[str, Any]) -> Edition:
    return Edition(
        id=row["id"],
        name=row["name"],
        window_start=to_moment(row["window_start"]),
        window_end=to_moment(row["window_end"]),
        composed_at=to_moment(row["composed_at"]),
        model_version=row["model_version"],
        config_hash=row["config_hash"],
        content=json.loads(row["content"]),
        kind=row["kind"],
    )

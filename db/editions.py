"""The table of editions: composed once, frozen, rendered from here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.times import to_moment, to_text
from db.types import Edition


def insert(
    store: Database,
    *,
    name: str,
    window: tuple[datetime, datetime],
    composed_at: datetime,
    model_version: str,
    config_hash: str,
    content: Mapping[str, Any],
) -> Edition:
    """Freeze an edition under its name. One that is there already wins: the stored edition is returned,
    so that two runs at once make one edition."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO editions (name, window_start, window_end, composed_at, model_version, config_hash, content)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
            (
                name,
                to_text(window[0]),
                to_text(window[1]),
                to_text(composed_at),
                model_version,
                config_hash,
                json.dumps(content, ensure_ascii=False, sort_keys=True),
            ),
        )
        edition = find(store, name)
    assert edition is not None  # inserted or there before, in this very transaction
    return edition


def find(store: Database, name: str) -> Edition | None:
    """The edition of that name, or None."""
    rows = store.query("SELECT * FROM editions WHERE name = ?", [name])
    return next((_edition(row) for row in rows), None)


def latest(store: Database) -> Edition | None:
    """The edition whose window ends last, or None."""
    rows = store.query("SELECT * FROM editions ORDER BY window_end DESC, id DESC LIMIT 1")
    return next((_edition(row) for row in rows), None)


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
    )

"""The table of model versions: what was fitted, on what, how good, and which one judges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.records import ModelStatus, ModelVersion
from db.times import to_moment, to_text


def insert(store: Database, version: ModelVersion) -> None:
    """Store a model version; one of the same id (the same inputs) is left as it is."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO model_versions (id, status, created_at, threshold, review_floor, data_hash, code_version,"
            " spec, metrics, note, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (
                version.id,
                version.status,
                to_text(version.created_at),
                version.threshold,
                version.review_floor,
                version.data_hash,
                version.code_version,
                json.dumps(dict(version.spec), sort_keys=True),
                json.dumps(dict(version.metrics), sort_keys=True),
                version.note,
                version.kind,
            ),
        )


def refit(store: Database, version: ModelVersion) -> None:
    """Store a version that was fitted again; a row of the same id (its file was lost) is brought up to date."""
    with writing(store) as connection:
        insert(store, version)
        connection.execute(
            "UPDATE model_versions SET created_at = ?, kind = ?, note = ?, code_version = ?, spec = ? WHERE id = ?",
            (
                to_text(version.created_at),
                version.kind,
                version.note,
                version.code_version,
                json.dumps(dict(version.spec), sort_keys=True),
                version.id,
            ),
        )


def refitted_since(store: Database, moment: datetime | None) -> list[ModelVersion]:
    """The versions that were fitted again after ``moment`` (None: ever), the oldest first."""
    rows = store.query(
        "SELECT * FROM model_versions WHERE kind = 'refitted' AND created_at > ? ORDER BY created_at, id",
        ["" if moment is None else to_text(moment)],
    )
    return [_version(row) for row in rows]


def promote(store: Database, version_id: str) -> None:
    """Make that version the champion and retire the one before, in one transaction."""
    with writing(store) as connection:
        connection.execute("UPDATE model_versions SET status = 'retired' WHERE status = 'champion'")
        changed = connection.execute("UPDATE model_versions SET status = 'champion' WHERE id = ?", (version_id,))
        if changed.rowcount != 1:
            raise LookupError(f"there is no model version {version_id} in the store")


def mark(store: Database, version_id: str, status: ModelStatus, note: str) -> None:
    """Give a version that is not the champion another status, with the reason."""
    with writing(store) as connection:
        connection.execute(
            "UPDATE model_versions SET status = ?, note = ? WHERE id = ? AND status != 'champion'",
            (status, note, version_id),
        )


def champion(store: Database) -> ModelVersion | None:
    """The version that judges, or None before the first training."""
    rows = store.query("SELECT * FROM model_versions WHERE status = 'champion'")
    return next((_version(row) for row in rows), None)


def find(store: Database, version_id: str) -> ModelVersion | None:
    """The version of that id, or None."""
    rows = store.query("SELECT * FROM model_versions WHERE id = ?", [version_id])
    return next((_version(row) for row in rows), None)


def all_versions(store: Database) -> list[ModelVersion]:
    """Every version, newest first."""
    rows = store.query("SELECT * FROM model_versions ORDER BY created_at DESC, id")
    return [_version(row) for row in rows]


def _version(row: Mapping[str, Any]) -> ModelVersion:
    return ModelVersion(
        id=row["id"],
        status=row["status"],
        created_at=to_moment(row["created_at"]),
        threshold=row["threshold"],
        review_floor=row["review_floor"],
        data_hash=row["data_hash"],
        code_version=row["code_version"],
        spec=json.loads(row["spec"]),
        metrics=json.loads(row["metrics"]),
        note=row["note"],
        kind=row["kind"],
    )

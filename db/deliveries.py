"""The table of deliveries: where each recipient's copy of an edition stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from db.connect import writing
from db.times import to_moment, to_text
from db.types import Delivery, DeliveryState


def prepare(
    store: Database,
    edition_id: int,
    recipient: str,
    way: Literal["outbox", "smtp"],
    message_id: str,
    now: datetime,
) -> Delivery:
    """The delivery of that edition to that recipient, written down before anything leaves; the one that is there
    already is returned as it stands."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO deliveries (edition_id, recipient, way, state, message_id, updated_at, detail)"
            " VALUES (?, ?, ?, 'prepared', ?, ?, '') ON CONFLICT (edition_id, recipient, way) DO NOTHING",
            (edition_id, recipient, way, message_id, to_text(now)),
        )
        rows = store.query(
            "SELECT * FROM deliveries WHERE edition_id = ? AND recipient = ? AND way = ?", [edition_id, recipient, way]
        )
        return next(_delivery(row) for row in rows)


def mark(store: Database, delivery_id: int, state: DeliveryState, detail: str, now: datetime) -> None:
    """Write down how far a delivery came."""
    with writing(store) as connection:
        connection.execute(
            "UPDATE deliveries SET state = ?, detail = ?, updated_at = ? WHERE id = ?",
            (state, detail, to_text(now), delivery_id),
        )


def of_edition(store: Database, edition_id: int) -> list[Delivery]:
    """Every delivery of an edition, in the order in which they were prepared."""
    rows = store.query("SELECT * FROM deliveries WHERE edition_id = ? ORDER BY id", [edition_id])
    return [_delivery(row) for row in rows]


def _delivery(row: Mapping[str, Any]) -> Delivery:
    return Delivery(
        id=row["id"],
        edition_id=row["edition_id"],
        recipient=row["recipient"],
        way=row["way"],
        state=row["state"],
        message_id=row["message_id"],
        updated_at=to_moment(row["updated_at"]),
        detail=row["detail"],
    )

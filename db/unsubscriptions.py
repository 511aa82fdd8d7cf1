"""The table of unsubscriptions: who asked to get no more mails, and whom the operator took back in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.records import Unsubscription
from db.times import to_moment, to_text


def add(store: Database, address: str, now: datetime) -> bool:
    """Keep that whoever reads there asked for no more mails. False where that stands already: nothing changes then."""
    with writing(store) as connection:
        added = connection.execute(
            "INSERT INTO unsubscriptions (address, asked_at) VALUES (?, ?)"
            " ON CONFLICT (address) WHERE taken_back_at IS NULL DO NOTHING",
            (address.casefold(), to_text(now)),
        )
        return added.rowcount == 1


def take_back(store: Database, address: str, now: datetime) -> bool:
    """Let the address get mails again. False where no request of it stands."""
    with writing(store) as connection:
        changed = connection.execute(
            "UPDATE unsubscriptions SET taken_back_at = ? WHERE address = ? AND taken_back_at IS NULL",
            (to_text(now), address.casefold()),
        )
        return changed.rowcount == 1


def every(store: Database) -> list[Unsubscription]:
    """Every request, those that were taken back as well, in the order in which they came."""
    return [_unsubscription(row) for row in store.query("SELECT * FROM unsubscriptions ORDER BY id")]


def standing(store: Database) -> frozenset[str]:
    """The addresses, in lower case, that get no mails."""
    rows = store.query("SELECT address FROM unsubscriptions WHERE taken_back_at IS NULL")
    return frozenset(row["address"] for row in rows)


def _unsubscription(row: Mapping[str, Any]) -> Unsubscription:
    taken_back_at = row["taken_back_at"]
    return Unsubscription(
        row["address"], to_moment(row["asked_at"]), None if taken_back_at is None else to_moment(taken_back_at)
    )

"""The table of deliveries: where each recipient's copy of an edition stands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlite_utils import Database

from db.connect import writing
from db.records import Delivery, EditionKind
from db.times import to_moment, to_text

MOST_UNSURE = 2
"""How often the content of a mail may be sent without an answer of the server before the mail is given up: a recipient
gets at most one copy too many."""
MOST_KILLED = 5
"""How often the sending process may be killed while the content of a mail is on its way before the mail is given up: it
may itself be the cause."""
DAILY, WEEKLY = ("daily", "recent"), ("weekly", "lookback")
"""Kinds of editions whose mails follow each other as one thread."""
RECENT_WINDOWS = timedelta(days=14)
"""How long after its window an edition of which no copy was prepared is still looked for (see `unprepared`)."""


def prepare(
    store: Database,
    edition_id: int,
    recipient: str,
    way: str,
    message_id: str,
    now: datetime,
    *,
    due_at: datetime | None = None,
    in_reply_to: str = "",
) -> Delivery:
    """The delivery of that edition to that recipient, written down before anything leaves; the one that is there
    already is returned as it stands. It is due at ``due_at`` (None: at once)."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO deliveries (edition_id, recipient, way, state, message_id, updated_at, detail, next_try_at,"
            " in_reply_to) VALUES (?, ?, ?, 'prepared', ?, ?, '', ?, ?) ON CONFLICT (edition_id, recipient, way)"
            " DO NOTHING",
            (edition_id, recipient, way, message_id, to_text(now), to_text(due_at or now), in_reply_to),
        )
        rows = store.query(
            "SELECT * FROM deliveries WHERE edition_id = ? AND recipient = ? AND way = ?", [edition_id, recipient, way]
        )
        return next(_delivery(row) for row in rows)


def claim(store: Database, delivery_id: int, now: datetime) -> bool:
    """Take the delivery just before its content leaves: False where another process has taken it."""
    with writing(store) as connection:
        taken = connection.execute(
            "UPDATE deliveries SET state = 'handed_over', detail = '', updated_at = ?, attempts = attempts + 1"
            " WHERE id = ? AND state IN ('prepared', 'deferred')",
            (to_text(now), delivery_id),
        )
        return taken.rowcount == 1


def settle(
    store: Database,
    delivery: Delivery,
    state: Literal["accepted", "refused", "deferred"],
    detail: str,
    now: datetime,
    *,
    held: bool,
    tried: bool = True,
    unsure: bool = False,
    next_try_at: datetime | None = None,
) -> Delivery:
    """Write down what became of a delivery and return it as it stands then.

    ``held``: this process has claimed it; ``tried`` and ``unsure``: what the try adds to the counts of `Delivery`. A
    delivery that another process has claimed meanwhile is left alone.
    """
    expected = "state = 'handed_over'" if held else "state IN ('prepared', 'deferred')"
    with writing(store) as connection:
        connection.execute(
            "UPDATE deliveries SET state = ?, detail = ?, updated_at = ?, attempts = max(attempts, ?),"
            f" unsure = unsure + ?, next_try_at = ? WHERE id = ? AND {expected}",
            (
                state,
                detail,
                to_text(now),
                delivery.attempts + tried,
                int(unsure),
                None if next_try_at is None else to_text(next_try_at),
                delivery.id,
            ),
        )
        return _find(store, delivery.id)


def reclaim(store: Database, edition_id: int, now: datetime) -> int:
    """Take back what a process that has ended left as handed over: it may have arrived, and is sent once more, however
    often the server put it off before; only ``MOST_KILLED`` such kills give it up. To be called only where no other
    process can be sending it. Returns how many there were."""
    with writing(store) as connection:
        left = connection.execute(
            "UPDATE deliveries SET state = 'deferred', unsure = max(unsure, ?), killed = killed + 1, updated_at = ?,"
            " next_try_at = CASE WHEN killed + 1 < ? THEN ? END,"
            " detail = 'the process that was sending it ended before the answer; the mail may have arrived'"
            " WHERE edition_id = ? AND state = 'handed_over'",
            (MOST_UNSURE - 1, to_text(now), MOST_KILLED, to_text(now), edition_id),
        )
        return left.rowcount


def drop(store: Database, edition_id: int, wanted: Sequence[tuple[str, str]], now: datetime) -> None:
    """Give up the copies that wait for someone who is no longer among the recipients, or who gets them by another way.
    ``wanted`` holds a pair (recipient, way) for each recipient."""
    with writing(store) as connection:
        connection.execute(
            "UPDATE deliveries SET state = 'deferred', next_try_at = NULL, updated_at = ?,"
            " detail = 'not sent: no longer a recipient' WHERE edition_id = ? AND state IN ('prepared', 'deferred')"
            " AND next_try_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM json_each(?) AS pair"
            " WHERE json_extract(pair.value, '$[0]') = recipient"
            " AND json_extract(pair.value, '$[1]') = way)",
            (to_text(now), edition_id, json.dumps(list(wanted))),
        )


def of_edition(store: Database, edition_id: int) -> list[Delivery]:
    """Every delivery of an edition, in the order in which they were prepared."""
    rows = store.query("SELECT * FROM deliveries WHERE edition_id = ? ORDER BY id", [edition_id])
    return [_delivery(row) for row in rows]


def recipients(store: Database) -> list[str]:
    """Every address to which anything was ever to be sent."""
    return [row["recipient"] for row in store.query("SELECT DISTINCT recipient FROM deliveries ORDER BY recipient")]


def waiting(store: Database, now: datetime) -> list[str]:
    """The names of the editions of which a copy is due at ``now``, oldest first."""
    rows = store.query(
        "SELECT DISTINCT editions.name AS name, editions.id AS id FROM deliveries"
        " JOIN editions ON editions.id = deliveries.edition_id"
        " WHERE deliveries.next_try_at <= ? AND deliveries.state IN ('prepared', 'handed_over', 'deferred')"
        " ORDER BY editions.id",
        [to_text(now)],
    )
    return [row["name"] for row in rows]


def not_arrived(store: Database, since: datetime) -> list[tuple[str, Delivery]]:
    """(name of the edition, delivery) for each recipient and way of which the newest delivery since then did not arrive
    although it was tried, or is put off; those that wait for their hour alone are left out."""
    rows = store.query(
        "SELECT deliveries.*, editions.name AS edition FROM deliveries"
        " JOIN editions ON editions.id = deliveries.edition_id"
        " WHERE deliveries.id IN (SELECT max(id) FROM deliveries WHERE updated_at >= ? GROUP BY recipient, way)"
        " AND deliveries.state IN ('deferred', 'refused', 'handed_over') ORDER BY deliveries.way, deliveries.recipient",
        [to_text(since)],
    )
    return [(row["edition"], _delivery(row)) for row in rows]


def unprepared(store: Database, now: datetime, since: datetime) -> list[str]:
    """The names of the daily and weekly editions and the alerts composed since then, and of all mails of threads, the
    oldest first, of which no copy was ever prepared: the process that composed them ended too early. Windows older
    than ``RECENT_WINDOWS`` are not looked at."""
    rows = store.query(
        "SELECT name FROM editions WHERE kind IN ('daily', 'weekly', 'alert', 'thread') AND window_end > ?"
        " AND (kind = 'thread' OR composed_at > ?)"
        " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.edition_id = editions.id) ORDER BY id",
        [to_text(now - RECENT_WINDOWS), to_text(since)],
    )
    return [row["name"] for row in rows]


def answered(store: Database, recipient: str, before: datetime, kind: EditionKind = "daily") -> str:
    """The Message-ID of the newest edition that reached that recipient and closed before ``before``, or an empty
    string: what the next one is an answer to, so that mail programs show them as one thread. Weekly ones (``kind``)
    follow each other, all others the daily ones."""
    kinds = WEEKLY if kind in WEEKLY else DAILY
    rows = store.query(
        "SELECT deliveries.message_id AS message_id FROM deliveries"
        " JOIN editions ON editions.id = deliveries.edition_id"
        " WHERE deliveries.recipient = ? AND deliveries.state = 'accepted' AND editions.window_end < ?"
        " AND editions.kind IN (SELECT value FROM json_each(?)) ORDER BY editions.window_end DESC LIMIT 1",
        [recipient, to_text(before), json.dumps(kinds)],
    )
    return next((row["message_id"] for row in rows), "")


def _find(store: Database, delivery_id: int) -> Delivery:
    return next(_delivery(row) for row in store.query("SELECT * FROM deliveries WHERE id = ?", [delivery_id]))


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
        attempts=row["attempts"],
        unsure=row["unsure"],
        next_try_at=None if row["next_try_at"] is None else to_moment(row["next_try_at"]),
        in_reply_to=row["in_reply_to"],
    )

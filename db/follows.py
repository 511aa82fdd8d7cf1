"""The tables of followed threads: who follows what, and which editions told them of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.records import Follow, FollowEnd, FollowMail
from db.times import to_moment, to_text


def add(store: Database, story_id: int, address: str, known: Collection[int], now: datetime) -> bool:
    """Keep that the reader follows the thread that the story opened; ``known`` are the entries that it holds. False
    where they do already: nothing changes then."""
    with writing(store) as connection:
        added = connection.execute(
            "INSERT INTO follows (story_id, address, followed_at, looked_at, known) VALUES (?, ?, ?3, ?3, ?4)"
            " ON CONFLICT (story_id, address COLLATE NOCASE) WHERE ended_at IS NULL DO NOTHING",
            (story_id, address, to_text(now), json.dumps(sorted(known))),
        )
        return added.rowcount == 1


def end(store: Database, follow_id: int, by: FollowEnd, now: datetime) -> bool:
    """Keep that nobody follows there any more. False where that stands already."""
    with writing(store) as connection:
        changed = connection.execute(
            "UPDATE follows SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL",
            (to_text(now), by, follow_id),
        )
        return changed.rowcount == 1


def know(store: Database, follow_id: int, known: Collection[int], now: datetime) -> None:
    """Keep which entries of the thread are known by now: what is told of them is no news any more."""
    with writing(store) as connection:
        connection.execute(
            "UPDATE follows SET known = ?, looked_at = ? WHERE id = ?",
            (json.dumps(sorted(known)), to_text(now), follow_id),
        )


def standing(store: Database) -> list[Follow]:
    """Whoever follows a thread now, in the order in which they began."""
    return [_follow(row) for row in store.query("SELECT * FROM follows WHERE ended_at IS NULL ORDER BY id")]


def find(store: Database, follow_id: int) -> Follow | None:
    """The row of that number, or None."""
    return next((_follow(row) for row in store.query("SELECT * FROM follows WHERE id = ?", [follow_id])), None)


def keep_mail(store: Database, edition_id: int, follow_id: int, steps: int) -> None:
    """Keep that the edition tells so many steps to whoever follows there."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO follow_mails (edition_id, follow_id, steps) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (edition_id, follow_id, steps),
        )


def told_by(store: Database, edition_id: int) -> Follow | None:
    """Whom the edition tells of what they follow, or None where it is no mail of a thread."""
    rows = store.query(
        "SELECT follows.* FROM follow_mails JOIN follows ON follows.id = follow_mails.follow_id WHERE edition_id = ?",
        [edition_id],
    )
    return next((_follow(row) for row in rows), None)


def mails(store: Database, follow_id: int) -> list[FollowMail]:
    """The mails of a reader's thread, the newest first."""
    rows = store.query(
        "SELECT name, composed_at, steps FROM follow_mails JOIN editions ON editions.id = follow_mails.edition_id"
        " WHERE follow_id = ? ORDER BY editions.id DESC",
        [follow_id],
    )
    return [FollowMail(row["name"], to_moment(row["composed_at"]), row["steps"]) for row in rows]


def answered(store: Database, edition_id: int) -> str:
    """The Message-ID of the mail of the same reader's thread before this one that arrived last, or an empty string."""
    rows = store.query(
        "SELECT message_id FROM follow_mails AS mine"
        " JOIN follow_mails AS before ON before.follow_id = mine.follow_id AND before.edition_id < mine.edition_id"
        " JOIN deliveries ON deliveries.edition_id = before.edition_id AND deliveries.state = 'accepted'"
        " WHERE mine.edition_id = ? ORDER BY before.edition_id DESC LIMIT 1",
        [edition_id],
    )
    return next((row["message_id"] for row in rows), "")


def _follow(row: Mapping[str, Any]) -> Follow:
    return Follow(
        id=row["id"],
        story_id=row["story_id"],
        address=row["address"],
        followed_at=to_moment(row["followed_at"]),
        looked_at=to_moment(row["looked_at"]),
        known=frozenset(json.loads(row["known"])),
        ended_at=None if row["ended_at"] is None else to_moment(row["ended_at"]),
        ended_by=row["ended_by"],
    )

"""The table of feeds that a person had tried: the last result of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from db.connect import writing
from db.times import to_moment, to_text


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """What came of trying a feed at ``checked_at`` (aware UTC): whether it answered with a feed, and ``told``, one line
    on its entries or on what went wrong."""

    feed_id: int
    checked_at: datetime
    is_sound: bool
    told: str


def save(store: Database, checks: Sequence[FeedCheck]) -> None:
    """Write the results down; each takes the place of the feed's last one."""
    with writing(store) as connection:
        connection.executemany(
            "INSERT INTO feed_checks (feed_id, checked_at, is_sound, told) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (feed_id) DO UPDATE SET checked_at = excluded.checked_at, is_sound = excluded.is_sound,"
            " told = excluded.told",
            [(check.feed_id, to_text(check.checked_at), check.is_sound, check.told) for check in checks],
        )


def latest(store: Database) -> dict[int, FeedCheck]:
    """The last result of each feed that was tried, by the id of the feed."""
    return {
        row["feed_id"]: FeedCheck(row["feed_id"], to_moment(row["checked_at"]), bool(row["is_sound"]), row["told"])
        for row in store.query("SELECT * FROM feed_checks")
    }

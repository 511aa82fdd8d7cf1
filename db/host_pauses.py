"""The table of hosts that asked for quiet."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from db.connect import writing
from db.times import to_moment, to_text


def pause(store: Database, host: str, until: datetime, why: str) -> None:
    """Leave a host alone until then; an earlier end than the one that is known changes nothing."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO host_pauses (host, until, why) VALUES (?, ?, ?)"
            " ON CONFLICT (host) DO UPDATE SET until = excluded.until, why = excluded.why"
            " WHERE excluded.until > host_pauses.until",
            (host, to_text(until), why),
        )


def under_way(store: Database, now: datetime) -> dict[str, tuple[datetime, str]]:
    """Host → (until when, why) of the pauses that have not ended."""
    rows = store.query("SELECT * FROM host_pauses WHERE until > ?", [to_text(now)])
    return {row["host"]: (to_moment(row["until"]), row["why"]) for row in rows}

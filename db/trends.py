"""What trends are counted from: feeds read a day (stories a day: `db.usual`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from db.times import to_text


@dataclass(frozen=True, slots=True)
class DayCount:
    """So many story clusters that opened on ``day`` (UTC) are about one thing."""

    day: date
    kind: str
    id: str
    stories: int


def feeds_read(store: Database, start: datetime, end: datetime) -> dict[date, int]:
    """Day → how many feeds were read for it, in [start, end): those fetched that day, or those with entries of that
    day, whichever are more (a first reading brings days on which nothing was fetched)."""
    first, last = to_text(start), to_text(end)
    fetched = store.execute(
        "SELECT substr(started_at, 1, 10), count(DISTINCT feed_id) FROM fetches"
        " WHERE started_at >= ? AND started_at < ? AND outcome IN ('ok', 'unchanged') GROUP BY 1",
        [first, last],
    )
    spoke = store.execute(
        "SELECT day, count(*) FROM feeds CROSS JOIN feed_days ON feed_days.feed_id = feeds.id AND day >= ? AND day < ?"
        " WHERE feed_days.entries > 0 GROUP BY day",
        [first[:10], last[:10]],
    )
    found: dict[date, int] = {}
    for day, count in (*fetched, *spoke):
        found[date.fromisoformat(day)] = max(count, found.get(date.fromisoformat(day), 0))
    return found

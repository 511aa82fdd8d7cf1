"""What trends are counted from: stories a day by what they are about, feeds read a day."""

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


_MOMENT = "CASE WHEN entries.published_status = 'stated' THEN entries.published_at ELSE entries.first_seen_at END"
_DAY = f"substr({_MOMENT}, 1, 10)"
"""The day of a story is that of its lead entry: what was read late is no news of the day on which it was read."""


def partner_days(store: Database, start: datetime, end: datetime) -> list[DayCount]:
    """Stories of the days [start, end) by partner, told by the newest score of any member."""
    rows = store.execute(
        f"SELECT {_DAY} AS day, json_each.value, count(DISTINCT story_clusters.id) FROM story_clusters"
        # CROSS keeps the order: the stories of these weeks first, by their index, then what belongs to them.
        " CROSS JOIN entries ON entries.id = story_clusters.lead_entry_id"
        " CROSS JOIN cluster_entries ON cluster_entries.cluster_id = story_clusters.id"
        " CROSS JOIN scores ON scores.entry_id = cluster_entries.entry_id"
        " AND scores.id = (SELECT max(late.id) FROM scores AS late WHERE late.entry_id = cluster_entries.entry_id)"
        " JOIN json_each(scores.partners)"
        # No story is older than its lead entry: the index on the opening leaves most of the archive out.
        " WHERE story_clusters.opened_at >= ?1 AND day >= substr(?1, 1, 10) AND day < substr(?2, 1, 10)"
        " GROUP BY 1, 2 ORDER BY 1, 2",
        [to_text(start), to_text(end)],
    )
    return [DayCount(date.fromisoformat(day), "partner", value, stories) for day, value, stories in rows]


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

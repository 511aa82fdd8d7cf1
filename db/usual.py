"""How many stories each earlier day has brought, by what they are about: what an edition is held against."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlite_utils import Database

from db.times import to_text
from db.trends import DayCount

_MOMENT = "CASE WHEN lead.published_status = 'stated' THEN lead.published_at ELSE lead.first_seen_at END"
_RECENT = (
    # The opening has an index, and no story is older than its lead entry. Materialized: it is read four times.
    "WITH recent AS MATERIALIZED (SELECT story_clusters.id AS cluster_id,"
    f" substr(datetime({_MOMENT}, :shift), 1, 10) AS day FROM story_clusters"
    " JOIN entries AS lead ON lead.id = story_clusters.lead_entry_id"
    " WHERE story_clusters.opened_at >= :start AND story_clusters.opened_at < :end)"
)
_MEMBERS = "recent JOIN cluster_entries AS member ON member.cluster_id = recent.cluster_id"
_COUNTS = (
    "SELECT day, 'all', '', count(*) FROM recent GROUP BY 1",
    f"SELECT day, 'partner', named.value, count(DISTINCT recent.cluster_id) FROM {_MEMBERS}"
    " JOIN scores ON scores.entry_id = member.entry_id AND scores.id ="
    " (SELECT max(late.id) FROM scores AS late WHERE late.entry_id = member.entry_id)"
    " JOIN json_each(scores.partners) AS named GROUP BY 1, 3",
    f"SELECT day, 'channel', entry_tags.value, count(DISTINCT recent.cluster_id) FROM {_MEMBERS}"
    " JOIN entry_tags ON entry_tags.entry_id = member.entry_id AND entry_tags.kind = 'channel'"
    " AND entry_tags.negated = 0 GROUP BY 1, 3",
    f"SELECT day, 'claim', entry_claims.claim, count(DISTINCT recent.cluster_id) FROM {_MEMBERS}"
    " JOIN entry_claims ON entry_claims.entry_id = member.entry_id GROUP BY 1, 3",
)


_QUERY = (
    f"{_RECENT} SELECT * FROM ({' UNION ALL '.join(_COUNTS)})"
    " WHERE day >= substr(:start, 1, 10) AND day <= substr(:end, 1, 10) ORDER BY 1, 2, 3"
)


def story_days(store: Database, start: datetime, end: datetime) -> list[DayCount]:
    """The stories that opened in [start, end): all of them, and by partner, channel and claim of any member.

    Days end at the time of day at which ``end`` lies, and bear the date of their last second; a story belongs to the
    day of its lead entry.
    """
    last = end - timedelta(seconds=1)
    to_midnight = datetime.combine(last.astimezone(UTC).date(), time(23, 59, 59), UTC) - last
    told = {
        "start": to_text(start),
        "end": to_text(end),
        "shift": f"{to_midnight.total_seconds():+.0f} seconds",
    }
    return [
        DayCount(date.fromisoformat(day), kind, each, stories)
        for day, kind, each, stories in store.execute(_QUERY, told)
    ]

"""How many stories each day has brought, by what they are about, and how many feeds were read for it: what an edition
and a trend are compared with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlite_utils import Database

from db.records import DayCount
from db.scores import is_newest
from db.times import to_moment, to_text

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
    f" JOIN scores ON scores.entry_id = member.entry_id AND {is_newest('member.entry_id')}"
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


_TIE = (
    "SELECT entries.first_seen_at FROM entry_tags AS partner"
    " JOIN entry_tags AS channel ON channel.entry_id = partner.entry_id AND channel.kind = 'channel'"
    " AND channel.value = ? AND channel.negated = 0"
    " JOIN cluster_entries AS member ON member.entry_id = partner.entry_id"
    " JOIN entries ON entries.id = partner.entry_id"
    " WHERE partner.kind = 'partner' AND partner.value = ? AND entries.first_seen_at >= ? AND entries.first_seen_at < ?"
    " AND NOT EXISTS (SELECT 1 FROM entry_frames AS act WHERE act.entry_id = partner.entry_id AND act.place = 0"
    " AND act.certainty = 'doubtful')"
    " ORDER BY partner.entry_id DESC LIMIT 1"
)
"""Backwards by the index of tags: of what is told often the first row answers."""


def last_told(
    store: Database, ties: Iterable[tuple[str, str]], recent: datetime, before: datetime
) -> dict[tuple[str, str], datetime | None]:
    """(partner, channel) → when an entry of a story that names both was first seen before the moment ``before``, one
    after ``recent`` where there is any; None where none ever was. What is only doubtfully an act ties nobody."""
    found: dict[tuple[str, str], datetime | None] = {}
    for partner, channel in ties:
        rows = (
            store.execute(_TIE, [channel, partner, to_text(since), to_text(before)]).fetchone()
            for since in (recent, datetime.min.replace(tzinfo=UTC))
        )
        row = next(filter(None, rows), None)
        found[partner, channel] = None if row is None else to_moment(row[0])
    return found


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


def feeds_read(store: Database, start: datetime, end: datetime) -> dict[date, int]:
    """Day → how many feeds were read for it, in [start, end): those fetched that day, or those with entries of that
    day, whichever are more (the first fetch of a feed brings entries of days before it). A day of which archives hold
    an entry counts for all the feeds that they hold then: those that were silent on it were read no less. A day that
    nobody read for is not there."""
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
    for day, count in (*fetched, *spoke, *_archived(store, first, last)):
        found[date.fromisoformat(day)] = max(count, found.get(date.fromisoformat(day), 0))
    return found


_PAST = " FROM entries WHERE first_seen_at >= ? AND first_seen_at < ? AND published_at = first_seen_at"
"""Entries of archives count as first seen when they were published."""


def _archived(store: Database, first: str, last: str) -> list[tuple[str, int]]:
    """(day, feeds) of what was read from archives."""
    if store.execute("SELECT 1 FROM backfills LIMIT 1").fetchone() is None:
        return []
    days = store.execute(f"SELECT DISTINCT substr(first_seen_at, 1, 10){_PAST}", [first, last]).fetchall()
    feeds = store.execute(f"SELECT count(DISTINCT feed_id){_PAST}", [first, last]).fetchone()[0]
    return [(day, feeds) for (day,) in days]

"""Flagged entries that wait → story clusters and the links between them. Plain: the verb `classify` calls it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlite_utils import Database

from db import clusters, scores, stories, threads
from db.connect import writing
from db.entries import entries_of
from db.records import Entry
from db.records.tags import Tags

if TYPE_CHECKING:
    from classifiers.stories.clustering import Group, OpenMember


def cluster_waiting(store: Database, now: datetime) -> int:
    """Give every flagged entry that waits its story cluster; returns how many waited."""
    from classifiers.stories.clustering import assign, open_since

    waiting = clusters.unclustered(store)
    for moment, entries in _days(waiting, now):
        known = _known(store, open_since(moment), moment)
        write(store, assign(entries, known, _tags(store, entries)), moment)
    return len(waiting)


def _tags(store: Database, entries: Sequence[Entry]) -> dict[int, Tags]:
    return {entry_id: score.tags for entry_id, score in scores.newest_of(store, [each.id for each in entries]).items()}


def _known(store: Database, since: datetime, until: datetime) -> list[OpenMember]:
    from classifiers.stories.clustering import OpenMember
    from classifiers.stories.fingerprint import FORM, NO_TAGS, fingerprint_of, read_fingerprint

    members = stories.open_members(store, since, until, FORM)
    without = entries_of(store, [each.entry_id for each in members if each.fingerprint is None])
    tags = _tags(store, without)
    made = {entry.id: fingerprint_of(entry, tags.get(entry.id, NO_TAGS)) for entry in without}
    stories.append_fingerprints(store, {entry_id: fingerprint.text() for entry_id, fingerprint in made.items()}, FORM)
    return [
        OpenMember(
            each.cluster_id,
            each.entry_id,
            made[each.entry_id] if each.fingerprint is None else read_fingerprint(each.fingerprint),
        )
        for each in members
    ]


def write(store: Database, groups: Sequence[Group], now: datetime) -> None:
    """Write the groups, their fingerprints, what they take up and their threads, in one transaction."""
    from classifiers.stories.fingerprint import FORM

    fingerprints = {
        entry.id: fingerprint.text()
        for group in groups
        for entry, fingerprint in zip(group.entries, group.fingerprints, strict=True)
    }
    with writing(store):
        clusters.append(store, [(group.cluster_id, group.entries) for group in groups], now)
        stories.append_fingerprints(store, fingerprints, FORM)
        stories.append_links(store, [link for group in groups for link in _links(group)], now)
        threads.append(store, [(group.entries[0].id, group.kin) for group in groups if group.kin is not None])


def _links(group: Group) -> Iterator[stories.NewLink]:
    if group.follows is not None:
        link = group.follows
        news = {"numbers": link.numbers, "names": link.names, "status": link.status}
        yield stories.NewLink(group.entries[0].id, link.entry_id, link.like, news)


def _days(waiting: Sequence[Entry], now: datetime) -> Iterator[tuple[datetime, list[Entry]]]:
    """(the moment at which they are clustered, entries): backfilled ones day by day, as they would have been; those
    first seen in the last 24 hours together, now."""
    days: dict[date | None, list[Entry]] = defaultdict(list)
    for entry in waiting:
        seen = entry.first_seen_at
        days[seen.date() if seen < now - timedelta(hours=24) else None].append(entry)
    recent = days.pop(None, [])
    for _, group in sorted(days.items(), key=lambda day: str(day[0])):
        yield max(entry.first_seen_at for entry in group), group
    if recent:
        yield now, recent

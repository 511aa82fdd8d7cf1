"""Story clusters read as stories: their members with scores, their fingerprints, the links between them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db import scores
from db.connect import writing
from db.entries import entries_of
from db.records import ScoredEntry
from db.times import to_moment, to_text

BATCH = 200
"""Stories read at once."""


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of an open cluster with its fingerprint, or with None where it has none of that form."""

    cluster_id: int
    entry_id: int
    fingerprint: str | None


@dataclass(frozen=True, slots=True)
class NewLink:
    """The cluster that holds ``entry_id`` takes up the one that holds ``earlier_entry_id``. ``news`` is plain JSON."""

    entry_id: int
    earlier_entry_id: int
    likeness: float
    news: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A story that takes up an earlier one."""

    cluster_id: int
    earlier_id: int
    likeness: float
    news: Mapping[str, Any]
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story cluster with its members by id, each beside its newest score."""

    id: int
    lead_entry_id: int
    opened_at: datetime
    members: tuple[ScoredEntry, ...]


def open_members(store: Database, since: datetime, until: datetime, form: int) -> list[Member]:
    """The members of the clusters that an entry joined at or after ``since`` and that were open by ``until``."""
    rows = store.query(
        "SELECT cluster_entries.cluster_id, cluster_entries.entry_id, signs.sign FROM story_clusters"
        " JOIN cluster_entries ON cluster_entries.cluster_id = story_clusters.id"
        " LEFT JOIN signs ON signs.entry_id = cluster_entries.entry_id AND signs.form = ?"
        " WHERE story_clusters.last_joined_at >= ? AND story_clusters.opened_at <= ?",
        [form, to_text(since), to_text(until)],
    )
    return [Member(row["cluster_id"], row["entry_id"], row["sign"]) for row in rows]


def append_fingerprints(store: Database, fingerprints: Mapping[int, str], form: int) -> None:
    """Keep the fingerprints (entry id → fingerprint) of that form, in place of earlier ones."""
    with writing(store) as connection:
        connection.executemany(
            "INSERT INTO signs (entry_id, form, sign) VALUES (?, ?, ?)"
            " ON CONFLICT (entry_id) DO UPDATE SET form = excluded.form, sign = excluded.sign",
            [(entry_id, form, made) for entry_id, made in fingerprints.items()],
        )


def append_links(store: Database, links: Sequence[NewLink], now: datetime) -> None:
    """Link the clusters that hold the named entries; a link that is there, or of a cluster to itself, is left out."""
    with writing(store) as connection:
        connection.executemany(
            "INSERT INTO cluster_links (cluster_id, earlier_id, likeness, news, linked_at)"
            " SELECT mine.cluster_id, earlier.cluster_id, ?, ?, ? FROM cluster_entries AS mine"
            " JOIN cluster_entries AS earlier ON earlier.entry_id = ?"
            " WHERE mine.entry_id = ? AND mine.cluster_id <> earlier.cluster_id ON CONFLICT DO NOTHING",
            [
                (
                    each.likeness,
                    json.dumps(dict(each.news), ensure_ascii=False, sort_keys=True),
                    to_text(now),
                    each.earlier_entry_id,
                    each.entry_id,
                )
                for each in links
            ],
        )


def links_of(store: Database, cluster_id: int) -> list[Link]:
    """The links of a story in either direction, the earlier stories first."""
    rows = store.query(
        "SELECT cluster_id, earlier_id, likeness, news, linked_at FROM cluster_links WHERE cluster_id = ?1"
        " UNION SELECT cluster_id, earlier_id, likeness, news, linked_at FROM cluster_links WHERE earlier_id = ?1"
        " ORDER BY cluster_id, earlier_id",
        [cluster_id],
    )
    return [
        Link(
            row["cluster_id"],
            row["earlier_id"],
            row["likeness"],
            json.loads(row["news"]),
            to_moment(row["linked_at"]),
        )
        for row in rows
    ]


def find(store: Database, cluster_id: int) -> StoredStory | None:
    """The story of that number, or None."""
    return next(iter(_read(store, [cluster_id])), None)


def with_ids(store: Database, cluster_ids: Sequence[int]) -> list[StoredStory]:
    """The stories of those numbers, in that order; numbers that the store does not hold are left out."""
    return _read(store, cluster_ids)


def opened(store: Database, start: datetime, end: datetime) -> Iterator[StoredStory]:
    """The stories that opened in [start, end), oldest first."""
    rows = store.execute(
        "SELECT id FROM story_clusters WHERE opened_at >= ? AND opened_at < ? ORDER BY opened_at, id",
        [to_text(start), to_text(end)],
    )
    ids = [int(row[0]) for row in rows]
    for begin in range(0, len(ids), BATCH):
        yield from _read(store, ids[begin : begin + BATCH])


def _read(store: Database, cluster_ids: Sequence[int]) -> list[StoredStory]:
    rows = store.query(
        "SELECT story_clusters.id, story_clusters.lead_entry_id, story_clusters.opened_at, cluster_entries.entry_id"
        " FROM json_each(?) JOIN story_clusters ON story_clusters.id = json_each.value"
        " JOIN cluster_entries ON cluster_entries.cluster_id = story_clusters.id"
        " ORDER BY json_each.key, cluster_entries.entry_id",
        [json.dumps(list(cluster_ids))],
    )
    together: dict[tuple[int, int, str], list[int]] = {}
    for row in rows:
        together.setdefault((row["id"], row["lead_entry_id"], row["opened_at"]), []).append(row["entry_id"])
    every = [entry_id for ids in together.values() for entry_id in ids]
    # Only an entry with a score, a flagged one, is ever given a cluster.
    newest = scores.newest_of(store, every)
    members = {entry.id: ScoredEntry(entry, newest[entry.id]) for entry in entries_of(store, every)}
    return [
        StoredStory(cluster_id, lead, to_moment(at), tuple(members[entry_id] for entry_id in ids))
        for (cluster_id, lead, at), ids in together.items()
    ]

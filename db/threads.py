"""Threads: the stories of one development (a visit, a deal, a campaign), by the story that opened it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from db.connect import writing


def append(store: Database, kin: Sequence[tuple[int, int]]) -> None:
    """Put stories into the threads of earlier ones, in that order: (an entry of the story, an entry of the earlier
    one). A story that has a thread keeps it; one that is no later than the other opens its own."""
    with writing(store) as connection:
        connection.executemany(
            "INSERT INTO story_threads (cluster_id, thread_id)"
            " SELECT mine.cluster_id, COALESCE(story_threads.thread_id, earlier.cluster_id)"
            " FROM cluster_entries AS mine"
            " JOIN cluster_entries AS earlier ON earlier.entry_id = ?2"
            " LEFT JOIN story_threads ON story_threads.cluster_id = earlier.cluster_id"
            " WHERE mine.entry_id = ?1 AND mine.cluster_id > earlier.cluster_id ON CONFLICT DO NOTHING",
            kin,
        )


def threads_of(store: Database, cluster_ids: Sequence[int]) -> dict[int, int]:
    """Story → its thread, for each of the stories: that of one without an earlier one is called like itself."""
    rows = store.query(
        "SELECT cluster_id, thread_id FROM story_threads WHERE cluster_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(cluster_ids))],
    )
    return {each: each for each in cluster_ids} | {row["cluster_id"]: row["thread_id"] for row in rows}


def stories_of(store: Database, thread_id: int) -> list[int]:
    """The stories of a thread, the one that opened it first, then as they were opened."""
    rows = store.query("SELECT cluster_id FROM story_threads WHERE thread_id = ? ORDER BY cluster_id", [thread_id])
    return [thread_id, *(row["cluster_id"] for row in rows)]


def development(store: Database, cluster_id: int) -> list[int]:
    """The stories of the thread that the story belongs to, as they were opened; where the story that opened one thread
    was put into another later, those of both."""
    rows = store.query(
        "WITH RECURSIVE kin (id) AS (SELECT ? UNION SELECT story_threads.thread_id FROM story_threads"
        " JOIN kin ON story_threads.cluster_id = kin.id UNION SELECT story_threads.cluster_id FROM story_threads"
        " JOIN kin ON story_threads.thread_id = kin.id) SELECT id FROM kin ORDER BY id",
        [cluster_id],
    )
    return [row["id"] for row in rows]

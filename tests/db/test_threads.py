"""Threads of stories: named by the story that opened them, never changed."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from db import clusters, scores, threads
from db.connect import open_store
from db.records import Entry
from tests.support.old_stores import old_store
from tests.support.store_records import NOON, new_entry, score, stored, version


def five_stories(store: Database) -> list[Entry]:
    """Five flagged entries, each a story of its own."""
    version(store)
    filed = stored(store, *[new_entry(key) for key in "abcde"])
    scores.append(store, [score(entry) for entry in filed])
    clusters.append(store, [(None, [entry]) for entry in filed], NOON)
    return filed


def test_a_story_joins_the_thread_of_an_earlier_one(store: Database) -> None:
    a, b, c, d, e = (entry.id for entry in five_stories(store))
    threads.append(store, [(b, a), (c, b), (e, d)])
    assert threads.threads_of(store, [1, 2, 3, 4, 5]) == {1: 1, 2: 1, 3: 1, 4: 4, 5: 4}
    assert threads.stories_of(store, 1) == [1, 2, 3]
    assert threads.stories_of(store, 5) == [5]


def test_a_thread_never_changes(store: Database) -> None:
    a, b, c, _, _ = (entry.id for entry in five_stories(store))
    threads.append(store, [(c, b)])
    threads.append(store, [(c, a), (b, a)])
    assert threads.threads_of(store, [1, 2, 3]) == {1: 1, 2: 1, 3: 2}


def test_no_story_joins_the_thread_of_a_later_one_or_of_itself(store: Database) -> None:
    a, b, _, _, _ = (entry.id for entry in five_stories(store))
    threads.append(store, [(a, b), (a, a)])
    assert threads.threads_of(store, [1, 2]) == {1: 1, 2: 2}


def test_a_development_holds_the_threads_that_became_one(store: Database) -> None:
    a, b, c, d, e = (entry.id for entry in five_stories(store))
    threads.append(store, [(d, c)])
    assert [threads.development(store, each) for each in (1, 3, 4)] == [[1], [3, 4], [3, 4]]
    threads.append(store, [(c, a), (b, a)])
    assert threads.threads_of(store, [4]) == {4: 3}
    for each in (1, 2, 3, 4):
        assert threads.development(store, each) == [1, 2, 3, 4]
    assert threads.development(store, 5) == [e]


def test_stories_from_before_threads_are_threads_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with old_store(file, "entry_frames") as old:
        assert "story_threads" not in old.table_names()
    migrated = open_store(file)
    assert threads.threads_of(migrated, [7]) == {7: 7}
    migrated.close()

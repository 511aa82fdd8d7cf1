"""Story clusters."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import pytest
from sqlite_utils import Database

from db import clusters, scores
from db.records import Entry
from tests.support.store_queries import open_leads
from tests.support.store_records import HOUR, NOON, new_entry, score, stored, version


@pytest.fixture
def four(store: Database) -> list[Entry]:
    """Four flagged entries without a cluster."""
    version(store)
    filed = stored(store, *[new_entry(key) for key in "abcd"])
    scores.append(store, [score(entry) for entry in filed])
    return filed


def leads(store: Database, since: datetime = NOON) -> list[tuple[int, Entry]]:
    return open_leads(store, since)


def test_groups_open_clusters_and_join_them(store: Database, four: list[Entry]) -> None:
    a, b, c, d = four
    clusters.append(store, [(None, [b, a]), (None, [c])], NOON)
    assert leads(store) == [(1, b), (2, c)]
    assert clusters.unclustered(store) == [d]
    clusters.append(store, [(1, [d])], NOON + HOUR)
    assert clusters.clusters_of(store, [each.id for each in four]) == {a.id: 1, b.id: 1, c.id: 2, d.id: 1}
    assert clusters.unclustered(store) == []


def test_a_cluster_stays_open_while_entries_join(store: Database, four: list[Entry]) -> None:
    a, b, c, d = four
    clusters.append(store, [(None, [a]), (None, [b])], NOON)
    clusters.append(store, [(1, [c])], NOON + HOUR)
    assert leads(store, NOON + HOUR) == [(1, a)]
    clusters.append(store, [(1, [d])], NOON)
    assert leads(store, NOON + HOUR) == [(1, a)]
    assert leads(store, NOON + 2 * HOUR) == []


def test_an_entry_stays_in_its_cluster(store: Database, four: list[Entry]) -> None:
    """As when two processes cluster the same entries: no second cluster, and none that is empty."""
    a, b, c, _ = four
    clusters.append(store, [(None, [a]), (None, [b])], NOON)
    clusters.append(store, [(None, [a]), (1, [b]), (None, [a, c])], NOON + HOUR)
    assert clusters.clusters_of(store, [a.id, b.id, c.id]) == {a.id: 1, b.id: 2, c.id: 3}
    assert leads(store) == [(1, a), (2, b), (3, c)]
    assert leads(store, NOON + HOUR) == [(3, c)]


def test_a_clustered_entry_that_is_scored_again_does_not_wait_again(store: Database, four: list[Entry]) -> None:
    clusters.append(store, [(None, four)], NOON)
    scores.append(store, [score(entry) for entry in four])
    assert clusters.unclustered(store) == []


def test_a_failure_takes_all_groups_back(store: Database, four: list[Entry]) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        clusters.append(store, [(None, four[:2]), (99, four[2:])], NOON)
    assert leads(store) == []
    assert clusters.unclustered(store) == four


def test_clusters_of_any_number_of_entries(store: Database, four: list[Entry]) -> None:
    clusters.append(store, [(None, four[:1])], NOON)
    assert clusters.clusters_of(store, range(100_000)) == {four[0].id: 1}
    assert clusters.clusters_of(store, []) == {}

"""Stories hardly depend on the passes in which their entries come, and ids never change."""

from __future__ import annotations

import random
from typing import Any

import pytest

from classifiers.stories.clustering import OpenMember, assign
from classifiers.stories.fit_pair_model import entry_of
from classifiers.tagging.scoring import analysis_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records import Entry
from db.records.tags import Tags
from tests.support.story_judgements import Cubed, cubed, invented_spans

A_PASS = 12
ORDERS = 3
MOST_MOVED = 0.02
Told = tuple[list[dict[str, Any]], list[Entry], dict[int, Tags]]


@pytest.fixture(scope="module")
def spans() -> list[Told]:
    """The invented days for development, as entries with tags."""
    watchlist = read_watchlist()
    told = []
    for rows in invented_spans(scored=False).values():
        entries = [entry_of(row, number) for number, row in enumerate(rows)]
        told.append((rows, entries, {each.id: tagged(analysis_of(each), watchlist) for each in entries}))
    return told


def in_passes(entries: list[Entry], tags: dict[int, Tags], seed: int) -> list[list[int]]:
    """The clusters after the entries of each day came in passes of a few, in an order of that seed."""
    shuffled = random.Random(seed).sample(entries, len(entries))
    shuffled.sort(key=lambda each: each.first_seen_at.date())
    known: dict[int, OpenMember] = {}
    for start in range(0, len(shuffled), A_PASS):
        for group in assign(shuffled[start : start + A_PASS], list(known.values()), tags):
            cluster = group.cluster_id if group.cluster_id is not None else group.entries[0].id
            for entry, fingerprint in zip(group.entries, group.fingerprints, strict=True):
                assert entry.id not in known, "an entry that has its cluster keeps it"
                known[entry.id] = OpenMember(cluster, entry.id, fingerprint)
    clusters: dict[int, list[int]] = {}
    for member in known.values():
        clusters.setdefault(member.cluster_id, []).append(member.entry_id)
    return list(clusters.values())


def test_another_order_of_passes_moves_what_is_reached_by_little(spans: list[Told]) -> None:
    reached = [
        sum((cubed(rows, in_passes(entries, tags, seed)) for rows, entries, tags in spans), Cubed())
        for seed in range(ORDERS)
    ]
    print([round(each.f1, 3) for each in reached])
    assert min(each.entries for each in reached) > 300
    assert max(each.f1 for each in reached) - min(each.f1 for each in reached) <= MOST_MOVED


def test_within_a_pass_the_order_of_arrival_does_not_matter(spans: list[Told]) -> None:
    for _, entries, tags in spans[:3]:
        forwards = assign(entries, [], tags)
        backwards = assign(entries[::-1], [], tags)
        groups = [{frozenset(each.id for each in group.entries) for group in told} for told in (forwards, backwards)]
        assert groups[0] == groups[1]

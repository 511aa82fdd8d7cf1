"""Which flagged entries report the same thing, across outlets and languages.

A run touches its new entries and the clusters that are open, no others. Entries are taken in the order of publication,
ties broken by what they say, so that the order in which they arrived within a run changes nothing. An entry joins the
cluster whose members it is most like, by the best and the average similarity, within a day and a half (figures:
docs/decisions, 0032).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any

import numpy as np

from classifiers.stories.agglomeration import ClusterBuilder, Similarities
from classifiers.stories.constraints import OF_A_THREAD, FingerprintArrays
from classifiers.stories.fingerprint import NO_TAGS, Fingerprint, fingerprint_of
from classifiers.stories.similarity import RowPairs, TermRow, TermSpace, Vocabulary
from classifiers.stories.threads import LINKED, Candidate, FollowUp, follow, news
from classifiers.text.gc_pause import collector_paused
from db.records import Entry
from db.records.tags import Tags

OPEN_HOURS = 120
"""A cluster that nothing joined for this long is closed."""
TELLING = 0.1
"""A similarity below this counts as none: there are too many of them."""


@dataclass(frozen=True, slots=True)
class OpenMember:
    """A member of an open cluster as the store keeps it."""

    cluster_id: int
    entry_id: int
    fingerprint: Fingerprint


@dataclass(slots=True)
class Group:
    """Entries that join a cluster (``cluster_id``) or open a new one (None), with their fingerprints, in order of time.

    ``follows`` says which earlier story a new one takes up, ``kin`` names an entry of the story that it shares a
    thread with.
    """

    cluster_id: int | None
    entries: list[Entry] = field(default_factory=list)
    fingerprints: list[Fingerprint] = field(default_factory=list)
    follows: FollowUp | None = None
    kin: int | None = None


def open_since(now: datetime) -> datetime:
    """Clusters that an entry joined since then are open."""
    return now - timedelta(hours=OPEN_HOURS)


def assign(
    new: Sequence[Entry], known: Sequence[OpenMember], tags: Mapping[int, Tags] = MappingProxyType({})
) -> list[Group]:
    """The groups that the new entries form: one for each open cluster that some join and for each new one. ``tags`` are
    those of the new entries, by their ids, as far as they have any."""
    with collector_paused():
        signed = sorted(((fingerprint_of(entry, tags.get(entry.id, NO_TAGS)), entry) for entry in new), key=_order)
        run = _ClusteringRun(known)
        for _, day in groupby(signed, key=lambda pair: int(pair[0].at // 24)):
            run.take(list(day))
        return list(run.groups.values())


def _order(pair: tuple[Fingerprint, Entry]) -> tuple[float, str, str, str, int]:
    fingerprint, entry = pair
    return fingerprint.at, entry.outlet, entry.title, entry.link, entry.id


class _ClusteringRun:
    """The clusters as one run knows them. Entries are taken a day at a time: each day is compared with the days before.

    ``groups`` are those that the entries taken so far form, by cluster as the run numbers them.
    """

    def __init__(self, known: Sequence[OpenMember]) -> None:
        self.groups: dict[int, Group] = {}
        self._builder = ClusterBuilder()
        self._vocabulary = Vocabulary()
        self._rows: list[TermRow] = []
        self._fingerprints: list[Fingerprint] = []
        self._entries: list[int] = []
        homes: dict[int, int] = {}
        for member in sorted(known, key=lambda member: (member.fingerprint.at, member.entry_id)):
            self._add(member.entry_id, member.fingerprint)
            homes[member.cluster_id] = self._builder.put(member.fingerprint.at, homes.get(member.cluster_id))
        self._known = {home: cluster_id for cluster_id, home in homes.items()}

    def _add(self, entry_id: int, fingerprint: Fingerprint) -> int:
        self._fingerprints.append(fingerprint)
        self._rows.append(self._vocabulary.row(fingerprint))
        self._entries.append(entry_id)
        return len(self._fingerprints) - 1

    def take(self, day: Sequence[tuple[Fingerprint, Entry]]) -> None:
        """Add the entries of one day to the groups."""
        first = len(self._fingerprints)
        rows = self._around(day[0][0].at, day[-1][0].at)
        for fingerprint, entry in day:
            rows.append(self._add(entry.id, fingerprint))
        likes, links, kin = self._compared(rows, first)
        opened = self._gather(first, likes)
        for row, (fingerprint, entry) in enumerate(day, first):
            home = self._builder.home(row)
            group = self.groups.setdefault(home, Group(self._known.get(home)))
            group.entries.append(entry)
            group.fingerprints.append(fingerprint)
        for home in sorted(opened):
            self.groups[home].follows = self._followed(home, links)
            self.groups[home].kin = self._kin(home, kin)

    def _around(self, begins: float, ends: float) -> list[int]:
        first, last = begins - OPEN_HOURS, ends + OPEN_HOURS
        return [row for row, fingerprint in enumerate(self._fingerprints) if first <= fingerprint.at <= last]

    def _compared(self, rows: list[int], first: int) -> tuple[Similarities, Similarities, Similarities]:
        """How likely the day's rows and earlier ones are the same report, which are alike enough to be linked, and
        which enough to share a thread, if they may speak of one partner."""
        space = TermSpace([self._rows[row] for row in rows], self._vocabulary)
        facts = FingerprintArrays([self._fingerprints[row] for row in rows])
        pairs = space.pairs(len(rows) - (len(self._fingerprints) - first))
        like = facts.likeness(pairs)
        same = facts.same_story(pairs, like)
        kin = facts.same_thread(pairs, like, same)
        worth = ((same, TELLING), (like, LINKED), (kin, OF_A_THREAD))
        likes, links, kins = (_by_row(pairs, each, least, rows) for each, least in worth)
        return likes, links, kins

    def _gather(self, first: int, likes: Similarities) -> set[int]:
        opened = {self._builder.put(each.at, None) for each in self._fingerprints[first:]}
        return self._builder.merge(opened, likes)

    def _followed(self, home: int, links: Similarities) -> FollowUp | None:
        rows = self._builder.rows(home)
        fingerprint = self._fingerprints[rows[0]]
        linked = (each for row in rows for each in links.of(row))
        likest = sorted(linked, key=lambda each: (-each[1], -each[0]))
        taken = follow(fingerprint, self._candidates(home, likest))
        if taken is None:
            return None
        earlier = self._builder.rows(taken.story)
        return news(fingerprint, self._entries[earlier[0]], taken.like, [self._fingerprints[row] for row in earlier])

    def _kin(self, home: int, kin: Similarities) -> int | None:
        """The first entry of the earlier story that has the report most like one of this: they share a thread."""
        near = (each for row in self._builder.rows(home) for each in kin.of(row))
        likes = ((like, -story) for other, like in near if (story := self._builder.home(other)) < home)
        best = max(likes, default=None)
        return None if best is None else self._entries[self._builder.rows(-best[1])[0]]

    def _candidates(self, home: int, links: Sequence[tuple[int, float]]) -> Iterator[Candidate]:
        for other, like in links:
            story = self._builder.home(other)
            if story != home:
                yield Candidate(story, self._fingerprints[other], like)


def _by_row(pairs: RowPairs, worth: Any, least: float, rows: Sequence[int]) -> Similarities:
    """The pairs whose ``worth`` is at least ``least``, by the numbers of their rows in the run."""
    keep = worth >= least
    named = np.array(rows)
    return Similarities(named[pairs.one[keep]], named[pairs.other[keep]], worth[keep])

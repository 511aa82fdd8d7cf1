"""Rows are clustered by similarity: each row of a day begins as a cluster of its own, then the two that are most alike
are merged, again and again, until none are alike enough. The order in which rows come changes nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from classifiers.stories.similarity import SAME_HOURS

ENOUGH = 0.35
"""How alike two clusters must be to be merged (`_joint`)."""
BEST_SHARE = 0.3
"""The weight of the best similarity in `_joint`; the rest is that of the average over all pairs. This and ``ENOUGH``
were chosen on the days for development in tests/classifiers/stories (decision 0087)."""
FAR_SHARE = 0.2
"""The weight in that average of a pair that lies more than ``SAME_HOURS`` apart."""
PATIENCE = 40
"""Rounds in which only clusters that are each other's nearest merge. What is left after them belongs to great stories,
and is merged with whatever is near enough: else a story of a thousand reports would take a thousand rounds."""
NEAREST = 0.98
"""The share of its best likeness from which on a neighbour counts as a cluster's nearest."""


class Similarities:
    """How alike rows are to earlier ones (0 … 1), as three arrays (later row, earlier row, similarity) by later row."""

    def __init__(self, one: Any, other: Any, like: Any) -> None:
        self.one, self.other, self.like = one, other, like

    def of(self, row: int) -> Iterator[tuple[int, float]]:
        """(earlier row, similarity) of one row."""
        begin, end = np.searchsorted(self.one, (row, row + 1))
        return zip(self.other[begin:end].tolist(), self.like[begin:end].tolist(), strict=True)


class _Crossings(NamedTuple):
    """Pairs of clusters as arrays: the older and the younger one, the best similarity between their rows, the sum of
    all similarities and their number."""

    first: Any
    second: Any
    most: Any
    total: Any
    size: Any


class ClusterBuilder:
    """Which row lies in which cluster. Rows are numbered as they are put, clusters in the order of opening."""

    def __init__(self) -> None:
        self._home: list[int] = []
        self._rows: dict[int, list[int]] = {}
        self._times: dict[int, list[float]] = {}
        self._opened = 0

    def home(self, row: int) -> int:
        """The cluster of a row."""
        return self._home[row]

    def rows(self, home: int) -> list[int]:
        """The rows of a cluster, in the order in which they came."""
        return self._rows[home]

    def put(self, at: float, home: int | None) -> int:
        """Put the next row, of that time (hours), into a cluster, or (None) into a new one; returns the cluster."""
        if home is None:
            home = self._opened
            self._opened += 1
        self._rows.setdefault(home, []).append(len(self._home))
        self._home.append(home)
        insort(self._times.setdefault(home, []), at)
        return home

    def merge(self, opened: Iterable[int], likes: Similarities) -> set[int]:
        """Merge clusters that were opened this day with each other and into earlier ones, the most alike first; two
        earlier ones are never merged. Returns the opened ones that are left."""
        left = set(opened)
        homes = np.array(self._home, dtype=np.int64)
        ones = np.ones(len(likes.like))
        across = self._between(_Crossings(homes[likes.one], homes[likes.other], likes.like, likes.like, ones), left)
        for each in range(len(self._home)):
            merged = self._round(across, NEAREST if each < PATIENCE else 0.0)
            if not merged:
                break
            left.difference_update(merged)
            names = np.arange(self._opened)
            names[list(merged)] = list(merged.values())
            across = self._between(across._replace(first=names[across.first], second=names[across.second]), left)
        return left

    def _between(self, pairs: _Crossings, opened: set[int]) -> _Crossings:
        """The pairs of clusters, each once, of which at least one was opened this day."""
        free = np.zeros(self._opened, dtype=bool)
        free[list(opened)] = True
        first, second = np.minimum(pairs.first, pairs.second), np.maximum(pairs.first, pairs.second)
        apart = np.flatnonzero((first != second) & (free[first] | free[second]))
        keys = first[apart] * self._opened + second[apart]
        order = np.argsort(keys, kind="stable")
        keys, kept = keys[order], apart[order]
        begins = np.flatnonzero(np.diff(keys, prepend=-1))
        if not len(begins):
            return _Crossings(begins, begins, np.zeros(0), np.zeros(0), np.zeros(0))
        most = np.maximum.reduceat(pairs.most[kept], begins)
        total, size = (np.add.reduceat(each[kept], begins) for each in (pairs.total, pairs.size))
        older, younger = np.divmod(keys[begins], self._opened)
        return _Crossings(older, younger, most, total, size)

    def _round(self, across: _Crossings, nearest: float) -> dict[int, int]:
        """Merge the pairs that are near enough and each other's nearest, each cluster once; what became of which."""
        chosen, score = self._scores(across)
        first, second = across.first[chosen], across.second[chosen]
        best = np.zeros(self._opened)
        np.maximum.at(best, first, score)
        np.maximum.at(best, second, score)
        mutual = np.flatnonzero(score >= nearest * np.maximum(best[first], best[second]))
        order = mutual[np.lexsort((second[mutual], first[mutual], -score[mutual]))]
        merged: dict[int, int] = {}
        changed: set[int] = set()
        for one, two in zip(first[order].tolist(), second[order].tolist(), strict=True):
            if one not in changed and two not in changed:
                changed |= {one, two}
                self._join(one, two)
                merged[two] = one
        return merged

    def _scores(self, across: _Crossings) -> tuple[Any, Any]:
        """The places of the pairs of clusters that are near enough to be merged, and how near they are."""
        hopeful = np.flatnonzero(_joint(across.most, across.total, across.size) >= ENOUGH)
        pairs = zip(across.first[hopeful].tolist(), across.second[hopeful].tolist(), strict=True)
        count = np.array([self._across(one, two) for one, two in pairs])
        near = _joint(across.most[hopeful], across.total[hopeful], np.maximum(count, across.size[hopeful]))
        enough = near >= ENOUGH
        return hopeful[enough], near[enough]

    def _across(self, one: int, two: int) -> float:
        """How many pairs of rows two clusters have, those far apart in time counted as ``FAR_SHARE`` of one: the longer
        a story runs, the less it takes in."""
        mine, theirs = self._times[one], self._times[two]
        if max(mine[-1], theirs[-1]) - min(mine[0], theirs[0]) <= SAME_HOURS:
            return len(mine) * len(theirs)
        return sum(self._near(mine, at) for at in theirs)

    @staticmethod
    def _near(times: list[float], at: float) -> float:
        near = bisect_right(times, at + SAME_HOURS) - bisect_left(times, at - SAME_HOURS)
        return near + FAR_SHARE * (len(times) - near)

    def _join(self, one: int, two: int) -> None:
        for row in self._rows.pop(two):
            self._home[row] = one
            self._rows[one].append(row)
        for at in self._times.pop(two):
            insort(self._times[one], at)


def _joint(best: Any, total: Any, pairs: Any) -> Any:
    """The best similarity and the average one over ``pairs``, weighed together."""
    return BEST_SHARE * best + (1 - BEST_SHARE) * total / pairs

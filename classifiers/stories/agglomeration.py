"""Rows are clustered by similarity: one after the other, each into the cluster that it is most like; then the clusters
opened that day are merged into others where the clusters as wholes are alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from classifiers.stories.similarity import SAME_HOURS

ENOUGH = 0.29
"""How alike a row and a cluster must be for the row to join it (`_joint`)."""
MERGED = 0.36
"""How alike two clusters must be to be merged (`_joint`)."""
AKIN = 0.6
"""The cosine of the centres of two clusters of one day from which on they are merged."""
BEST_SHARE = 0.5
"""The weight of the best similarity in `_joint`; the rest is that of the average over all pairs."""

FAR_SHARE = 0.2
"""The weight in that average of a pair that lies more than ``SAME_HOURS`` apart."""


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

    def best(self, likes: Iterable[tuple[int, float]], at: float) -> int | None:
        """The cluster that a row of that time belongs to, the oldest of equals, or None where none is near enough."""
        together: dict[int, list[float]] = {}
        for other, like in likes:
            together.setdefault(self._home[other], []).append(like)
        # The joint similarity is never above the best one: most clusters need no counting.
        joint = {
            home: _joint(max(found), sum(found), len(found), self._near(home, at))
            for home, found in together.items()
            if max(found) >= ENOUGH
        }
        best = max(joint, key=lambda home: (joint[home], -home), default=None)
        return best if best is not None and joint[best] >= ENOUGH else None

    def _near(self, home: int, at: float) -> float:
        """How many members a cluster has, those far in time from ``at`` counted as ``FAR_SHARE`` of one: the longer
        a story runs, the less it takes in."""
        times = self._times[home]
        near = bisect_right(times, at + SAME_HOURS) - bisect_left(times, at - SAME_HOURS)
        return near + FAR_SHARE * (len(times) - near)

    def merge(self, opened: Iterable[int], likes: Similarities) -> set[int]:
        """Merge clusters that were opened this day into those that they belong to, the most alike first, then those of
        this day that are as like each other as their own members are; returns the opened ones that are left."""
        left = set(opened)
        while self._merge(self._belonging(left, likes), left):
            pass
        while self._merge(self._akin(left, likes), left):
            pass
        return left

    def _merge(self, scores: Mapping[tuple[int, int], float], left: set[int]) -> bool:
        """One round: a cluster that has changed waits for the next to be judged anew. Says whether anything changed."""
        changed: set[int] = set()
        for one, two in sorted(scores, key=lambda pair: (-scores[pair], *pair)):
            if one not in changed and two not in changed:
                changed |= {one, two}
                self._join(one, two)
                left.discard(two)
        return bool(changed)

    def _belonging(self, opened: set[int], likes: Similarities) -> dict[tuple[int, int], float]:
        """Pairs of clusters that belong together → how much; the second of each was opened this day."""
        across = self._crossings(opened, likes)
        found: dict[tuple[int, int], float] = {}
        for place in np.flatnonzero(across.most >= MERGED).tolist():
            pair = int(across.first[place]), int(across.second[place])
            score = _joint(
                float(across.most[place]), float(across.total[place]), int(across.size[place]), self._across(*pair)
            )
            if score >= MERGED:
                found[pair] = score
        return found

    def _akin(self, opened: set[int], likes: Similarities) -> dict[tuple[int, int], float]:
        """Pairs of clusters of several rows, both opened this day → the cosine of their centres, where that is high: a
        great story is told in so many words that its parts open clusters of their own."""
        across, homes, free = self._crossings(opened, likes), self._homes(), self._flags(opened)
        inside = homes[likes.one] == homes[likes.other]
        size = np.bincount(homes, minlength=self._opened).astype(float)
        within = size + 2 * np.bincount(homes[likes.one[inside]], likes.like[inside], minlength=self._opened)
        one, two = across.first, across.second
        centres = across.total / np.sqrt(np.maximum(within[one] * within[two], 1.0))
        akin = free[one] & (size[one] > 1) & (size[two] > 1) & (centres >= AKIN)
        pairs = zip(one[akin].tolist(), two[akin].tolist(), strict=True)
        return dict(zip(pairs, centres[akin].tolist(), strict=True))

    def _crossings(self, opened: set[int], likes: Similarities) -> _Crossings:
        """The pairs of clusters between which there are similarities, the second of which was opened this day."""
        homes = self._homes()
        one, other = homes[likes.one], homes[likes.other]
        first, second = np.minimum(one, other), np.maximum(one, other)
        apart = np.flatnonzero((first != second) & self._flags(opened)[second])
        keys = first[apart] * self._opened + second[apart]
        order = np.argsort(keys, kind="stable")
        keys, values = keys[order], likes.like[apart][order]
        begins = np.flatnonzero(np.diff(keys, prepend=-1))
        if not len(begins):
            return _Crossings(begins, begins, values, values, begins)
        most, total = np.maximum.reduceat(values, begins), np.add.reduceat(values, begins)
        firsts, seconds = np.divmod(keys[begins], self._opened)
        return _Crossings(firsts, seconds, most, total, np.diff(begins, append=len(keys)))

    def _homes(self) -> Any:
        return np.array(self._home, dtype=np.int64)

    def _flags(self, opened: set[int]) -> Any:
        flags = np.zeros(self._opened, dtype=bool)
        flags[list(opened)] = True
        return flags

    def _across(self, one: int, two: int) -> float:
        return sum(self._near(one, at) for at in self._times[two])

    def _join(self, one: int, two: int) -> None:
        for row in self._rows.pop(two):
            self._home[row] = one
            self._rows[one].append(row)
        for at in self._times.pop(two):
            insort(self._times[one], at)


def _joint(best: float, total: float, found: int, pairs: float) -> float:
    """The best similarity and the average one over ``pairs``, of which ``found`` are alike at all, weighed together."""
    return BEST_SHARE * best + (1 - BEST_SHARE) * total / max(pairs, found)

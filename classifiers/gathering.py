"""Rows gathered into clusters by how alike they are: one after the other, then clusters of the same day that belong
together though no single row said so in time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping

from classifiers.likeness import SAME_HOURS

ENOUGH = 0.23
"""How alike a row must be to a cluster: the mean of its best and its average likeness to the members of its time."""
MERGED = 0.28
"""The same of two clusters."""
LONE = 0.8
"""What a likeness counts that only one pair speaks for."""
Likes = Mapping[int, Mapping[int, float]]
"""Row → earlier row → how alike they are (0 … 1)."""


class Gathering:
    """Which row lies in which cluster. A cluster is named by a number of its own, in the order of opening."""

    def __init__(self) -> None:
        self._home: dict[int, int] = {}
        self._rows: dict[int, list[int]] = {}
        self._times: dict[int, list[float]] = {}
        self._opened = 0

    def home(self, row: int) -> int:
        """The cluster of a row."""
        return self._home[row]

    def rows(self, home: int) -> list[int]:
        """The rows of a cluster, in the order in which they came."""
        return self._rows[home]

    def put(self, row: int, at: float, home: int | None) -> int:
        """Put a row of that time (hours) into a cluster, or (None) into a new one; returns the cluster."""
        if home is None:
            home = self._opened
            self._opened += 1
        self._home[row] = home
        self._rows.setdefault(home, []).append(row)
        insort(self._times.setdefault(home, []), at)
        return home

    def best(self, likes: Mapping[int, float], at: float) -> int | None:
        """The cluster that a row of that time belongs to, the oldest of equals, or None where none is near enough."""
        together: dict[int, list[float]] = {}
        for other, like in likes.items():
            if like > 0:
                together.setdefault(self._home[other], []).append(like)
        joint = {home: _joint(found, self._near(home, at)) for home, found in together.items()}
        best = max(joint, key=lambda home: (joint[home], -home), default=None)
        return best if best is not None and joint[best] >= ENOUGH else None

    def _near(self, home: int, at: float) -> int:
        times = self._times[home]
        return bisect_right(times, at + SAME_HOURS) - bisect_left(times, at - SAME_HOURS)

    def merge(self, opened: Iterable[int], likes: Likes) -> set[int]:
        """Merge clusters that were opened this day into those that they belong to, the likest first; returns the
        opened ones that are left. In rounds: a cluster that has changed waits for the next to be judged anew."""
        left = set(opened)
        while True:
            scores = self._between(left, likes)
            pairs = sorted(scores, key=lambda pair: (-scores[pair], *pair))
            changed: set[int] = set()
            for one, two in pairs:
                if one not in changed and two not in changed:
                    changed |= {one, two}
                    self._join(one, two)
                    left.discard(two)
            if not changed:
                return left

    def _between(self, opened: set[int], likes: Likes) -> dict[tuple[int, int], float]:
        """Pairs of clusters that belong together → how much; the second of each was opened this day."""
        found: dict[tuple[int, int], list[float]] = {}
        homes = self._home
        for row, others in likes.items():
            mine = homes[row]
            for other, like in others.items():
                home = homes[other]
                pair = (home, mine) if home < mine else (mine, home)
                if home != mine and like > 0 and pair[1] in opened:
                    found.setdefault(pair, []).append(like)
        # The best likeness bounds the mean of best and average: most pairs need no counting.
        joint = {pair: _joint(each, self._across(*pair)) for pair, each in found.items() if max(each) >= MERGED}
        return {pair: score for pair, score in joint.items() if score >= MERGED}

    def _across(self, one: int, two: int) -> int:
        return sum(self._near(one, at) for at in self._times[two])

    def _join(self, one: int, two: int) -> None:
        for row in self._rows.pop(two):
            self._home[row] = one
            self._rows[one].append(row)
        for at in self._times.pop(two):
            insort(self._times[one], at)


def _joint(likes: list[float], pairs: int) -> float:
    joint = (max(likes) + sum(likes) / max(pairs, len(likes))) / 2
    return joint * (LONE if pairs <= 1 else 1.0)

"""Sets compared by the thousand: what those of pairs share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np


class SetRows:
    """Sets as rows of a matrix."""

    def __init__(self, sets: Iterable[Iterable[str]]) -> None:
        # Whoever compares no sets should not wait for a library of matrices.
        from scipy.sparse import csr_matrix

        columns: dict[str, int] = {}
        # In which order the columns are numbered changes no count.
        rows = [[columns.setdefault(each, len(columns)) for each in found] for found in sets]
        self._columns = columns
        starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
        indices = np.array([column for row in rows for column in row], dtype=np.int32)
        self._matrix = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), max(1, len(columns))))
        self._sizes = np.diff(starts).astype(float)

    def shared(self, one: Any, other: Any) -> Any:
        """How many members the sets of each pair share."""
        return np.asarray(self._matrix[one].multiply(self._matrix[other]).sum(axis=1)).ravel()

    def crossed(self, others: SetRows, one: Any, other: Any) -> Any:
        """The same where the second set is taken from ``others``."""
        place = [others._columns.get(name, -1) for name in self._columns]
        known = [column for column, found in enumerate(place) if found >= 0]
        if not known:
            return np.zeros(len(one))
        mine, theirs = self._matrix[:, known], others._matrix[:, [place[column] for column in known]]
        return np.asarray(mine[one].multiply(theirs[other]).sum(axis=1)).ravel()

    def alike(self, one: Any, other: Any) -> Any:
        """Shared members over the geometric mean of the sizes (Ochiai's coefficient, 0 to 1)."""
        return self.shared(one, other) / np.sqrt(np.maximum(self._sizes[one] * self._sizes[other], 1.0))

    def overlap(self, one: Any, other: Any) -> Any:
        """Shared members over all (Jaccard's index, 0 to 1)."""
        shared = self.shared(one, other)
        return shared / np.maximum(self._sizes[one] + self._sizes[other] - shared, 1.0)

    def same(self, one: Any, other: Any, least: int) -> Any:
        """Whether both have the same members, so many or more."""
        shared = self.shared(one, other)
        return (shared >= least) & (shared == self._sizes[one]) & (shared == self._sizes[other])

    def apart(self, one: Any, other: Any) -> Any:
        """Whether both have members and share none."""
        return (self._sizes[one] > 0) & (self._sizes[other] > 0) & (self.shared(one, other) == 0)

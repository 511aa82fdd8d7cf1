"""Sets compared by the thousand: what those of pairs share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from classifiers.text.kept import kept

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


WORD, MOST_WORDS = 63, 4
"""Members are bits of so many integers; of more different ones a matrix is made."""


class SetRows:
    """Sets as rows of bits, or of a matrix."""

    def __init__(self, sets: Iterable[Iterable[str]]) -> None:
        columns: dict[str, int] = {}
        # In which order the columns are numbered changes no count.
        self._rows = [[columns.setdefault(each, len(columns)) for each in found] for found in sets]
        self._columns = columns
        self._sizes = np.array([len(row) for row in self._rows], dtype=float)
        self._bits = _bits(self._rows, len(columns)) if len(columns) <= WORD * MOST_WORDS else None

    @kept
    def _matrix(self) -> csr_matrix:
        # Whoever compares no sets should not wait for a library of matrices.
        from scipy.sparse import csr_matrix

        starts = np.concatenate([[0], np.cumsum(self._sizes)]).astype(np.int64)
        indices = np.array([column for row in self._rows for column in row], dtype=np.int32)
        shape = (len(self._rows), max(1, len(self._columns)))
        return csr_matrix((np.ones(len(indices)), indices, starts), shape=shape)

    def shared(self, one: Any, other: Any) -> Any:
        """How many members the sets of each pair share."""
        if self._bits is not None:
            return _counted(self._bits, self._bits, one, other)
        return np.asarray(self._matrix[one].multiply(self._matrix[other]).sum(axis=1)).ravel()

    def crossed(self, others: SetRows, one: Any, other: Any) -> Any:
        """The same where the second set is taken from ``others``."""
        place = [others._columns.get(name, -1) for name in self._columns]
        known = [column for column, found in enumerate(place) if found >= 0]
        if not known:
            return np.zeros(len(one))
        if self._bits is not None:
            mine = {place[column]: column for column in known}
            theirs = [[mine[column] for column in row if column in mine] for row in others._rows]
            return _counted(self._bits, _bits(theirs, len(self._columns)), one, other)
        ours, theirs_too = self._matrix[:, known], others._matrix[:, [place[column] for column in known]]
        return np.asarray(ours[one].multiply(theirs_too[other]).sum(axis=1)).ravel()

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


def _bits(rows: Iterable[Iterable[int]], columns: int) -> list[Any]:
    """The rows as integers, one array for each `WORD` columns."""
    whole = [sum({1 << column for column in row}) for row in rows]
    mask = (1 << WORD) - 1
    return [np.array([each >> low & mask for each in whole], dtype=np.int64) for low in range(0, max(columns, 1), WORD)]


def _counted(ours: list[Any], theirs: list[Any], one: Any, other: Any) -> Any:
    return sum(np.bitwise_count(a[one] & b[other]) for a, b in zip(ours, theirs, strict=True)).astype(float)

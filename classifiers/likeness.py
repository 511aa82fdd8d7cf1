"""How alike signs are: cosines of weighted terms, for the pairs that are worth holding against each other.

A term weighs by how rare it is in our own examples and among the entries of these days together, so that what everyone
writes of this week ties nothing. Names weigh more than other words, the headline more than the lead. Pairs are found
through the terms that few entries share: the work grows with the entries, not with their square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from classifiers.examples import seed_examples
from classifiers.signs import Sign, terms
from classifiers.text import fold

LEAD_SHARE = 0.7
NAME_SHARE = 2.2
TODAY = 7.0
"""What an entry of these days counts, beside one of our examples, for how rare a term is."""
MOST_SHARED = 400
"""A term that more entries hold, and more than one in fifty, leads to no pair; it counts in those found by others."""
FAINT = 0.12
"""Pairs whose rare terms are less alike, or all terms and names, are passed over."""
FAR = 0.16
"""The same of pairs too far apart in time to be one report: they only need to be linked."""
MANY_NAMES = 0.5
SAME_HOURS = 36
"""Entries further apart are no longer the same report; the later one may follow up the earlier."""
LINKED = 0.2
"""How alike an entry must be to one of an earlier story to take it up, whatever time lies between."""
BLOCK = 1000


class Pairs(NamedTuple):
    """Pairs of rows as arrays: the later and the earlier row, how alike they are over all terms and, where their
    languages differ, over names alone, and how many names they share there (0 elsewhere)."""

    one: Any
    other: Any
    full: Any
    names: Any
    shared_names: Any


@cache
def _usual() -> tuple[Counter[str], int]:
    """Term → how many of our own examples hold it, and how many examples there are."""
    counts: Counter[str] = Counter()
    examples = seed_examples()
    for example in examples:
        counts.update(terms(example.text, fold(example.text)))
    return counts, len(examples)


class Row(NamedTuple):
    """A sign as columns and what its terms count there; ``at`` is its time in hours."""

    at: float
    language: str
    columns: Any
    values: Any


class Vocabulary:
    """Term → column, for all the signs of one run: a sign is looked up once, however many days it is compared on."""

    def __init__(self) -> None:
        self._columns: dict[str, int] = {}
        self._usual: list[int] = []
        self._is_name: list[bool] = []

    def row(self, sign: Sign) -> Row:
        """The sign as a row."""
        held = [self._column(term) for term in (*sorted(sign.title), *sorted(sign.lead))]
        values = np.full(len(held), LEAD_SHARE)
        values[: len(sign.title)] = 1.0
        return Row(sign.at, sign.language, np.array(held, dtype=np.int32), values)

    def _column(self, term: str) -> int:
        column = self._columns.setdefault(term, len(self._columns))
        if column == len(self._usual):
            self._usual.append(_usual()[0][term])
            self._is_name.append(term.startswith("@"))
        return column

    def names(self) -> Any:
        """Whether each column stands for a name."""
        return np.array(self._is_name, dtype=bool)

    def rarity(self, counts: Any, size: int) -> Any:
        """The weight of each column where so many (``counts``) of ``size`` entries of these days hold it."""
        total = _usual()[1] + TODAY * (size + 1)
        return np.log(total / (np.array(self._usual, dtype=float) + TODAY * counts + 1.0))


class Space:
    """Rows of weighted terms that may be held against each other."""

    def __init__(self, rows: Sequence[Row], vocabulary: Vocabulary) -> None:
        is_name = vocabulary.names()
        indices = np.concatenate([row.columns for row in rows])
        values = np.concatenate([row.values for row in rows])
        starts = np.concatenate([[0], np.cumsum([len(row.columns) for row in rows])])
        counts = np.bincount(indices, minlength=len(is_name))
        rarity = vocabulary.rarity(counts, len(rows)) * np.where(is_name, NAME_SHARE, 1.0)
        rare = counts <= max(MOST_SHARED, len(rows) // 50)
        shape = (len(rows), len(is_name))
        named = is_name[indices]
        self._full = _unit(csr_matrix((values * rarity[indices], indices, starts), shape=shape))
        self._names = _unit(csr_matrix((values * rarity[indices] * named, indices, starts), shape=shape))
        self._held_names = csr_matrix((named.astype(np.float32), indices, starts), shape=shape)
        # A copy: dropping the zeros moves the columns, which the others share.
        self._rare = csr_matrix((self._full.data * rare[indices], indices, starts), shape=shape, copy=True)
        self._rare.eliminate_zeros()
        self._times = np.array([row.at for row in rows])
        numbers: dict[str, int] = {}
        self._languages = np.array([numbers.setdefault(row.language, len(numbers)) for row in rows])

    def pairs(self, first: int) -> Pairs:
        """The pairs of a row from ``first`` on with an earlier row that are alike at all."""
        columns = self._rare.T.tocsr()
        blocks = [self._judged(*self._faint(begin, columns)) for begin in range(first, len(self._times), BLOCK)]
        return Pairs(*(np.concatenate(arrays) for arrays in zip(*blocks, strict=True)))

    def _faint(self, begin: int, columns: csr_matrix) -> tuple[Any, Any]:
        found = (self._rare[begin : begin + BLOCK] @ columns).tocoo()
        ones, others = found.row.astype(np.int64) + begin, found.col.astype(np.int64)
        far = self._times[ones] - self._times[others] > SAME_HOURS
        keep = (found.data >= np.where(far, FAR, FAINT)) & (others < ones)
        return ones[keep], others[keep]

    def _judged(self, ones: Any, others: Any) -> Pairs:
        full, names, shared = _dots(self._full, ones, others), np.zeros(len(ones)), np.zeros(len(ones))
        across = np.flatnonzero(self._languages[ones] != self._languages[others])
        names[across] = _dots(self._names, ones[across], others[across])
        shared[across] = _dots(self._held_names, ones[across], others[across])
        near = np.abs(self._times[ones] - self._times[others]) <= SAME_HOURS
        worth = (full >= np.where(near, FAINT, LINKED)) | (names >= MANY_NAMES)
        return Pairs(ones[worth], others[worth], full[worth], names[worth], shared[worth])


def _dots(matrix: csr_matrix, ones: Any, others: Any) -> Any:
    if not len(ones):
        return np.zeros(0)
    return np.asarray(matrix[ones].multiply(matrix[others]).sum(axis=1)).ravel()


def _unit(matrix: csr_matrix) -> csr_matrix:
    """The matrix with rows of length one, its columns where they were."""
    squares = np.add.reduceat(np.append(matrix.data**2, 0.0), matrix.indptr[:-1]) * (np.diff(matrix.indptr) > 0)
    lengths = np.repeat(np.sqrt(squares), np.diff(matrix.indptr))
    return csr_matrix((matrix.data / np.maximum(lengths, 1e-9), matrix.indices, matrix.indptr), shape=matrix.shape)

"""How alike fingerprints are: cosines of weighted terms, for the pairs that are worth comparing.

A term weighs by how rare it is in our own examples and among the entries of these days together, so that what everyone
writes of this week links nothing. Names weigh more than other words, the headline more than the lead. Pairs are found
through the terms that few entries share: the work grows with the entries, not with their square.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from classifiers.stories.fingerprint import Fingerprint
from classifiers.stories.usual_terms import usual_terms

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAD_SHARE = 0.55
SHARES = {"@": 2.1, "#": 1.0, "~": 1.2}
"""What a name, a number and a cue weigh beside another word. Concepts ("^") weigh nothing here: within a language they
say again what its words say; between languages `classifiers.stories.pair_model` weighs them."""
TODAY = 9.0
"""The weight of an entry of these days, beside one of our examples, in how rare a term is."""
MOST_SHARED = 400
"""A term that more entries hold, and more than one in fifty, finds no pair; it counts in pairs that others found."""
FAINT = 0.1
"""The least cosine of their rare terms for two entries to be compared as one report."""
FAINT_ACROSS = 0.05
"""The same for two entries in different languages, which share hardly more than names."""
FAR = 0.16
"""The same for entries too far apart in time to be one report: they can only be linked."""
SAME_HOURS = 36
"""Entries further apart are no longer the same report; the later one may follow up the earlier."""
BLOCK = 1000


class RowPairs(NamedTuple):
    """Pairs of rows as arrays: the later and the earlier row and the cosine of their terms."""

    one: Any
    other: Any
    cosine: Any


class TermRow(NamedTuple):
    """A fingerprint as columns and what its terms count there; ``at`` is its time in hours."""

    at: float
    language: str
    columns: Any
    values: Any


class _TermColumns(dict[str, int]):
    """Term → column; a term that is asked for first is given the next."""

    def __missing__(self, term: str) -> int:
        self[term] = column = len(self)
        return column


class Vocabulary:
    """Term → column, for all fingerprints of one run: each is looked up once, on however many days it is compared."""

    def __init__(self) -> None:
        self._columns = _TermColumns()
        self._usual: list[int] = []
        self._shares: list[float] = []

    def row(self, fingerprint: Fingerprint) -> TermRow:
        """The fingerprint as a row."""
        columns = self._columns
        title, lead = (
            sorted(term for term in each if term[0] != "^") for each in (fingerprint.title, fingerprint.lead)
        )
        held = [columns[term] for term in (*title, *lead)]
        values = np.full(len(held), LEAD_SHARE)
        values[: len(title)] = 1.0
        return TermRow(fingerprint.at, fingerprint.language, np.array(held, dtype=np.int32), values)

    def weights(self, counts: Any, size: int) -> Any:
        """The weight of each column where so many (``counts``) of ``size`` entries of these days hold it."""
        usual, examples = usual_terms()
        for term in islice(self._columns, len(self._usual), None):
            self._usual.append(usual[term])
            self._shares.append(SHARES.get(term[0], 1.0))
        total = examples + TODAY * (size + 1)
        rarity = np.log(total / (np.array(self._usual, dtype=float) + TODAY * counts + 1.0))
        return rarity * np.array(self._shares)

    def __len__(self) -> int:
        return len(self._columns)


class TermSpace:
    """Rows of weighted terms that can be compared."""

    def __init__(self, rows: Sequence[TermRow], vocabulary: Vocabulary) -> None:
        # An edition that is composed anew needs the rules of this room, and no matrices.
        from scipy.sparse import csr_matrix

        indices = np.concatenate([row.columns for row in rows])
        values = np.concatenate([row.values for row in rows])
        starts = np.concatenate([[0], np.cumsum([len(row.columns) for row in rows])])
        counts = np.bincount(indices, minlength=len(vocabulary))
        weights = vocabulary.weights(counts, len(rows))
        shape = (len(rows), len(vocabulary))
        whole = _unit(csr_matrix((values * weights[indices], indices, starts), shape=shape))
        rare = counts <= max(MOST_SHARED, len(rows) // 50)
        self._rare, self._common = _only(whole, rare), _only(whole, ~rare)
        self._times = np.array([row.at for row in rows])
        self._languages = np.unique([row.language for row in rows], return_inverse=True)[1]

    def pairs(self, first: int) -> RowPairs:
        """The pairs of a row from ``first`` on with an earlier row that are alike at all."""
        columns = self._rare.T.tocsr()
        blocks = [self._pairs(begin, columns) for begin in range(first, len(self._times), BLOCK)]
        return RowPairs(*(np.concatenate(arrays) for arrays in zip(*blocks, strict=True)))

    def cosines(self, ones: Any, others: Any) -> Any:
        """The cosines of those pairs of rows."""
        return _dots(self._rare, ones, others) + _dots(self._common, ones, others)

    def _pairs(self, begin: int, columns: csr_matrix) -> RowPairs:
        found = (self._rare[begin : begin + BLOCK] @ columns).tocoo()
        ones, others = found.row.astype(np.int64) + begin, found.col.astype(np.int64)
        far = self._times[ones] - self._times[others] > SAME_HOURS
        near = np.where(self._languages[ones] == self._languages[others], FAINT, FAINT_ACROSS)
        keep = (found.data >= np.where(far, FAR, near)) & (others < ones)
        ones, others = ones[keep], others[keep]
        return RowPairs(ones, others, found.data[keep] + _dots(self._common, ones, others))


def cosines(fingerprints: Sequence[Fingerprint], one: Any, other: Any) -> Any:
    """The cosines of those pairs of fingerprints, alike or not."""
    vocabulary = Vocabulary()
    space = TermSpace([vocabulary.row(each) for each in fingerprints], vocabulary)
    return space.cosines(one, other)


def _only(matrix: csr_matrix, columns: Any) -> csr_matrix:
    """The matrix with nothing but those columns in it."""
    only = type(matrix)((matrix.data * columns[matrix.indices], matrix.indices, matrix.indptr), matrix.shape, copy=True)
    only.eliminate_zeros()
    return only


def _dots(matrix: csr_matrix, ones: Any, others: Any) -> Any:
    if not len(ones) or not matrix.nnz:
        return np.zeros(len(ones))
    return np.asarray(matrix[ones].multiply(matrix[others]).sum(axis=1)).ravel()


def _unit(matrix: csr_matrix) -> csr_matrix:
    """The matrix with rows of length one, its columns where they were."""
    squares = np.add.reduceat(np.append(matrix.data**2, 0.0), matrix.indptr[:-1]) * (np.diff(matrix.indptr) > 0)
    lengths = np.repeat(np.sqrt(squares), np.diff(matrix.indptr))
    return type(matrix)((matrix.data / np.maximum(lengths, 1e-9), matrix.indices, matrix.indptr), shape=matrix.shape)

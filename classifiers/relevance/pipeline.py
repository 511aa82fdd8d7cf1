"""Analyses → rows in feature space: what every model sees of a text, and what it learns from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat

import mmh3
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack

from classifiers.grammar.sentences import Head
from classifiers.lexicon.analysis import Analysis
from classifiers.relevance.features import mention_features
from classifiers.text.scripts import FIRST_PAIRED

_WORD = re.compile(r"\w+")
BEGINNING = 5
"""Characters of a word that are kept; 4 and 6 did as well out of fold, n-grams inside words no better at ten times
the time."""
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Training rows in feature space, before any model: what examples, labels and essays all become.

    ``mentions`` holds one mapping a row; ``words`` and ``characters`` are (rows x 2^hash_bits) sparse matrices.
    """

    mentions: tuple[dict[str, float], ...]
    words: csr_matrix
    characters: csr_matrix

    @property
    def hash_bits(self) -> int:
        """The n-grams are hashed into 2^hash_bits columns."""
        return int(self.words.shape[1]).bit_length() - 1

    def take(self, chosen: Sequence[int] | Integers) -> Rows:
        """The rows of those numbers, in that order."""
        return Rows(tuple(self.mentions[index] for index in chosen), self.words[chosen], self.characters[chosen])


@dataclass(frozen=True, slots=True)
class TrainingRows:
    """What a model learns from: rows, whether each is relevant, and how much each counts.

    ``features`` are the mention features worth learning from (see `common_features`), sorted; they are the same in
    every fold.
    """

    rows: Rows
    relevant: Bools
    weights: Floats
    features: tuple[str, ...]

    def take(self, chosen: Integers) -> TrainingRows:
        """The rows of those numbers; the features stay."""
        return TrainingRows(self.rows.take(chosen), self.relevant[chosen], self.weights[chosen], self.features)


def make_rows(analyses: Sequence[Analysis], hash_bits: int, heads: Sequence[Head] | None = None) -> Rows:
    """Analyses as rows. Each n-gram row has unit length (or is empty). ``heads`` are what the grammar read of each,
    where that is known."""
    words = [_WORD.findall(analysis.masked) for analysis in analyses]
    columns = _HashedColumns(hash_bits)
    return Rows(
        tuple(map(mention_features, analyses, heads or repeat(None))),
        _of_unit_length(_counted([_one_and_two(row) for row in words], columns)),
        _of_unit_length(_counted([_beginnings(row) for row in words], columns)),
    )


def stack(rows: Sequence[Rows]) -> Rows:
    """The rows of all, one below the other; there is at least one to stack."""
    return Rows(
        tuple(mentions for each in rows for mentions in each.mentions),
        vstack([each.words for each in rows], format="csr"),
        vstack([each.characters for each in rows], format="csr"),
    )


class _HashedColumns(dict[str, int]):
    """Token → column, each hashed once: most tokens of a batch come again. Lives as long as its batch."""

    def __init__(self, hash_bits: int) -> None:
        super().__init__()
        self.hash_bits = hash_bits
        self._size = 1 << hash_bits

    def __missing__(self, token: str) -> int:
        column = self[token] = abs(mmh3.hash(token)) % self._size  # `word_column`, without the call
        return column


def _counted(rows: Sequence[list[str]], columns: _HashedColumns) -> csr_matrix:
    """How often each column's tokens stand in each row: what sklearn's FeatureHasher gives without signs."""
    indices = np.fromiter(map(columns.__getitem__, chain.from_iterable(rows)), dtype=np.int32)
    starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    counted = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), 2**columns.hash_bits))
    counted.sum_duplicates()
    return counted


def _of_unit_length(counted: csr_matrix) -> csr_matrix:
    """Each row divided by its Euclidean length; an empty row stays empty.

    The same to the bit as sklearn's ``normalize``, which is not used here because importing sklearn takes longer than
    all else that a command does before it judges its first article.
    """
    sizes = np.diff(counted.indptr)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    lengths = np.sqrt(np.bincount(rows, weights=counted.data**2, minlength=len(sizes)))
    counted.data /= lengths[rows]
    return counted


def _one_and_two(words: list[str]) -> list[str]:
    """Words and pairs of neighbours."""
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def _beginnings(words: list[str]) -> list[str]:
    """The first characters of each word, which carry its sense in inflected languages; of Chinese, Japanese and
    Korean runs every pair of characters."""
    if max(words, default="") < FIRST_PAIRED:
        return [word[:BEGINNING] for word in words]
    pieces: list[str] = []
    for word in words:
        if word[0] < FIRST_PAIRED:
            pieces.append(word[:BEGINNING])
        else:
            pieces += [word[start : start + 2] for start in range(max(1, len(word) - 1))]
    return pieces


def pieces_of(analysis: Analysis) -> set[str]:
    """The beginnings of its words, names masked."""
    return set(_beginnings(_WORD.findall(analysis.masked)))


def word_column(word: str, hash_bits: int) -> int:
    """The column of a single word within the block of words."""
    return abs(mmh3.hash(word)) % (1 << hash_bits)


def common_features(mentions: Sequence[dict[str, float]], rare: int) -> tuple[str, ...]:
    """The mention features that at least ``rare`` rows show, sorted."""
    counts: dict[str, int] = {}
    for features in mentions:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(name for name, count in counts.items() if count >= rare))

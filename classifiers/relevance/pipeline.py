"""Analyses → a sparse matrix → a fitted logistic regression → probabilities. The one door to scikit-learn.

Nothing here is pickled: what a fitted model needs is two arrays and a few numbers (see
`classifiers.relevance.registry`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from sklearn.utils import murmurhash3_32
from threadpoolctl import threadpool_limits

from classifiers.lexicon.analysis import Analysis
from classifiers.relevance.features import mention_features
from classifiers.text.scripts import FIRST_PAIRED

_WORD = re.compile(r"\w+")
BEGINNING = 5
"""Characters of a word that are kept; 4 and 6 did as well out of fold, n-grams inside words no better at ten times
the time."""
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spec:
    """What is fitted. The numbers were chosen by grouped cross-validation on our own examples
    (``axiswatch evaluate --ablation`` shows the neighbours); none of them has seen the evaluation set.

    ``mentions``, ``words``, ``characters``: the weight of each block of features (sentence windows; words and pairs of
    words; beginnings of words), 0 leaves it out.
    ``strength`` is the inverse of the L2 penalty. ``essay_weight`` is what one passage of the essays counts beside one
    example; ``rare`` is how many examples must show a mention feature for it to be kept.
    """

    mentions: float = 1.0
    words: float = 4.0
    characters: float = 6.0
    hash_bits: int = 15
    strength: float = 3.0
    essay_weight: float = 0.3
    rare: int = 4

    def as_dict(self) -> dict[str, Any]:
        """The spec as plain JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Rows:
    """Training rows in feature space, before any model: what examples, labels and essays all become.

    ``mentions`` holds one mapping a row; ``words`` and ``characters`` are (rows x 2^hash_bits) sparse matrices.
    """

    mentions: tuple[dict[str, float], ...]
    words: csr_matrix
    characters: csr_matrix


def make_rows(analyses: Sequence[Analysis], hash_bits: int) -> Rows:
    """Analyses as rows. Each n-gram row has unit length (or is empty)."""
    words = [_WORD.findall(analysis.masked) for analysis in analyses]
    columns = _HashedColumns(hash_bits)
    return Rows(
        tuple(mention_features(analysis) for analysis in analyses),
        normalize(_counted([_one_and_two(row) for row in words], columns)),
        normalize(_counted([_beginnings(row) for row in words], columns)),
    )


class _HashedColumns(dict[str, int]):
    """Token → column, each hashed once: most tokens of a batch come again. Lives as long as its batch."""

    def __init__(self, hash_bits: int) -> None:
        super().__init__()
        self.hash_bits = hash_bits

    def __missing__(self, token: str) -> int:
        column = self[token] = word_column(token, self.hash_bits)
        return column


def _counted(rows: Sequence[list[str]], columns: _HashedColumns) -> csr_matrix:
    """How often each column's tokens stand in each row: what sklearn's FeatureHasher gives without signs."""
    indices = np.fromiter(map(columns.__getitem__, chain.from_iterable(rows)), dtype=np.int32)
    starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    counted = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), 2**columns.hash_bits))
    counted.sum_duplicates()
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
    return int(abs(murmurhash3_32(word, seed=0)) % 2**hash_bits)


def matrix(rows: Rows, vocabulary: Sequence[str], spec: Spec) -> csr_matrix:
    """The rows as one sparse matrix: mention features in the order of ``vocabulary``, then words, then characters."""
    blocks = [
        _mention_block(rows.mentions, vocabulary) * spec.mentions,
        rows.words * spec.words,
        rows.characters * spec.characters,
    ]
    return hstack(blocks, format="csr", dtype=np.float64)


def _mention_block(mentions: Sequence[dict[str, float]], vocabulary: Sequence[str]) -> csr_matrix:
    columns = {name: column for column, name in enumerate(vocabulary)}
    values: list[float] = []
    indices: list[int] = []
    starts = [0]
    for features in mentions:
        for name, value in features.items():
            column = columns.get(name)
            if column is not None:
                indices.append(column)
                values.append(value)
        starts.append(len(indices))
    shape = (len(mentions), len(vocabulary))
    block = csr_matrix((np.array(values), np.array(indices, dtype=np.int32), np.array(starts)), shape=shape)
    block.sort_indices()  # sums depend on their order, and sets give features in another one in every process
    return block


def common_features(mentions: Sequence[dict[str, float]], rare: int) -> tuple[str, ...]:
    """The mention features that at least ``rare`` rows show, sorted."""
    counts: dict[str, int] = {}
    for features in mentions:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(name for name, count in counts.items() if count >= rare))


def fit(
    features: csr_matrix, relevant: npt.NDArray[np.bool_], weights: Floats, strength: float
) -> tuple[Floats, float]:
    """(coefficients, intercept) of an L2-penalised logistic regression. Deterministic."""
    model = LogisticRegression(C=strength, solver="newton-cg", max_iter=1000, tol=1e-6)
    with threadpool_limits(limits=1):  # two threads add up in whatever order they finish
        model.fit(features, relevant, sample_weight=weights)
    return model.coef_[0].astype(np.float64), float(model.intercept_[0])


def calibrate(decisions: Floats, relevant: Bools) -> tuple[float, float]:
    """(slope, offset) of Platt's sigmoid, fitted on decisions that the model made on rows it had not seen."""
    model = LogisticRegression(C=1e6, max_iter=3000)
    model.fit(decisions.reshape(-1, 1), relevant)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def sigmoid(values: Floats) -> Floats:
    """The logistic function, safe at both ends."""
    return 1.0 / (1.0 + np.exp(-np.clip(values, -40, 40)))

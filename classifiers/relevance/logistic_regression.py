"""The model that axiswatch ships: an L2-penalised logistic regression over mention features and hashed n-grams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, ClassVar, Self

import numpy as np
from scipy.sparse import csr_matrix, hstack
from threadpoolctl import threadpool_limits

from classifiers.relevance.model_protocol import Explanation, Settings
from classifiers.relevance.pipeline import Floats, Rows, TrainingRows, word_column

STRENGTH = 1.0


@dataclass(frozen=True, slots=True)
class LogisticRegressionModel:
    """``vocabulary`` names the first columns of ``coefficients``; the n-gram blocks follow. ``usual_wording`` is the
    decision's mean share of the n-grams on the training rows: reasons tell what goes beyond it.

    Of the settings, ``mentions``, ``words`` and ``characters`` are the weight of each block of features (sentence
    windows; words and pairs of words; beginnings of words), 0 leaves it out; ``strength`` is the inverse of the L2
    penalty. They were chosen by grouped cross-validation on our own examples (``axiswatch evaluate --ablation`` shows
    the neighbours); none of them has seen the evaluation set.
    """

    settings: ClassVar[Settings] = {"mentions": 1.0, "words": 4.0, "characters": 6.0, "strength": STRENGTH}
    parts: ClassVar[Mapping[str, Settings]] = {
        "n-grams only": {"mentions": 0.0},
        "mentions only": {"words": 0.0, "characters": 0.0},
        "mentions and words": {"characters": 0.0},
    }
    neighbours: ClassVar[Mapping[str, Settings]] = {
        "all, penalty / 3": {"strength": STRENGTH * 3},
        "all, penalty x 3": {"strength": STRENGTH / 3},
    }

    vocabulary: tuple[str, ...]
    coefficients: Floats
    intercept: float
    usual_wording: float
    fitted_with: Settings
    _pulls: Mapping[str, float] = field(init=False, repr=False, compare=False)
    """Mention feature → its coefficient, weighed: one by one out of the array takes thrice the time."""

    def __post_init__(self) -> None:
        weight, known = self.fitted_with["mentions"], self.coefficients[: len(self.vocabulary)]
        pulls = {name: pull * weight for name, pull in zip(self.vocabulary, known.tolist(), strict=True)}
        object.__setattr__(self, "_pulls", pulls)

    @classmethod
    def fit(cls, data: TrainingRows, settings: Settings) -> Self:
        """Fit the model; the same rows give the same one."""
        from sklearn.linear_model import LogisticRegression  # only what fits needs it, and importing it takes long

        regression = LogisticRegression(C=settings["strength"], solver="newton-cg", max_iter=1000, tol=1e-4)
        features = _matrix(data.rows, data.features, settings)
        with threadpool_limits(limits=1):  # two threads add up in whatever order they finish
            regression.fit(features, data.relevant, sample_weight=data.weights)
        coefficients = regression.coef_[0].astype(np.float64)
        usual = _ngrams(data.rows, settings) @ coefficients[len(data.features) :]
        return cls(data.features, coefficients, float(regression.intercept_[0]), float(usual.mean()), settings)

    @classmethod
    def restore(cls, arrays: Mapping[str, Floats], told: Mapping[str, Any], settings: Settings, hash_bits: int) -> Self:
        """The model from its coefficients and what `description` says. Raises ValueError where the coefficients are
        not as many as the features."""
        vocabulary = tuple(str(name) for name in told["vocabulary"])
        coefficients = arrays["coefficients"]
        if coefficients.shape != (len(vocabulary) + 2 * 2**hash_bits,):
            raise ValueError("the weights do not fit the vocabulary")
        return cls(vocabulary, coefficients, float(told["intercept"]), float(told["usual_wording"]), settings)

    def decide(self, rows: Rows) -> Floats:
        """The log-odds of each row."""
        decisions: Floats = _matrix(rows, self.vocabulary, self.fitted_with) @ self.coefficients + self.intercept
        return decisions

    def explain(self, rows: Rows, place: int, words: Sequence[str]) -> Explanation:
        """The share of each mention feature and of the n-grams in the log-odds, and the coefficients of the words."""
        pulls, width = self._pulls, len(self.vocabulary)
        features = {name: pulls[name] * value for name, value in rows.mentions[place].items() if name in pulls}
        pairs = ((rows.words, "words", width), (rows.characters, "characters", width + 2**rows.hash_bits))
        wording = sum(self.fitted_with[name] * self._share(block, place, first) for block, name, first in pairs)
        hashed = [width + word_column(word, rows.hash_bits) for word in words]
        told = dict(zip(words, self.coefficients.take(hashed).tolist(), strict=True))
        return Explanation(features, wording - self.usual_wording, told)

    def _share(self, block: csr_matrix, place: int, first: int) -> float:
        """What one row of a block adds to its decision; the block's coefficients begin at ``first``. By hand, since a
        row cut out of a sparse matrix costs more than all else that is explained."""
        start, end = block.indptr[place], block.indptr[place + 1]
        return float(block.data[start:end] @ self.coefficients.take(first + block.indices[start:end]))

    def arrays(self) -> dict[str, Floats]:
        """The coefficients."""
        return {"coefficients": self.coefficients}

    def description(self) -> dict[str, Any]:
        """All but the coefficients."""
        return {
            "vocabulary": list(self.vocabulary), "intercept": self.intercept, "usual_wording": self.usual_wording
        }  # fmt: skip


def _matrix(rows: Rows, vocabulary: tuple[str, ...], settings: Settings) -> csr_matrix:
    """The rows as one sparse matrix: mention features in the order of ``vocabulary``, then the n-grams."""
    mentions = _mention_block(rows.mentions, vocabulary) * settings["mentions"]
    return hstack([mentions, _ngrams(rows, settings)], format="csr", dtype=np.float64)


def _ngrams(rows: Rows, settings: Settings) -> csr_matrix:
    """Words, then characters."""
    blocks = [rows.words * settings["words"], rows.characters * settings["characters"]]
    return hstack(blocks, format="csr", dtype=np.float64)


def _mention_block(mentions: Sequence[dict[str, float]], vocabulary: tuple[str, ...]) -> csr_matrix:
    names = chain.from_iterable(mentions)
    columns = np.fromiter(map(_columns(vocabulary).get, names, repeat(-1)), dtype=np.int32)
    values = np.fromiter(chain.from_iterable(each.values() for each in mentions), dtype=np.float64)
    known = columns >= 0
    ends = np.cumsum([0, *map(len, mentions)])  # of all features, then of those that are known
    starts = np.concatenate([[0], np.cumsum(known)])[ends]
    shape = (len(mentions), len(vocabulary))
    block = csr_matrix((values[known], columns[known], starts), shape=shape)
    block.sort_indices()  # sums depend on their order, and sets give features in another one in every process
    return block


@lru_cache(maxsize=4)
def _columns(vocabulary: tuple[str, ...]) -> dict[str, int]:
    return {name: column for column, name in enumerate(vocabulary)}

"""A fitted model: what scoring needs and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from classifiers.lexicon.analysis import Reading
from classifiers.relevance.pipeline import Floats, Rows, Spec, make_rows, matrix, sigmoid

Naming = Literal["both", "russia", "partner", "neither"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The probability of one text with what `classifiers.relevance.explain` needs to tell why: the log-odds by which
    its n-grams together differ from the usual, and its mention features."""

    probability: float
    wording: float
    mentions: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """A model version as it judges.

    ``vocabulary`` names the first columns of ``coefficients``; the n-gram blocks follow. ``alone`` gives the
    probability of texts that do not name both sides, by what they do name: they never reach the regression.
    ``usual_wording`` is the decision's mean share of the n-grams on the training rows: wording is told against it.
    ``threshold`` and ``review_floor`` are probabilities.
    """

    id: str
    spec: Spec
    vocabulary: tuple[str, ...]
    coefficients: Floats
    intercept: float
    usual_wording: float
    slope: float
    offset: float
    alone: Mapping[Naming, float]
    threshold: float
    review_floor: float
    data_hash: str
    features_version: int

    def probabilities(self, readings: Sequence[Reading]) -> list[float]:
        """One calibrated probability a reading, in order."""
        return [judgement.probability for judgement in self.judge(readings)]

    def judge(self, readings: Sequence[Reading]) -> list[Judgement]:
        """One judgement a reading, in order."""
        joined = [reading for reading in readings if reading.joins]
        judged = iter(self._judge_rows(make_rows(joined, self.spec.hash_bits)) if joined else ())
        return [
            next(judged) if reading.joins else Judgement(self.alone[naming(reading)], 0.0, {}) for reading in readings
        ]

    def _judge_rows(self, rows: Rows) -> list[Judgement]:
        features = matrix(rows, self.vocabulary, self.spec)
        width = len(self.vocabulary)
        wording = features[:, width:] @ self.coefficients[width:]
        decisions = features[:, :width] @ self.coefficients[:width] + wording + self.intercept
        probabilities = sigmoid(self.slope * decisions + self.offset)
        told = zip(
            probabilities.tolist(), (self.slope * (wording - self.usual_wording)).tolist(), rows.mentions, strict=True
        )
        return [Judgement(probability, weight, mentions) for probability, weight, mentions in told]


def naming(reading: Reading) -> Naming:
    """Which sides a text names."""
    if reading.joins:
        return "both"
    return "russia" if reading.names_russia else "partner" if reading.names_partner else "neither"

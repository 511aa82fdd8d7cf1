"""A fitted model: what scoring needs and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from classifiers.lexicon.analysis import Analysis
from classifiers.relevance.pipeline import Floats, Rows, Spec, make_rows, matrix, sigmoid

Naming = Literal["both", "focus", "partner", "neither"]


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

    def probabilities(self, analyses: Sequence[Analysis]) -> list[float]:
        """One calibrated probability an analysis, in order."""
        return [judgement.probability for judgement in self.judge(analyses)]

    def judge(self, analyses: Sequence[Analysis]) -> list[Judgement]:
        """One judgement an analysis, in order."""
        joined = [analysis for analysis in analyses if analysis.joins]
        judged = iter(self._judge_rows(make_rows(joined, self.spec.hash_bits)) if joined else ())
        return [
            next(judged) if analysis.joins else Judgement(self.alone[naming(analysis)], 0.0, {})
            for analysis in analyses
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


def naming(analysis: Analysis) -> Naming:
    """Which sides a text names."""
    if analysis.joins:
        return "both"
    return "focus" if analysis.names_focus else "partner" if analysis.names_partner else "neither"

"""A model version as it judges: a fitted model of any kind with its calibration and its threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from classifiers.grammar.sentences import Head, read_head
from classifiers.lexicon.analysis import Analysis
from classifiers.relevance.calibration import sigmoid
from classifiers.relevance.model_protocol import RelevanceModel
from classifiers.relevance.pipeline import Rows, make_rows
from classifiers.relevance.spec import Spec

Naming = Literal["both", "focus", "partner", "neither"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The probability of one text, with the rows of the batch that it was judged in and its place among them: by them
    `classifiers.relevance.explain` tells why. ``head``: its sentences as the grammar read them. No rows where the text
    does not name both sides."""

    probability: float
    rows: Rows | None = None
    place: int = 0
    head: Head | None = None

    @property
    def mentions(self) -> Mapping[str, float]:
        """The mention features of the text."""
        return self.rows.mentions[self.place] if self.rows else {}


@dataclass(frozen=True, slots=True)
class Model:
    """A model version as it judges.

    ``slope`` and ``offset`` turn the log-odds of ``fitted`` into probabilities. ``alone`` gives the probability of
    texts that do not name both sides, by what they do name: they never reach ``fitted``. ``threshold`` and
    ``review_floor`` are probabilities.
    """

    id: str
    spec: Spec
    fitted: RelevanceModel
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
        named = [naming(analysis) for analysis in analyses]
        joined = [analysis for analysis, sides in zip(analyses, named, strict=True) if sides == "both"]
        judged = iter(self._judge_joined(joined) if joined else ())
        alone = {sides: Judgement(probability) for sides, probability in self.alone.items()}
        return [next(judged) if sides == "both" else alone[sides] for sides in named]

    def _judge_joined(self, analyses: Sequence[Analysis]) -> list[Judgement]:
        heads = [read_head(analysis) for analysis in analyses]
        rows = make_rows(analyses, self.spec.hash_bits, heads)
        probabilities = sigmoid(self.slope * self.fitted.decide(rows) + self.offset).tolist()
        judged = enumerate(zip(probabilities, heads, strict=True))
        return [Judgement(probability, rows, place, head) for place, (probability, head) in judged]


def naming(analysis: Analysis) -> Naming:
    """Which sides a text names."""
    if analysis.joins:
        return "both"
    return "focus" if analysis.names_focus else "partner" if analysis.names_partner else "neither"

"""Examples and essays → a fitted model with its calibration, its threshold and what it reached out of fold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from classifiers.lexicon.analysis import Analysis
from classifiers.relevance.calibration import calibrate, sigmoid
from classifiers.relevance.examples import Example, data_lines
from classifiers.relevance.model import Model, Naming, naming
from classifiers.relevance.pipeline import (
    Bools,
    Floats,
    Integers,
    Rows,
    TrainingRows,
    common_features,
    make_rows,
    stack,
)
from classifiers.relevance.spec import Spec
from classifiers.relevance.versions import FEATURES_VERSION, features_mark, training_mark
from classifiers.topics.active import active, shipped_id

FOLDS = 5
NATURAL_SHARE = 0.02
"""One entry in fifty is relevant in general news feeds, by the order of magnitude; only the rank and the probability
of texts that name one side or none depend on it, never what is flagged."""
FEWEST = 20
"""Below this many examples of either kind nothing can be said about a model."""


class TrainingError(Exception):
    """There is too little to train on; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Out-of-fold judgement of the examples: probabilities beside the truth, in the order of the examples."""

    probabilities: Floats
    relevant: Bools


@dataclass(frozen=True, slots=True)
class Trained:
    """What training gives: the model, how it judged what it had not seen, and the metrics that are stored with it."""

    model: Model
    judged: OutOfFold
    metrics: dict[str, float | int]


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Rows of examples that name both sides (the only ones a model sees), with the rows of ``essays`` passages below.
    ``groups`` are the examples' own: the essays have none."""

    learned: TrainingRows
    groups: tuple[str, ...]
    essays: int

    def folds(self) -> Iterator[tuple[Integers, Integers]]:
        """For each fold the rows to learn from and those to judge. Folds are split by group; the essays are never
        judged and always among what is learned from."""
        from sklearn.model_selection import GroupKFold  # only what fits needs it, and importing it takes long

        size = len(self.groups)
        always = np.arange(size, size + self.essays)
        for seen, unseen in GroupKFold(FOLDS).split(np.zeros(size), groups=self.groups):
            yield np.concatenate([seen, always]), unseen


def train(
    examples: Sequence[Example], essays: Rows | None, spec: Spec | None = None, target_recall: float = 0.95
) -> Trained:
    """Fit a model. The threshold is the highest that reaches ``target_recall`` out of fold (folds split by group).

    Raises TrainingError where there are too few examples of either kind.
    """
    spec = spec or Spec()
    analyses = [example.analysed() for example in examples]
    relevant = np.array([example.relevant for example in examples])
    if min(relevant.sum(), (~relevant).sum()) < FEWEST:
        raise TrainingError(f"training needs at least {FEWEST} relevant and {FEWEST} other examples")
    pairs = zip(examples, analyses, strict=True)
    data = training_data([(example, analysis) for example, analysis in pairs if analysis.joins], essays, spec)
    decisions = out_of_fold(data, spec)
    touches = np.array(
        [example.touches for example, analysis in zip(examples, analyses, strict=True) if analysis.joins]
    )
    slope, offset = calibrate(decisions, data.learned.relevant[: len(data.groups)], touches)
    alone = _alone(analyses, relevant)
    judged = _judged(analyses, relevant, sigmoid(slope * decisions + offset), alone)
    threshold, floor = choose_threshold(judged, target_recall, max(alone.values()))
    data_hash = _data_hash(examples, essays, spec)
    model = Model(
        id=f"{_topic_mark()}{data_hash[:8]}-{_spec_hash(spec, target_recall)[:6]}",
        spec=spec,
        fitted=spec.fit(data.learned),
        slope=slope,
        offset=offset,
        alone=alone,
        threshold=threshold,
        review_floor=floor,
        data_hash=data_hash,
        features_version=FEATURES_VERSION,
    )
    return Trained(model, judged, _metrics(judged, threshold, data))


def training_data(joined: Sequence[tuple[Example, Analysis]], essays: Rows | None, spec: Spec) -> TrainingData:
    """The examples, which name both sides, and the essays as rows to learn from; without the essays where the spec
    gives them no weight. What features are worth learning from the examples alone decide."""
    rows = make_rows([analysis for _, analysis in joined], spec.hash_bits)
    features = common_features(rows.mentions, spec.rare)
    passages = 0
    if essays is not None and spec.essay_weight > 0:
        passages = len(essays.mentions)
        rows = stack([rows, essays])
    relevant = np.array([example.relevant for example, _ in joined] + [True] * passages)
    weights = np.array([example.weight for example, _ in joined] + [spec.essay_weight] * passages)
    groups = tuple(example.group for example, _ in joined)
    return TrainingData(TrainingRows(rows, relevant, weights, features), groups, passages)


def out_of_fold(data: TrainingData, spec: Spec) -> Floats:
    """Decisions on each example by a model that saw neither it nor its group."""
    decisions = np.zeros(len(data.groups))
    for learned, unseen in data.folds():
        decisions[unseen] = spec.fit(data.learned.take(learned)).decide(data.learned.rows.take(unseen))
    return decisions


def _alone(analyses: Sequence[Analysis], relevant: Bools) -> dict[Naming, float]:
    """How often a text that does not name both sides is relevant all the same: the share among our examples (Jeffreys'
    estimate), its odds brought from the examples' share of relevant texts to that of news feeds."""
    shift = (NATURAL_SHARE / (1 - NATURAL_SHARE)) * ((~relevant).sum() / relevant.sum())
    shares: dict[Naming, float] = {}
    kinds: tuple[Naming, ...] = ("focus", "partner", "neither")
    names = [naming(analysis) for analysis in analyses]
    for kind in kinds:
        truths = [bool(truth) for name, truth in zip(names, relevant, strict=True) if name == kind]
        odds = (sum(truths) + 0.5) / (len(truths) - sum(truths) + 0.5) * shift
        shares[kind] = round(float(odds / (1 + odds)), 6)
    return shares


def _judged(analyses: Sequence[Analysis], relevant: Bools, joined: Floats, alone: dict[Naming, float]) -> OutOfFold:
    found = iter(joined)
    told = [next(found) if analysis.joins else alone[naming(analysis)] for analysis in analyses]
    return OutOfFold(np.array(told), relevant)


def choose_threshold(judged: OutOfFold, target_recall: float, least: float = 0.0) -> tuple[float, float]:
    """(threshold, review floor): the highest probability that keeps ``target_recall`` of the relevant examples, and
    the one that keeps half of what is then still missed of those above ``least``. Both stand above ``least``, the
    probability of texts that do not name both sides: those are never flagged, whatever recall that costs (the metrics
    say it)."""
    relevant = np.sort(judged.probabilities[judged.relevant])[::-1]
    threshold = max(_keeping(relevant, target_recall), least + 1e-6)
    missed = relevant[(relevant > least) & (relevant < threshold)]
    floor = _keeping(missed, 0.5) if len(missed) else threshold / 2
    return threshold, max(floor, least + 1e-6)


def _keeping(sorted_down: Floats, share: float) -> float:
    """The value that ``share`` of them reach, rounded down, so that the one that has just this value reaches it too."""
    value = sorted_down[int(np.ceil(share * len(sorted_down))) - 1]
    return float(np.floor(value * 1e6) / 1e6)


def _metrics(judged: OutOfFold, threshold: float, data: TrainingData) -> dict[str, float | int]:
    from sklearn.metrics import average_precision_score, brier_score_loss

    flagged = judged.probabilities >= threshold
    right = int((flagged & judged.relevant).sum())
    return {
        "examples": len(judged.relevant),
        "relevant": int(judged.relevant.sum()),
        "naming_both": len(data.groups),
        "essay_passages": data.essays,
        "average_precision": round(float(average_precision_score(judged.relevant, judged.probabilities)), 4),
        "precision": round(right / max(1, int(flagged.sum())), 4),
        "recall": round(right / int(judged.relevant.sum()), 4),
        "brier": round(float(brier_score_loss(judged.relevant, judged.probabilities)), 4),
    }


def _data_hash(examples: Sequence[Example], essays: Rows | None, spec: Spec) -> str:
    digest = hashlib.sha256()
    for line in data_lines(examples):
        digest.update(line.encode() + b"\n")
    if essays is not None and spec.essay_weight > 0:
        digest.update(repr(essays.mentions).encode())
        digest.update(essays.words.indices.tobytes() + essays.words.data.tobytes())
    return digest.hexdigest()


def _topic_mark() -> str:
    """What stands before the id of a model of any topic but the shipped one."""
    return "" if active().id == shipped_id() else f"{active().id}-"


def _spec_hash(spec: Spec, target_recall: float) -> str:
    told = json.dumps([spec.marks(), target_recall, features_mark(), training_mark()], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()

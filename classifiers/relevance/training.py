"""Examples and essays → a fitted model with its calibration, its threshold and what it reached out of fold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import vstack

from classifiers.lexicon.analysis import Analysis, analyse
from classifiers.relevance.calibration import calibrate, sigmoid
from classifiers.relevance.examples import Example, data_lines
from classifiers.relevance.model import Model, Naming, naming
from classifiers.relevance.pipeline import Bools, Floats, Rows, TrainingRows, common_features, make_rows
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
class _Data:
    """Rows of texts that name both sides (the only ones a model sees), with the essays' rows below. ``groups`` are the
    examples' own: the essays have none."""

    learned: TrainingRows
    groups: tuple[str, ...]
    essays: int


def train(
    examples: Sequence[Example], essays: Rows | None, spec: Spec | None = None, target_recall: float = 0.95
) -> Trained:
    """Fit a model. The threshold is the highest that reaches ``target_recall`` out of fold (folds split by group).

    Raises TrainingError where there are too few examples of either kind.
    """
    spec = spec or Spec()
    analyses = [analyse(example.text, example.language, example.day) for example in examples]
    relevant = np.array([example.relevant for example in examples])
    if min(relevant.sum(), (~relevant).sum()) < FEWEST:
        raise TrainingError(f"training needs at least {FEWEST} relevant and {FEWEST} other examples")
    data = _data(examples, analyses, essays, spec)
    decisions = out_of_fold(data, spec)
    slope, offset = calibrate(decisions, data.learned.relevant[: len(data.groups)])
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


def _data(examples: Sequence[Example], analyses: Sequence[Analysis], essays: Rows | None, spec: Spec) -> _Data:
    chosen = [index for index, analysis in enumerate(analyses) if analysis.joins]
    rows = make_rows([analyses[index] for index in chosen], spec.hash_bits)
    features = common_features(rows.mentions, spec.rare)
    weights = [examples[index].weight for index in chosen]
    passages = 0
    if essays is not None and spec.essay_weight > 0:
        passages = len(essays.mentions)
        rows = Rows(
            rows.mentions + essays.mentions,
            vstack([rows.words, essays.words], format="csr"),
            vstack([rows.characters, essays.characters], format="csr"),
        )
    relevant = np.array([examples[index].relevant for index in chosen] + [True] * passages)
    return _Data(
        learned=TrainingRows(rows, relevant, np.array(weights + [spec.essay_weight] * passages), features),
        groups=tuple(examples[index].group for index in chosen),
        essays=passages,
    )


def out_of_fold(data: _Data, spec: Spec) -> Floats:
    """Decisions on each example by a model that saw neither it nor its group; the essays are always among the seen."""
    from sklearn.model_selection import GroupKFold  # only what fits needs it, and importing it takes long

    size = len(data.groups)
    decisions = np.zeros(size)
    always = np.arange(size, size + data.essays)
    for seen, unseen in GroupKFold(FOLDS).split(decisions, groups=data.groups):
        fitted = spec.fit(data.learned.take(np.concatenate([seen, always])))
        decisions[unseen] = fitted.decide(data.learned.rows.take(unseen))
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


def _metrics(judged: OutOfFold, threshold: float, data: _Data) -> dict[str, float | int]:
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

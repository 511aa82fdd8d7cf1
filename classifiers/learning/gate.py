"""The gate of retraining: whether a model that also learned from the labels judges better than one that did not.

Both models are compared on the labelled articles, which neither of them has seen, as calibrated probabilities. Without
calibration the comparison would reward any labels at all: even coin flips make a model less sure of itself, and the
log-loss of a model that is less sure falls wherever it errs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from classifiers.lexicon.analysis import Analysis
from classifiers.relevance.calibration import calibrate_few, sigmoid
from classifiers.relevance.essays import SHIPPED, stacked
from classifiers.relevance.examples import Example
from classifiers.relevance.pipeline import Bools, Floats, Integers, Rows
from classifiers.relevance.spec import Spec
from classifiers.relevance.training import training_data
from classifiers.topics.active import active
from db.records import ModelVersion

TOLERANCE = 0.002
"""How much a candidate with other essays or another policy may lose: what the average precision on our own examples
differs by between two random splits into folds. With new labels it may lose none, see `judge`."""
FEWEST_LABELS = 20
"""Labelled articles that name the focus and a partner; with fewer no comparison says anything."""
FEWEST_OF_A_KIND = 5
"""How many of them must be relevant, and how many not: labels of one kind alone teach a model to say it always."""
SURE = 0.9
"""Share of the bootstrap's draws in which the candidate must be the better one."""
LEAST_AUC = 0.6
"""Area under the candidate's curve on the labelled articles. Coin flips have 0.5, and 120 of them a spread of 0.05."""
DRAWS = 2000
SEED = 1


class Verdict(NamedTuple):
    """Whether the candidate takes over, and why in one line."""

    better: bool
    note: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What the champion learned from: a mask over the examples, and the names of the essays' rows."""

    examples: Bools
    essays: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trial:
    """What both models decided on the examples that name both sides, in the order of these; each decision (log-odds)
    was made by a model that had seen neither the example nor its group. ``folds`` numbers the fold of each example,
    ``labelled`` marks those that come from a person's labels."""

    old: Floats
    new: Floats
    relevant: Bools
    labelled: Bools
    groups: tuple[str, ...]
    folds: Integers


def learned_by(version: ModelVersion, examples: Sequence[Example]) -> Learned:
    """What of today's data that version learned from; a label that was changed since is new. Versions that are older
    than own essays learned from the shipped ones, and still older ones did not record what a label said."""
    entries = list(version.spec.get("label_entries", ()))
    values = version.spec.get("label_values") or [None] * len(entries)
    known = {f"entry-{entry_id}": value for entry_id, value in zip(entries, values, strict=True)}
    mask = np.array(
        [not is_label(each) or (each.id in known and known[each.id] in (None, each.relevant)) for each in examples]
    )
    return Learned(mask, frozenset(version.spec.get("essays", (SHIPPED,))))


def is_label(example: Example) -> bool:
    """Whether the example is an article that a person judged, and none of our own."""
    return example.id.startswith("entry-")


def gate(examples: Sequence[Example], essays: Mapping[str, Rows], known: Learned, spec: Spec) -> Verdict:
    """Compare a model that learns from everything with one that learns only from what is ``known``.

    New labels must make the labelled articles better judged (see `judge`). Own essays were a person's own choice: a
    candidate that differs by them alone need not be better, only no worse. Our own examples must be judged no worse by
    any candidate. An essay that was taken away is missing on both sides, since its rows are gone, so taking it away is
    not compared; nor is another policy (target recall) over the same data.
    """
    analyses = [example.analysed() for example in examples]
    picked = [(example, analysis) for example, analysis in zip(examples, analyses, strict=True) if analysis.joins]
    chosen = np.array([analysis.joins for analysis in analyses])
    labels_are_new = not known.examples.all()
    if lack := _lack([example for example, _ in picked], labels_are_new=labels_are_new):
        return Verdict(False, lack)
    trial = paired(picked, essays, Learned(known.examples[chosen], known.essays), spec)
    return judge(trial, labels_are_new=labels_are_new)


def too_few_labels(examples: Sequence[Example], known: Learned) -> bool:
    """Whether there are new labels and not enough in all to tell a better model from a lucky one."""
    joined = [each for each in examples if is_label(each) and each.analysed().joins]
    return bool(_lack(joined, labels_are_new=not known.examples.all()))


def _lack(joined: Sequence[Example], *, labels_are_new: bool) -> str:
    """What is missing for a comparison, or an empty string. ``joined`` are examples that name both sides."""
    labels = [example for example in joined if is_label(example)]
    relevant = sum(example.relevant for example in labels)
    is_enough = len(labels) >= FEWEST_LABELS and min(relevant, len(labels) - relevant) >= FEWEST_OF_A_KIND
    if is_enough or not labels_are_new:
        return ""
    return (
        f"too few labels to tell a better model from a lucky one: of the labelled articles that name both"
        f" {active().both} {relevant} are relevant and {len(labels) - relevant} are not; {FEWEST_LABELS} are needed,"
        f" at least {FEWEST_OF_A_KIND} of each kind"
    )


def paired(picked: Sequence[tuple[Example, Analysis]], essays: Mapping[str, Rows], known: Learned, spec: Spec) -> Trial:
    """Out-of-fold decisions on the examples by a model that learns only from what is known and by one that learns from
    all; folds are split by group. The essays are never judged, only learned from."""
    data, size = training_data(picked, stacked(essays.values()), spec), len(picked)
    passages = [name in known.essays for name, each in essays.items() for _ in each.mentions]
    before = np.concatenate([known.examples, np.array(passages, dtype=bool)])
    old, new, folds = np.zeros(size), np.zeros(size), np.zeros(size, dtype=np.int64)
    for number, (taken, unseen) in enumerate(data.folds()):
        folds[unseen] = number
        for decisions, learned in ((old, taken[before[taken]]), (new, taken)):
            decisions[unseen] = spec.fit(data.learned.take(learned)).decide(data.learned.rows.take(unseen))
    labelled = np.array([is_label(example) for example, _ in picked])
    return Trial(old, new, data.learned.relevant[:size], labelled, data.groups, folds)


def judge(trial: Trial, *, labels_are_new: bool) -> Verdict:
    """What the trial says. With new labels the candidate must be better on the labelled articles in ``SURE`` of the
    draws, order them with an area under the curve of ``LEAST_AUC``, and judge our own examples no worse; without, it
    may lose ``TOLERANCE`` on either.

    That labels may cost our own examples nothing was chosen on 120 tries with the texts of
    ``tests/support/fresh.jsonl`` (`tests.support.gate_trials`): right labels raised their average precision by
    .0005 and more wherever the rest of the gate let them through, and noise that had got so far lowered it.
    """
    own = ~trial.labelled
    precisions = [float(average_precision_score(trial.relevant[own], found[own])) for found in (trial.old, trial.new)]
    notes = [f"own examples: average precision {precisions[0]:.4f} -> {precisions[1]:.4f}"]
    sound = [precisions[1] >= precisions[0] - (0 if labels_are_new else TOLERANCE)]
    if trial.labelled.any():
        old, new = (calibrated_losses(trial, found) for found in (trial.old, trial.new))
        gain = old - new
        chance = chance_of_gain(gain, [trial.groups[index] for index in np.flatnonzero(trial.labelled)])
        told = f"labelled articles: calibrated log-loss {old.mean():.3f} -> {new.mean():.3f}"
        if labels_are_new:
            area = _area(trial)
            told += f", better with P = {chance:.2f} ({SURE} needed), area under the curve {area:.2f}"
            told += f" ({LEAST_AUC} needed)"
            sound += [chance >= SURE, area >= LEAST_AUC]
        else:
            sound.append(float(gain.mean()) >= -TOLERANCE)
        notes.insert(0, told)
    return Verdict(all(sound), "; ".join(notes))


def _area(trial: Trial) -> float:
    relevant = trial.relevant[trial.labelled]
    return float(roc_auc_score(relevant, trial.new[trial.labelled])) if 0 < relevant.sum() < len(relevant) else 0.0


def calibrated_losses(trial: Trial, decisions: Floats) -> Floats:
    """The log-loss of each labelled article. The decisions on a fold's articles become probabilities by Platt's
    sigmoid, fitted on the labelled articles of the other folds: for both models on the same ones, so that neither
    gains by being less sure of itself or by having seen how many articles a person finds relevant."""
    rows = np.flatnonzero(trial.labelled)
    losses = np.zeros(len(rows))
    for fold in np.unique(trial.folds[rows]):
        unseen = trial.folds[rows] == fold
        others, here = rows[~unseen], rows[unseen]
        slope, offset = calibrate_few(decisions[others], trial.relevant[others])
        found = np.clip(sigmoid(slope * decisions[here] + offset), 1e-9, 1 - 1e-9)
        losses[unseen] = -np.log(np.where(trial.relevant[here], found, 1 - found))
    return losses


def chance_of_gain(gain: Floats, groups: Sequence[str]) -> float:
    """Share of ``DRAWS`` bootstrap samples, drawn by group, in which the mean gain is above zero. Seeded: the same
    labels get the same answer."""
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    numbers = np.array([names[group] for group in groups])
    sums = np.bincount(numbers, weights=gain)
    drawn = np.random.default_rng(SEED).integers(len(sums), size=(DRAWS, len(sums)))
    return float((sums[drawn].sum(axis=1) > 0).mean())

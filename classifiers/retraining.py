"""Labels → a candidate → the gate: promoted only where it is better, refused otherwise. Nothing gets worse by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, log_loss
from sklearn.model_selection import GroupKFold
from sqlite_utils import Database

from classifiers.essays import SHIPPED, gathered, stacked
from classifiers.examples import Example, labelled_examples, seed_examples
from classifiers.pipeline import Bools, Floats, Rows, Spec, common_features, fit, make_rows, matrix, sigmoid
from classifiers.reading import Reading, read_text
from classifiers.registry import describe, ensure_champion, save
from classifiers.training import FOLDS, train
from db import clusters, labels
from db import models as model_versions
from db.types import ModelVersion

TOLERANCE = 0.002
"""Average precision on our own examples that a candidate may lose: the spread between two random foldings."""


def retrain(
    store: Database, folder: Path, target_recall: float, now: datetime, essays: Path | None = None
) -> ModelVersion:
    """Train on the seed, the own essays of the folder ``essays`` and all labels, compare with the champion, promote
    or refuse; returns the version as judged.

    The comparison is paired: in each fold (split by group) one model learns from the champion's data and one from
    the candidate's, and both judge the same unseen rows. Where nothing is new, the champion is returned as it is.
    """
    champion = ensure_champion(store, folder, target_recall, now, essays)
    before = model_versions.find(store, champion.id)
    assert before is not None  # ensure_champion has just stored or found it
    judged = labels.latest(store)
    own = labelled_examples(judged, clusters.clusters_of(store, [entry.id for entry, _ in judged]))
    examples, rows = [*seed_examples(), *own], gathered(essays)
    trained = train(examples, stacked(rows.values()), champion.spec, target_recall)
    if trained.model.id == champion.id:
        return before
    better, note = gate(examples, rows, learned_by(before, examples), champion.spec)
    entries = [int(example.id.removeprefix("entry-")) for example in own]
    save(trained.model, folder)
    model_versions.insert(store, describe(trained, now, note, entries, tuple(rows)))
    if better:
        model_versions.promote(store, trained.model.id)
    else:
        model_versions.mark(store, trained.model.id, "refused", note)
    stored = model_versions.find(store, trained.model.id)
    assert stored is not None
    return stored


@dataclass(frozen=True, slots=True)
class Learned:
    """What the champion learned from: a mask over the examples, and the names of the essays' rows."""

    examples: Bools
    essays: frozenset[str]


def learned_by(version: ModelVersion, examples: Sequence[Example]) -> Learned:
    """What of today's data that version knew. Versions of before essays could be added knew the shipped ones."""
    entries = {f"entry-{entry_id}" for entry_id in version.spec.get("label_entries", ())}
    mask = np.array([not example.id.startswith("entry-") or example.id in entries for example in examples])
    return Learned(mask, frozenset(version.spec.get("essays", (SHIPPED,))))


def gate(examples: Sequence[Example], essays: Mapping[str, Rows], known: Learned, spec: Spec) -> tuple[bool, str]:
    """(whether to promote, why in one line).

    New labels must make the labelled articles better judged (log-loss). Own essays were a person's own choice: a
    candidate that differs by them alone need not be better, only no worse on the labelled articles. Our own examples
    must be judged no worse by any candidate (average precision within TOLERANCE). An essay that was taken away is
    missing on both sides, since its rows are gone: it goes without a trial. The same holds of another policy (target
    recall) over the same data.
    """
    readings = [read_text(example.text, example.language, example.day) for example in examples]
    picked = [(example, reading) for example, reading in zip(examples, readings, strict=True) if reading.joins]
    chosen = np.array([reading.joins for reading in readings])
    from_labels = np.array([example.id.startswith("entry-") for example, _ in picked])
    labels_are_new = not known.examples.all()
    if labels_are_new and not from_labels.any():
        return False, "no labelled article names both Russia and a partner: nothing to learn from"
    old, new = _paired(picked, essays, Learned(known.examples[chosen], known.essays), spec)
    relevant = np.array([example.relevant for example, _ in picked])
    own = [float(average_precision_score(relevant[~from_labels], found[~from_labels])) for found in (old, new)]
    note = f"own examples: average precision {own[0]:.4f} -> {own[1]:.4f}"
    better = own[1] >= own[0] - TOLERANCE
    if from_labels.any():
        losses = [_loss(relevant[from_labels], found[from_labels]) for found in (old, new)]
        note = f"labelled articles: log-loss {losses[0]:.3f} -> {losses[1]:.3f}; {note}"
        better &= losses[1] < losses[0] if labels_are_new else losses[1] <= losses[0] + TOLERANCE
    return better, note


def _loss(relevant: Bools, decisions: Floats) -> float:
    return float(log_loss(relevant, sigmoid(decisions), labels=[False, True]))


def _paired(
    picked: Sequence[tuple[Example, Reading]], essays: Mapping[str, Rows], known: Learned, spec: Spec
) -> tuple[Floats, Floats]:
    """Out-of-fold decisions on the examples of a model that learns from what is known only, and of one that learns
    from all. The essays are never judged, only learned from."""
    rows = make_rows([reading for _, reading in picked], spec.hash_bits)
    features = matrix(stacked([rows, *essays.values()]) or rows, common_features(rows.mentions, spec.rare), spec)
    passages = [name in known.essays for name, each in essays.items() for _ in each.mentions]
    relevant = np.array([example.relevant for example, _ in picked] + [True] * len(passages))
    weights = np.array([example.weight for example, _ in picked] + [spec.essay_weight] * len(passages))
    size = len(picked)
    always = np.arange(size, len(relevant)) if spec.essay_weight > 0 else np.arange(0)
    before = np.concatenate([known.examples, np.array(passages, dtype=bool)])
    old, new = np.zeros(size), np.zeros(size)
    for seen, unseen in GroupKFold(FOLDS).split(old, groups=[example.group for example, _ in picked]):
        taken = np.concatenate([seen, always])
        for decisions, learned in ((old, taken[before[taken]]), (new, taken)):
            coefficients, intercept = fit(features[learned], relevant[learned], weights[learned], spec.strength)
            decisions[unseen] = features[unseen] @ coefficients + intercept
    return old, new

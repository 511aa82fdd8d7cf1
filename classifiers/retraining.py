"""Labels → a candidate → the gate: promoted only where it is better, refused otherwise. Nothing gets worse by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, log_loss
from sklearn.model_selection import GroupKFold
from sqlite_utils import Database

from classifiers.examples import Example, labelled_examples, seed_examples
from classifiers.pipeline import Bools, Floats, Rows, Spec, common_features, fit, make_rows, matrix, sigmoid
from classifiers.reading import read_text
from classifiers.registry import describe, ensure_champion, save, shipped_essays
from classifiers.training import FOLDS, train
from db import clusters, labels
from db import models as model_versions
from db.types import ModelVersion

TOLERANCE = 0.002
"""Average precision on our own examples that a candidate may lose: the spread between two random foldings."""


def retrain(store: Database, folder: Path, target_recall: float, now: datetime) -> ModelVersion:
    """Train on the seed and all labels, compare with the champion, promote or refuse; returns the version as judged.

    The comparison is paired: in each fold (split by group) one model learns from the champion's data and one from
    the candidate's, and both judge the same unseen rows. Where no label is new, the champion is returned as it is.
    """
    champion = ensure_champion(store, folder, target_recall, now)
    before = model_versions.find(store, champion.id)
    assert before is not None  # ensure_champion has just stored or found it
    judged = labels.latest(store)
    own = labelled_examples(judged, clusters.clusters_of(store, [entry.id for entry, _ in judged]))
    examples = [*seed_examples(), *own]
    trained = train(examples, shipped_essays(), champion.spec, target_recall)
    if trained.model.id == champion.id:
        return before
    learned = {f"entry-{entry_id}" for entry_id in before.spec.get("label_entries", ())}
    known = np.array([not example.id.startswith("entry-") or example.id in learned for example in examples])
    better, note = gate(examples, known, champion.spec)
    entries = tuple(int(example.id.removeprefix("entry-")) for example in own)
    save(trained.model, folder)
    model_versions.insert(store, describe(trained, now, note, entries))
    if better:
        model_versions.promote(store, trained.model.id)
    else:
        model_versions.mark(store, trained.model.id, "refused", note)
    stored = model_versions.find(store, trained.model.id)
    assert stored is not None
    return stored


def gate(examples: Sequence[Example], known: Bools, spec: Spec) -> tuple[bool, str]:
    """(whether to promote, why in one line). ``known`` marks the examples that the champion learned from.

    A candidate must judge the labelled articles better (log-loss) and our own examples no worse (average precision
    within TOLERANCE). The essays are left out of both sides: they are the same for both.
    """
    readings = [read_text(example.text, example.language, example.day) for example in examples]
    chosen = np.array([reading.joins for reading in readings])
    from_labels = np.array([example.id.startswith("entry-") for example in examples])[chosen]
    if not from_labels.any():
        return False, "no labelled article names both Russia and a partner: nothing to learn from"
    rows = make_rows([reading for reading in readings if reading.joins], spec.hash_bits)
    picked = [example for example, reading in zip(examples, readings, strict=True) if reading.joins]
    relevant = np.array([example.relevant for example in picked])
    weights = np.array([example.weight for example in picked])
    groups = [example.group for example in picked]
    old, new = _paired(rows, relevant, weights, groups, known[chosen], spec)
    losses = [
        log_loss(relevant[from_labels], sigmoid(found[from_labels]), labels=[False, True]) for found in (old, new)
    ]
    own = [average_precision_score(relevant[~from_labels], found[~from_labels]) for found in (old, new)]
    note = (
        f"labelled articles: log-loss {losses[0]:.3f} -> {losses[1]:.3f};"
        f" own examples: average precision {own[0]:.4f} -> {own[1]:.4f}"
    )
    return bool(losses[1] < losses[0] and own[1] >= own[0] - TOLERANCE), note


def _paired(
    rows: Rows, relevant: Bools, weights: Floats, groups: Sequence[str], known: Bools, spec: Spec
) -> tuple[Floats, Floats]:
    """Out-of-fold decisions of a model that learns from the known rows only, and of one that learns from all."""
    features = matrix(rows, common_features(rows.mentions, spec.rare), spec)
    old, new = np.zeros(len(relevant)), np.zeros(len(relevant))
    for seen, unseen in GroupKFold(FOLDS).split(relevant, groups=groups):
        for decisions, chosen in ((old, seen[known[seen]]), (new, seen)):
            coefficients, intercept = fit(features[chosen], relevant[chosen], weights[chosen], spec.strength)
            decisions[unseen] = features[unseen] @ coefficients + intercept
    return old, new

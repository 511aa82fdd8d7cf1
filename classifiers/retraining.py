"""Labels → a candidate → the gate: promoted only where it is better, refused otherwise. Nothing gets worse by it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from classifiers.essays import gathered, stacked
from classifiers.examples import labelled_examples, seed_examples
from classifiers.gate import gate, learned_by
from classifiers.registry import describe, ensure_champion, save
from classifiers.training import train
from db import clusters, labels
from db import models as model_versions
from db.types import ModelVersion


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
    verdict = gate(examples, rows, learned_by(before, examples), champion.spec)
    entries = [int(example.id.removeprefix("entry-")) for example in own]
    save(trained.model, folder)
    model_versions.insert(store, describe(trained, now, verdict.note, entries, tuple(rows)))
    if verdict.better:
        model_versions.promote(store, trained.model.id)
    else:
        model_versions.mark(store, trained.model.id, "refused", verdict.note)
    stored = model_versions.find(store, trained.model.id)
    assert stored is not None
    return stored

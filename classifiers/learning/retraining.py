"""Labels → a candidate → the gate: promoted only where it is better, refused otherwise. Nothing gets worse by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from classifiers.learning.gate import Verdict, gate, is_label, learned_by, too_few_labels
from classifiers.relevance.champion import ensure_champion
from classifiers.relevance.essays import rows_by_source, stacked
from classifiers.relevance.examples import Example, labelled_examples, training_examples
from classifiers.relevance.pipeline import Rows
from classifiers.relevance.registry import describe, save
from classifiers.relevance.training import Trained, train
from db import clusters, labels
from db import models as model_versions
from db.records import ModelVersion


def retrain(
    store: Database, folder: Path, target_recall: float, now: datetime, essays: Path | None = None
) -> ModelVersion:
    """Train on the seed, the own essays of the folder ``essays`` and all labels, compare with the champion, promote
    or refuse; returns the version as judged.

    The comparison is paired: in each fold (split by group) one model learns from the champion's data and one from
    the candidate's, and both judge the same unseen rows. Where nothing is new, the champion is returned as it is.
    New labels that are too few to be compared are left out for now, so that they hold up no essay and no other policy.
    """
    champion = ensure_champion(store, folder, target_recall, now, essays)
    before = model_versions.find(store, champion.id)
    assert before is not None  # ensure_champion has just stored or found it
    judged = labels.latest(store)
    own = labelled_examples(judged, clusters.clusters_of(store, [entry.id for entry, _ in judged]))
    examples, rows = [*training_examples(), *own], rows_by_source(essays)
    known = learned_by(before, examples)
    if too_few_labels(examples, known):
        kept = [example for example, is_known in zip(examples, known.examples, strict=True) if is_known]
        trained = train(kept, stacked(rows.values()), champion.spec, target_recall)
        if trained.model.id != champion.id:
            verdict = gate(kept, rows, learned_by(before, kept), champion.spec)
            return _decided(store, folder, trained, verdict, now, kept, rows)
    trained = train(examples, stacked(rows.values()), champion.spec, target_recall)
    if trained.model.id == champion.id:
        return before
    return _decided(store, folder, trained, gate(examples, rows, known, champion.spec), now, examples, rows)


def _decided(
    store: Database,
    folder: Path,
    trained: Trained,
    verdict: Verdict,
    now: datetime,
    examples: Sequence[Example],
    rows: Mapping[str, Rows],
) -> ModelVersion:
    """Store the version and do what the gate says of it."""
    learned = {int(each.id.removeprefix("entry-")): each.relevant for each in examples if is_label(each)}
    save(trained.model, folder)
    model_versions.insert(store, describe(trained, now, verdict.note, learned, tuple(rows)))
    if verdict.better:
        model_versions.promote(store, trained.model.id)
    else:
        model_versions.mark(store, trained.model.id, "refused", verdict.note)
    stored = model_versions.find(store, trained.model.id)
    assert stored is not None
    return stored

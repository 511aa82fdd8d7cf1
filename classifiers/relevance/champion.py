"""Which model judges: the champion, or what has to take its place. What a champion learned from is never dropped.

A champion that was fitted on other features (`classifiers.relevance.versions`) cannot judge. Its data are in the store
and beside it: the labels it learned from, the texts of a person's own essays. They are fitted again at once, as a
version of the kind "refitted".
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from classifiers.relevance.algorithms import DEFAULT, UnknownAlgorithm
from classifiers.relevance.essays import SHIPPED, is_there, rows_by_source, stacked
from classifiers.relevance.examples import Example, labelled_examples, training_examples
from classifiers.relevance.model import Model
from classifiers.relevance.pipeline import Rows
from classifiers.relevance.registry import ModelError, OtherTopicError, describe, load, save
from classifiers.relevance.spec import Spec
from classifiers.relevance.training import Trained, train
from classifiers.relevance.versions import FEATURES_VERSION, features_version
from db import clusters, labels
from db import models as model_versions
from db.file_lock import locked
from db.records import LabelValue, ModelVersion

PATIENCE_SECONDS = 600.0
"""How long a process waits while another one fits the champion."""
WANTED = "essays_wanted"
"""The key of a refitted version's spec for the essays that it should have learned from, missing ones included."""
log = logging.getLogger(__name__)


def ensure_champion(
    store: Database, folder: Path, target_recall: float, now: datetime, essays: Path | None = None
) -> Model:
    """The model that judges. Where there is none yet, it is trained from the seed and the own essays of ``essays``
    (seconds). Where the champion was fitted on other features, or its file is refused, its data are fitted again,
    by one process at a time. Essays added later are learned by `classifiers.learning.retraining.retrain`, behind its
    gate. Raises OtherTopicError where the store's models judge another topic than the active one,
    LockTakenError where another process fits for longer than anybody waits."""
    if (model := _sound(store, folder)) is not None:
        return model
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / "champion", "fitting", PATIENCE_SECONDS):
        if (model := _sound(store, folder, complain=True)) is not None:
            return model  # another process has just fitted it
        former = model_versions.champion(store)
        if former is not None:
            return _refitted(store, folder, former, target_recall, now, essays)
        return _first(store, folder, target_recall, now, essays)


def _sound(store: Database, folder: Path, *, complain: bool = False) -> Model | None:
    """The champion, where its file is sound and of today's features."""
    version = model_versions.champion(store)
    if version is None:
        return None
    try:
        model = load(folder, version.id)
    except OtherTopicError:
        raise
    except ModelError as error:
        if complain:
            log.warning("model version %s is refused: %s", version.id, error)
        return None
    return model if model.features_version == FEATURES_VERSION else None


def train_seed(target_recall: float, spec: Spec | None = None, essays: Path | None = None) -> Trained:
    """Train on what the project ships, examples and essays, and on the user's own essays in the folder ``essays``."""
    return train(training_examples(), stacked(rows_by_source(essays).values()), spec, target_recall)


def _first(store: Database, folder: Path, target_recall: float, now: datetime, essays: Path | None) -> Model:
    rows = rows_by_source(essays)
    trained = train(training_examples(), stacked(rows.values()), None, target_recall)
    save(trained.model, folder)
    model_versions.insert(store, describe(trained, now, note="from the seed", essays=tuple(rows)))
    model_versions.promote(store, trained.model.id)
    return trained.model


def _refitted(
    store: Database, folder: Path, former: ModelVersion, target_recall: float, now: datetime, essays: Path | None
) -> Model:
    """Fit the data of ``former`` again, store that as a version of its own, and let it judge."""
    own = _labels_of(store, former)
    found = rows_by_source(essays)
    wanted = [name for name in _wanted(former) if name in found or is_there(name, essays)]
    rows = {name: each for name, each in found.items() if name in wanted}
    trained = train([*training_examples(), *own], stacked(rows.values()), _spec_of(former), target_recall)
    note = _told(former, len(own), rows, [name for name in wanted if name not in rows])
    log.warning("model version %s: %s", trained.model.id, note)
    learned = {int(each.id.removeprefix("entry-")): each.relevant for each in own}
    made = describe(trained, now, note, learned, tuple(rows), kind="refitted")
    save(trained.model, folder)
    model_versions.refit(store, replace(made, spec={**made.spec, WANTED: wanted}))
    model_versions.promote(store, trained.model.id)
    return trained.model


def _spec_of(version: ModelVersion) -> Spec:
    """What it was fitted with; numbers that it did not record are today's. Where this program does not have its model,
    the shipped one takes over: the labels matter more than the model that learned from them."""
    try:
        today = Spec(version.spec.get("model", DEFAULT))
    except UnknownAlgorithm as error:
        log.warning("model version %s: %s; the shipped one learns from its data", version.id, error)
        return Spec()
    return Spec.read({**today.as_dict(), **version.spec})


def _wanted(version: ModelVersion) -> list[str]:
    """The essays that it learned from, and those that were missing when it was fitted again. Versions that are older
    than own essays learned from the shipped ones."""
    return list(version.spec.get(WANTED, version.spec.get("essays", (SHIPPED,))))


def _labels_of(store: Database, version: ModelVersion) -> list[Example]:
    """The labels that it learned from, as they were then; for versions that did not record it, as they are today."""
    ids = list(version.spec.get("label_entries", ()))
    said = version.spec.get("label_values") or [None] * len(ids)
    then: dict[int, bool | None] = dict(zip(ids, said, strict=True))
    judged = [(entry, _as_then(value, then[entry.id])) for entry, value in labels.latest(store) if entry.id in then]
    held = clusters.clusters_of(store, [entry.id for entry, _ in judged])
    return labelled_examples(judged, held)


def _as_then(today: LabelValue, then: bool | None) -> LabelValue:
    return today if then is None else "relevant" if then else "not_relevant"


def _told(former: ModelVersion, own: int, rows: Mapping[str, Rows], missing: list[str]) -> str:
    """What was fitted again, on what, and what could not come along: for the log, `axiswatch models`, the digest."""
    was = features_version(former.code_version)
    why = f"features are of version {FEATURES_VERSION}, it was of {was or 'an unnumbered one'}"
    if was == FEATURES_VERSION:
        why = "its file was refused"
    essays = len(rows) - (SHIPPED in rows)
    learned = len(former.spec.get("label_entries", ()))
    of = f" of {learned}" if own < learned else ""
    told = f"{former.id} fitted again ({why}) on the same data: our examples, {own}{of} labels, {essays} own essays"
    told += " (labels of one story count once)" if of else ""
    lost = [f"essay {name}" if name != SHIPPED else "the shipped essays" for name in missing]
    again = "; add its file again with: axiswatch seeds add FILE" if set(missing) - {SHIPPED} else ""
    return told + (f"; without {', '.join(lost)}{again}" if lost else "")

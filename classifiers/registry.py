"""Model versions on disk and in the store: written, found again, checked, refused when they are not what they say.

A version is a folder ``<models>/<id>`` with ``weights.npz`` (the arrays) and ``model.json`` (the rest, with the
SHA-256 of the weights). No pickle: loading a file runs nothing.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from sqlite_utils import Database

from classifiers.essays import gathered, stacked
from classifiers.examples import seed_examples
from classifiers.model import Model
from classifiers.pipeline import Spec
from classifiers.training import Trained, code_hash, train
from db import models as model_versions
from db.types import ModelVersion

FORMAT = 1
WEIGHTS, TOLD = "weights.npz", "model.json"
LARGEST = 64 * 2**20
"""Bytes of a weights file above which it is not ours."""
log = logging.getLogger(__name__)


class ModelError(Exception):
    """A model file is damaged, of another format, or not ours; the message names it and the remedy."""


def save(model: Model, folder: Path) -> Path:
    """Write the version's folder whole or not at all; the same model gives the same bytes. Returns the folder."""
    weights = io.BytesIO()
    np.savez(weights, coefficients=model.coefficients)
    told = {
        "format": FORMAT,
        "id": model.id,
        "spec": model.spec.as_dict(),
        "vocabulary": list(model.vocabulary),
        "intercept": model.intercept,
        "usual_wording": model.usual_wording,
        "slope": model.slope,
        "offset": model.offset,
        "alone": dict(model.alone),
        "threshold": model.threshold,
        "review_floor": model.review_floor,
        "data_hash": model.data_hash,
        "code_hash": model.code_hash,
        "weights_sha256": hashlib.sha256(weights.getvalue()).hexdigest(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / model.id
    made = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    (made / WEIGHTS).write_bytes(weights.getvalue())
    (made / TOLD).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    made.chmod(0o755)  # mkdtemp makes it for its owner alone; a model is no secret
    if target.exists():
        shutil.rmtree(target)
    made.rename(target)
    return target


def load(folder: Path, version_id: str) -> Model:
    """Read a version back. Raises ModelError where anything is not as it was written."""
    place = folder / version_id
    told = _told(place / TOLD)
    if told.get("format") != FORMAT:
        raise ModelError(f"{place / TOLD} is of format {told.get('format')!r}, this program reads {FORMAT}; retrain")
    coefficients = _coefficients(place / WEIGHTS, str(told.get("weights_sha256")))
    try:
        return _model(told, coefficients, version_id)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{place / TOLD} is no model of ours ({error!r}); retrain") from error


def _told(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read the model file {file}: {error}; retrain") from error
    if not isinstance(told, dict):
        raise ModelError(f"{file} is no model of ours; retrain")
    return told


def _coefficients(file: Path, checksum: str) -> Any:
    try:
        if file.stat().st_size > LARGEST:
            raise ModelError(f"{file} is larger than any model of ours; retrain")
        raw = file.read_bytes()
        if hashlib.sha256(raw).hexdigest() != checksum:
            raise ModelError(f"{file} is not the file that was saved (checksum); retrain")
        with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
            return arrays["coefficients"].astype(np.float64)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise ModelError(f"cannot read the weights {file}: {error}; retrain") from error


def _model(told: Mapping[str, Any], coefficients: Any, version_id: str) -> Model:
    spec = Spec(**{field.name: told["spec"][field.name] for field in fields(Spec)})
    vocabulary = tuple(str(name) for name in told["vocabulary"])
    if coefficients.shape != (len(vocabulary) + 2 * 2**spec.hash_bits,) or not np.isfinite(coefficients).all():
        raise ValueError("the weights do not fit the vocabulary")
    if told["id"] != version_id:
        raise ValueError(f"it calls itself {told['id']}")
    if not 0 <= told["review_floor"] <= told["threshold"] <= 1:
        raise ValueError("threshold out of range")
    return Model(
        id=version_id,
        spec=spec,
        vocabulary=vocabulary,
        coefficients=coefficients,
        intercept=float(told["intercept"]),
        usual_wording=float(told["usual_wording"]),
        slope=float(told["slope"]),
        offset=float(told["offset"]),
        alone={"russia": 0.0, "partner": 0.0, "neither": 0.0, **told["alone"]},
        threshold=float(told["threshold"]),
        review_floor=float(told["review_floor"]),
        data_hash=str(told["data_hash"]),
        code_hash=str(told["code_hash"]),
    )


def describe(
    trained: Trained,
    now: datetime,
    note: str = "",
    labels: Mapping[int, bool] | None = None,
    essays: Sequence[str] = (),
) -> ModelVersion:
    """The row that the store keeps of a trained model; ``labels`` are the entries whose labels it learned from, with
    whether these said relevant, ``essays`` the names of the essays' rows (see `classifiers.essays.gathered`)."""
    model = trained.model
    return ModelVersion(
        id=model.id,
        status="candidate",
        created_at=now,
        threshold=model.threshold,
        review_floor=model.review_floor,
        data_hash=model.data_hash,
        code_version=model.code_hash,
        spec={
            **model.spec.as_dict(),
            "label_entries": list(labels or ()),
            "label_values": list((labels or {}).values()),
            "essays": list(essays),
        },
        metrics=trained.metrics,
        note=note,
    )


def train_seed(target_recall: float, spec: Spec | None = None, essays: Path | None = None) -> Trained:
    """Train on what the project ships, examples and essays, and on the user's own essays in the folder ``essays``."""
    return train(seed_examples(), stacked(gathered(essays).values()), spec, target_recall)


def ensure_champion(
    store: Database, folder: Path, target_recall: float, now: datetime, essays: Path | None = None
) -> Model:
    """The model that judges. Where there is none yet, it is trained from the seed and the own essays of ``essays``
    (seconds); where the champion's file is refused or was fitted by other code, the newest former one that is sound
    takes over, else the seed. Essays added later are learned by `classifiers.retraining.retrain`, behind its gate."""
    for version in _by_rank(store):
        try:
            model = load(folder, version.id)
        except ModelError as error:
            log.warning("model version %s is refused: %s", version.id, error)
            continue
        if model.code_hash != code_hash():
            log.warning("model version %s was fitted by other code and cannot judge", version.id)
            continue
        if version.status != "champion":
            model_versions.promote(store, version.id)
        return model
    return _first(store, folder, target_recall, now, essays)


def _by_rank(store: Database) -> list[ModelVersion]:
    """The champion, then the retired ones, newest first."""
    champion = model_versions.champion(store)
    retired = [version for version in model_versions.all_versions(store) if version.status == "retired"]
    return ([champion] if champion else []) + retired


def _first(store: Database, folder: Path, target_recall: float, now: datetime, essays: Path | None) -> Model:
    rows = gathered(essays)
    trained = train(seed_examples(), stacked(rows.values()), None, target_recall)
    save(trained.model, folder)
    model_versions.insert(store, describe(trained, now, note="from the seed", essays=tuple(rows)))
    model_versions.promote(store, trained.model.id)
    return trained.model

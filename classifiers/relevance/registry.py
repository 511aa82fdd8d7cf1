"""Model versions on disk and in the store: written, found again, checked, refused when they are not what they say.

A version is a folder ``<models>/<id>`` with ``weights.npz`` (the arrays) and ``model.json`` (the rest, with the
SHA-256 of the weights). Each holds what the fitted model says of itself (see `classifiers.relevance.model_protocol`);
model.json holds what every version has beside it. No pickle: loading a file runs nothing.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from classifiers.relevance.algorithms import UnknownAlgorithm
from classifiers.relevance.model import Model, Naming
from classifiers.relevance.pipeline import Floats
from classifiers.relevance.spec import Spec
from classifiers.relevance.training import Trained
from classifiers.relevance.versions import features_version
from classifiers.topics.active import active, shipped_id
from db.records import ModelKind, ModelVersion

FORMAT = 1
WEIGHTS, TOLD = "weights.npz", "model.json"
LARGEST = 64 * 2**20
"""Bytes of a weights file above which it is not ours."""


class ModelError(Exception):
    """A model file is damaged, of another format, or not ours; the message names it and the remedy."""


class OtherTopicError(ModelError):
    """A sound model that judges another topic: the config and the store do not belong together."""


def save(model: Model, folder: Path) -> Path:
    """Write the version's folder whole or not at all; the same model gives the same bytes. Returns the folder."""
    weights = io.BytesIO()
    np.savez(weights, **model.fitted.arrays())  # type: ignore[arg-type]  # no array is called allow_pickle
    told = _description(model, hashlib.sha256(weights.getvalue()).hexdigest())
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / model.id
    made = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    (made / WEIGHTS).write_bytes(weights.getvalue())
    (made / TOLD).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    made.chmod(0o755)  # mkdtemp makes it for its owner alone; a model is no secret
    _put(made, target)
    return target


def _description(model: Model, checksum: str) -> dict[str, Any]:
    """The content of model.json: what every version has, and what the fitted model says of itself."""
    shared = {
        "format": FORMAT,
        "id": model.id,
        "spec": model.spec.as_dict(),
        "slope": model.slope,
        "offset": model.offset,
        "alone": _alone_told(model.alone),
        "threshold": model.threshold,
        "review_floor": model.review_floor,
        "data_hash": model.data_hash,
        "features_version": model.features_version,
        "weights_sha256": checksum,
        **({} if active().id == shipped_id() else {"topic": active().id}),
    }
    own = model.fitted.description()
    assert not own.keys() & shared.keys()  # else neither could be read back
    return shared | own


def _put(made: Path, target: Path) -> None:
    """Let ``made`` take the place of ``target``. One that is there and the same stays: somebody may be reading it."""
    if _same(made, target):
        shutil.rmtree(made)
        return
    aside = made.with_name(f"{made.name}.old")
    with suppress(FileNotFoundError):
        target.rename(aside)
    try:
        made.rename(target)
    except OSError:  # another process was quicker with the same version
        shutil.rmtree(made, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)


def _same(one: Path, other: Path) -> bool:
    try:
        return all((one / name).read_bytes() == (other / name).read_bytes() for name in (WEIGHTS, TOLD))
    except OSError:
        return False


def load(folder: Path, version_id: str) -> Model:
    """Read a version back. Raises ModelError where anything is not as it was written."""
    place = folder / version_id
    told = _told(place / TOLD)
    if told.get("format") != FORMAT:
        raise ModelError(f"{place / TOLD} is of format {told.get('format')!r}, this program reads {FORMAT}; retrain")
    if (topic := told.get("topic", shipped_id())) != active().id:
        raise OtherTopicError(
            f"the model {version_id} judges the topic {topic!r}, and the config names {active().id!r};"
            " set [topic] folder to the store's topic, or [store] and [classifier] to places of their own"
        )
    arrays = _arrays(place / WEIGHTS, str(told.get("weights_sha256")))
    try:
        return _model(told, arrays, version_id)
    except UnknownAlgorithm as error:
        raise ModelError(f"{place / TOLD}: {error}; retrain") from error
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


def _alone_told(alone: Mapping[Naming, float]) -> dict[str, float]:
    """The probabilities of texts that do not name both roles, the focus spelled as the topic says."""
    return {active().focus.spelling if kind == "focus" else kind: value for kind, value in alone.items()}


def _alone_read(told: Mapping[str, float]) -> dict[Naming, float]:
    kinds: dict[Naming, str] = {"focus": active().focus.spelling, "partner": "partner", "neither": "neither"}
    return {kind: float(told.get(name, 0.0)) for kind, name in kinds.items()}


def _arrays(file: Path, checksum: str) -> dict[str, Floats]:
    try:
        if file.stat().st_size > LARGEST:
            raise ModelError(f"{file} is larger than any model of ours; retrain")
        raw = file.read_bytes()
        if hashlib.sha256(raw).hexdigest() != checksum:
            raise ModelError(f"{file} is not the file that was saved (checksum); retrain")
        with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
            return {name: arrays[name].astype(np.float64) for name in arrays.files}
    except (OSError, ValueError, BadZipFile) as error:
        raise ModelError(f"cannot read the weights {file}: {error}; retrain") from error


def _model(told: Mapping[str, Any], arrays: Mapping[str, Floats], version_id: str) -> Model:
    spec = Spec.read(told["spec"])
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise ValueError("some of the weights are no numbers")
    if told["id"] != version_id:
        raise ValueError(f"it calls itself {told['id']}")
    if not 0 <= told["review_floor"] <= told["threshold"] <= 1:
        raise ValueError("threshold out of range")
    return Model(
        id=version_id,
        spec=spec,
        fitted=spec.restore(arrays, told),
        slope=float(told["slope"]),
        offset=float(told["offset"]),
        alone=_alone_read({**told["alone"]}),
        threshold=float(told["threshold"]),
        review_floor=float(told["review_floor"]),
        data_hash=str(told["data_hash"]),
        features_version=features_version(str(told.get("features_version", told.get("code_hash")))),
    )


def describe(
    trained: Trained,
    now: datetime,
    note: str = "",
    labels: Mapping[int, bool] | None = None,
    essays: Sequence[str] = (),
    kind: ModelKind = "trained",
) -> ModelVersion:
    """The row that the store keeps of a trained model; ``labels`` are the entries whose labels it learned from, with
    whether these said relevant, ``essays`` the names of the essays' rows (see
    `classifiers.relevance.essays.rows_by_source`)."""
    model = trained.model
    return ModelVersion(
        id=model.id,
        status="candidate",
        created_at=now,
        threshold=model.threshold,
        review_floor=model.review_floor,
        data_hash=model.data_hash,
        code_version=str(model.features_version),
        spec={
            **model.spec.as_dict(),
            "label_entries": list(labels or ()),
            "label_values": list((labels or {}).values()),
            "essays": list(essays),
        },
        metrics=trained.metrics,
        note=note,
        kind=kind,
    )

"""Model files: found again as they were, refused when they are not, and the former version takes over."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.champion import ensure_champion
from classifiers.relevance.model import Model
from classifiers.relevance.registry import ModelError, load, save
from classifiers.relevance.training import Trained, train
from db import models as model_versions
from db.connect import open_store
from tests.support.small_examples import small_examples

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(small_examples(), None)


@pytest.fixture
def saved(trained: Trained, tmp_path: Path) -> tuple[Model, Path]:
    save(trained.model, tmp_path)
    return trained.model, tmp_path


def test_a_model_judges_the_same_after_loading(saved: tuple[Model, Path]) -> None:
    model, folder = saved
    analyses = [analyse("Russia and Iran hold drills", "en"), analyse("Rain in Spain", "en")]
    assert load(folder, model.id).probabilities(analyses) == model.probabilities(analyses)


def test_a_truncated_file_is_refused(saved: tuple[Model, Path]) -> None:
    model, folder = saved
    weights = folder / model.id / "weights.npz"
    weights.write_bytes(weights.read_bytes()[:-20])
    with pytest.raises(ModelError, match="checksum"):
        load(folder, model.id)


def test_a_swapped_file_is_refused(saved: tuple[Model, Path]) -> None:
    model, folder = saved
    other = train(small_examples()[2:], None).model
    save(other, folder)
    (folder / model.id / "model.json").write_bytes((folder / other.id / "model.json").read_bytes())
    with pytest.raises(ModelError, match=r"checksum|calls itself"):
        load(folder, model.id)


def test_a_newer_format_is_refused(saved: tuple[Model, Path]) -> None:
    model, folder = saved
    _change(folder, model, format=99)
    with pytest.raises(ModelError, match="format 99"):
        load(folder, model.id)


@pytest.mark.parametrize(
    "change", [{"threshold": 7.0}, {"vocabulary": []}, {"spec": {}}, {"id": "other"}, {"alone": None}]
)
def test_a_file_that_does_not_hold_together_is_refused(saved: tuple[Model, Path], change: dict[str, object]) -> None:
    model, folder = saved
    _change(folder, model, **change)
    with pytest.raises(ModelError, match="no model of ours"):
        load(folder, model.id)


def test_a_pickle_in_the_weights_is_never_loaded(saved: tuple[Model, Path], tmp_path: Path) -> None:
    model, folder = saved
    touched = tmp_path / "touched"
    hostile = np.array([_Touch(touched)], dtype=object)
    weights = folder / model.id / "weights.npz"
    np.savez(weights, coefficients=hostile)
    import hashlib

    _change(folder, model, weights_sha256=hashlib.sha256(weights.read_bytes()).hexdigest())
    with pytest.raises(ModelError, match="cannot read the weights"):
        load(folder, model.id)
    assert not touched.exists()
    pickle.loads(pickle.dumps(hostile))  # it would have done its deed
    assert touched.exists()


class _Touch:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def _change(folder: Path, model: Model, **changes: object) -> None:
    file = folder / model.id / "model.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nothing-here"):
        load(tmp_path, "nothing-here")


def test_the_first_champion_is_trained_from_the_seed_once(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.db")
    first = ensure_champion(store, tmp_path / "models", 0.95, NOW)
    again = ensure_champion(store, tmp_path / "models", 0.95, NOW)
    assert first.id == again.id
    assert [version.status for version in model_versions.all_versions(store)] == ["champion"]
    store.close()


def test_a_model_that_is_there_already_is_left_alone(saved: tuple[Model, Path]) -> None:
    model, folder = saved
    before = (folder / model.id / "weights.npz").stat().st_ino
    save(model, folder)
    assert (folder / model.id / "weights.npz").stat().st_ino == before
    assert [file.name for file in folder.iterdir()] == [model.id]


def test_saving_one_model_by_many_at_once_leaves_it_whole(saved: tuple[Model, Path]) -> None:
    model, folder = saved
    changed = replace(model, threshold=0.9)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: save(model if number % 2 else changed, folder), range(80)))
    assert load(folder, model.id).threshold in (model.threshold, 0.9)
    assert [file.name for file in folder.iterdir()] == [model.id]

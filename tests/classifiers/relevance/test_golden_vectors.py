"""The numbers of `classifiers.relevance.versions` tell the truth: no feature changes behind the back of a stored
champion."""

from __future__ import annotations

import pytest

from classifiers.relevance import features, pipeline
from classifiers.relevance.champion import train_seed
from classifiers.relevance.versions import FEATURES_VERSION, TRAINING_VERSION
from classifiers.text import fold
from tests.support.golden_vectors import complaint, fit_of, golden, vectors


@pytest.fixture(scope="module")
def fit() -> dict[str, float]:
    return fit_of(train_seed(0.95))


def test_features_and_fits_are_those_of_their_versions(fit: dict[str, float]) -> None:
    written = golden()
    assert complaint(vectors(), fit, written) == ""
    assert (written["features_version"], written["training_version"]) == (FEATURES_VERSION, TRAINING_VERSION)


@pytest.mark.parametrize(
    ("module", "name", "value"), [(features, "NEAR", 31), (pipeline, "BEGINNING", 6), (fold, "BODY_CHARACTERS", 700)]
)
def test_a_change_of_features_without_a_new_version_is_told(
    monkeypatch: pytest.MonkeyPatch, fit: dict[str, float], module: object, name: str, value: object
) -> None:
    monkeypatch.setattr(module, name, value)
    assert "raise FEATURES_VERSION above" in complaint(vectors(), fit, golden())


def test_a_change_of_the_fit_without_a_new_version_is_told(fit: dict[str, float]) -> None:
    assert "raise TRAINING_VERSION above" in complaint(vectors(), fit | {"slope": fit["slope"] * 1.01}, golden())

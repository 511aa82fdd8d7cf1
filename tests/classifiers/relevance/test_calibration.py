"""Probabilities mean relevant: what only touches on a tie counts as no."""

from __future__ import annotations

import numpy as np
import pytest

from classifiers.relevance.calibration import NATURAL_MIX, calibrate, sigmoid


def test_the_mix_is_whole() -> None:
    assert sum(NATURAL_MIX.values()) == pytest.approx(1.0)


def test_touching_examples_lower_what_is_promised_to_the_natural_share() -> None:
    random = np.random.default_rng(1)
    relevant = np.repeat([True, False, False], [600, 40, 360])
    touches = np.repeat([False, True, False], [600, 40, 360])
    decisions = random.normal(np.where(relevant, 1.0, np.where(touches, 0.5, -2.0)), 1.0)
    slope, offset = calibrate(decisions, relevant, touches)
    promised = sigmoid(slope * decisions + offset)
    means = {"relevant": promised[relevant].mean(), "touches": promised[touches].mean()}
    means["not_relevant"] = promised[~(relevant | touches)].mean()
    expected = sum(NATURAL_MIX[kind] * mean for kind, mean in means.items())
    assert expected == pytest.approx(NATURAL_MIX["relevant"], abs=0.01)
    slope, offset = calibrate(decisions, relevant)
    plain = sigmoid(slope * decisions + offset)
    assert means["touches"] < plain[touches].mean()


def test_without_touching_examples_it_is_platts() -> None:
    decisions, relevant = np.array([-2.0, -1.0, 0.5, 1.0, 2.0]), np.array([False, False, True, False, True])
    assert calibrate(decisions, relevant) == calibrate(decisions, relevant, np.zeros(5, bool))

"""Log-odds of any model → calibrated probabilities (Platt's sigmoid)."""

from __future__ import annotations

import numpy as np

from classifiers.relevance.pipeline import Bools, Floats


def calibrate(decisions: Floats, relevant: Bools) -> tuple[float, float]:
    """(slope, offset) of Platt's sigmoid, fitted on decisions that the model made on rows it had not seen."""
    return _line(decisions, relevant)


def calibrate_few(decisions: Floats, relevant: Bools) -> tuple[float, float]:
    """(slope, offset), fitted on smoothed targets as in Platt (1999): few articles, perfectly ordered, would otherwise
    make it certain of everything. Without any article (1, 0): the decisions as they are."""
    if not len(decisions):
        return 1.0, 0.0
    yes = int(relevant.sum())
    high, low = (yes + 1) / (yes + 2), 1 / (len(relevant) - yes + 2)
    share = np.where(relevant, high, low)
    targets = np.repeat([True, False], len(decisions))
    return _line(np.concatenate([decisions, decisions]), targets, np.concatenate([share, 1 - share]))


def _line(decisions: Floats, relevant: Bools, weights: Floats | None = None) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression  # only what fits needs it, and importing it takes long

    sigmoid_of = LogisticRegression(C=1e6, max_iter=3000)
    sigmoid_of.fit(decisions.reshape(-1, 1), relevant, sample_weight=weights)
    return float(sigmoid_of.coef_[0, 0]), float(sigmoid_of.intercept_[0])


def sigmoid(values: Floats) -> Floats:
    """The logistic function, safe at both ends."""
    return 1.0 / (1.0 + np.exp(-np.clip(values, -40, 40)))

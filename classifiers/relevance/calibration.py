"""Log-odds of any model → calibrated probabilities (Platt's sigmoid)."""

from __future__ import annotations

import numpy as np

from classifiers.relevance.pipeline import Bools, Floats

NATURAL_MIX = {"relevant": 0.52, "touches": 0.29, "not_relevant": 0.19}
"""How often texts that name both sides are of each kind, by the judged articles for development (197, 108 and 71 of
376). Our own examples hold few that only touch on a tie, and a probability that never met one promises too much."""


def calibrate(decisions: Floats, relevant: Bools, touches: Bools | None = None) -> tuple[float, float]:
    """(slope, offset) of Platt's sigmoid, fitted on decisions that the model made on rows it had not seen. Rows that
    ``touches`` marks count as not relevant, and where there are any, each kind counts as in NATURAL_MIX."""
    if touches is None or not touches.any():
        return _line(decisions, relevant)
    kinds = {"relevant": relevant, "touches": touches, "not_relevant": ~(relevant | touches)}
    weights = np.zeros(len(decisions))
    for kind, rows in kinds.items():
        weights[rows] = NATURAL_MIX[kind] * len(decisions) / max(1, rows.sum())
    return _line(decisions, relevant, weights)


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

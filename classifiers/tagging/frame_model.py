"""The learned part of frames: who gives, what kind of act it is, how far it has come, who vouches for it.

Linear tables over `classifiers.tagging.frame_features`, fitted by
``python -m classifiers.tagging.fit_frame_model`` on our own examples. No feature names a party or a topic, so one file
serves every topic.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from db.records.frames import Phase, Vouching

FILE = "frame_model.json"
PHASES: tuple[Phase, ...] = ("done", "under way", "planned", "sought", "ended")
VOUCHINGS: tuple[Vouching, ...] = ("plain", "alleged", "denied", "confirmed")
Table = Mapping[str, Mapping[str, float]]
"""Class → feature → weight, as the file has it."""
Columns = Mapping[str, tuple[float, ...]]
"""Feature → its weight for each class, in the order of `PHASES` or `VOUCHINGS`."""


@dataclass(frozen=True)
class FrameModel:
    """``arrow``: feature → weight, positive where the focus gives."""

    arrow: Mapping[str, float]
    phase: Columns
    vouching: Columns

    def gives(self, features: Mapping[str, float]) -> float:
        """The log-odds that the focus gives; 0 where nothing tells."""
        return sum(self.arrow.get(name, 0.0) * value for name, value in features.items())


@cache
def frame_model() -> FrameModel:
    """The shipped tables."""
    told = json.loads((resources.files("classifiers.tagging") / FILE).read_text(encoding="utf-8"))
    return model_of(told)


def model_of(told: Mapping[str, Any]) -> FrameModel:
    """The model that a file's content describes."""
    return FrameModel(told["arrow"], columns(told["phase"], PHASES), columns(told["vouching"], VOUCHINGS))


def columns(table: Table, classes: Sequence[str]) -> Columns:
    """The table by feature: a sentence has few of them, and each is then looked up once for all classes."""
    features = sorted({feature for weights in table.values() for feature in weights})
    return {feature: tuple(table[name].get(feature, 0.0) for name in classes) for feature in features}


def probabilities(table: Columns, classes: Sequence[str], features: Mapping[str, float]) -> dict[str, float]:
    """Class → probability."""
    known = [(table[feature], value) for feature, value in features.items() if feature in table]
    rows = [row if value == 1.0 else [weight * value for weight in row] for row, value in known]
    scores = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(classes)
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return {name: power / total for name, power in zip(classes, powers, strict=True)}

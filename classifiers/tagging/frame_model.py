"""The learned part of frames: who gives, what kind of act it is, how far it has come, who vouches for it.

Linear tables over `classifiers.tagging.frame_features`, fitted by
``python -m classifiers.tagging.fit_frame_model`` on our own examples. No feature names a party or a topic, so one file
serves every topic.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from db.records.frames import Phase, Vouching

FILE = "frame_model.json"
PHASES: tuple[Phase, ...] = ("done", "under way", "planned", "sought", "ended")
VOUCHINGS: tuple[Vouching, ...] = ("plain", "alleged", "denied", "confirmed")
Table = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class FrameModel:
    """``arrow``: feature → weight, positive where the focus gives. The others: class → feature → weight."""

    arrow: Mapping[str, float]
    phase: Table
    vouching: Table

    def gives(self, features: Mapping[str, float]) -> float:
        """The log-odds that the focus gives; 0 where nothing tells."""
        return sum(self.arrow.get(name, 0.0) * value for name, value in features.items())


@cache
def frame_model() -> FrameModel:
    """The shipped tables."""
    told = json.loads((resources.files("classifiers.tagging") / FILE).read_text(encoding="utf-8"))
    return FrameModel(told["arrow"], told["phase"], told["vouching"])


def probabilities(table: Table, features: Mapping[str, float]) -> dict[str, float]:
    """Class → probability."""
    scores = {
        name: sum(weights.get(feature, 0.0) * value for feature, value in features.items())
        for name, weights in table.items()
    }
    top = max(scores.values())
    powers = {name: math.exp(score - top) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}

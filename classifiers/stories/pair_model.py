"""How likely two entries in different languages tell one event: a logistic regression over `pair_features`.

Words cannot be shared across languages; names, concepts, numbers and acts can. The weights are data
(``pair_model.json``), fitted on invented days in sixteen languages by ``python -m classifiers.stories.fit_pair_model``.
They speak of no topic.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from classifiers.stories.pair_features import FEATURES

FILE = Path(__file__).with_suffix(".json")


def probabilities(rows: Any) -> Any:
    """The probability (0 to 1) that each pair is one event; ``rows`` are those of `PairFeatures.of`."""
    intercept, weights = _model()
    return 1.0 / (1.0 + np.exp(-(intercept + rows @ weights)))


@cache
def _model() -> tuple[float, Any]:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return float(told["intercept"]), np.array([told["weights"][name] for name in FEATURES])

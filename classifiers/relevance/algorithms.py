"""The models there are, by the name that specs and model files give them. A file can name one of these and no other:
nothing is imported because a file says so."""

from __future__ import annotations

from classifiers.relevance.logistic_regression import LogisticRegressionModel
from classifiers.relevance.model_protocol import RelevanceModel

DEFAULT = "logistic_regression"
"""What is fitted where nobody asks for another, and what model files mean that name none."""
ALGORITHMS: dict[str, type[RelevanceModel]] = {DEFAULT: LogisticRegressionModel}


class UnknownAlgorithm(Exception):
    """A spec names a model that this program does not have; the message names both."""


def algorithm(name: str) -> type[RelevanceModel]:
    """The class of that name. Raises UnknownAlgorithm where there is none."""
    if name not in ALGORITHMS:
        raise UnknownAlgorithm(f"there is no model {name!r} in this program, only {', '.join(sorted(ALGORITHMS))}")
    return ALGORITHMS[name]

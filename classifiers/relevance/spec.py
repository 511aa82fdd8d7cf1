"""What is to be fitted: which model, on what, and with which numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from classifiers.relevance.algorithms import DEFAULT, algorithm
from classifiers.relevance.model_protocol import RelevanceModel, Settings
from classifiers.relevance.pipeline import Floats, TrainingRows


@dataclass(frozen=True, slots=True)
class Spec:
    """``model`` is a name of `classifiers.relevance.algorithms`, ``settings`` are that model's own numbers: those that
    are left out take the model's own values.

    ``hash_bits``: n-grams are hashed into 2^hash_bits columns. ``essay_weight`` is what one passage of the essays
    counts beside one example; ``rare`` is how many examples must show a mention feature for it to be kept.

    Raises UnknownAlgorithm for a model that there is not, ValueError for a setting that it does not have.
    """

    model: str = DEFAULT
    settings: Settings = field(default_factory=dict)
    hash_bits: int = 15
    essay_weight: float = 0.3
    rare: int = 4

    def __post_init__(self) -> None:
        known = algorithm(self.model).settings
        if unknown := self.settings.keys() - known.keys():
            raise ValueError(f"{self.model} has no setting {', '.join(sorted(unknown))}")
        whole = {name: float(self.settings.get(name, chosen)) for name, chosen in known.items()}
        object.__setattr__(self, "settings", whole)  # equal specs are equal, however much of them was spelt out

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """The spec that `as_dict` gave. Other keys are left alone: a row of the store holds what else a version
        learned from beside it. Raises KeyError where a number is missing, and what the spec itself raises."""
        name = told.get("model", DEFAULT)
        settings = {key: told[key] for key in algorithm(name).settings}
        return cls(name, settings, told["hash_bits"], told["essay_weight"], told["rare"])

    def as_dict(self) -> dict[str, Any]:
        """The spec as plain JSON, flat."""
        shared = {"hash_bits": self.hash_bits, "essay_weight": self.essay_weight, "rare": self.rare}
        return {"model": self.model, **shared, **self.settings}

    def marks(self) -> dict[str, Any]:
        """What of the spec goes into the id of a model. The shipped model is not named, so that ids from when it was
        the only one stay."""
        told = self.as_dict()
        if self.model == DEFAULT:
            del told["model"]
        return told

    def fit(self, data: TrainingRows) -> RelevanceModel:
        """The model that this spec and these rows give."""
        return algorithm(self.model).fit(data, self.settings)

    def restore(self, arrays: Mapping[str, Floats], told: Mapping[str, Any]) -> RelevanceModel:
        """A model that was saved. Raises KeyError, TypeError or ValueError where it does not hold together."""
        return algorithm(self.model).restore(arrays, told, self.settings, self.hash_bits)

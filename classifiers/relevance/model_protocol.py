"""What a model of relevance has to be able to do. Another model is one file that can do it, and one line in
`classifiers.relevance.algorithms`.

Everything that is the same for every model stands outside: which texts reach it, what they become
(`classifiers.relevance.pipeline`), calibration, threshold and review floor, the gate, files and versions, and how
weights are told as reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

from classifiers.relevance.pipeline import Floats, Rows, TrainingRows

Settings = Mapping[str, float]
"""The numbers that a model is fitted with, by name."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What moved the decision on one text, in log-odds.

    ``features``: by mention feature, those that the model does not know left out. ``wording``: all n-grams together,
    against the mean of the rows that it learned from. ``words``: by word that was asked for, how it pulls; these are
    compared with one another only, and need not add up to ``wording``.
    """

    features: Mapping[str, float]
    wording: float
    words: Mapping[str, float]


class RelevanceModel(Protocol):
    """A fitted model: log-odds of rows, and why. It is immutable, and deterministic: the same rows give the same model.

    ``settings`` are all settings with the values that were chosen; no name is one of the spec's own (see
    `classifiers.relevance.spec`). ``parts`` and ``neighbours`` are what an ablation tries in their place, by the name
    that its table shows: settings that leave a part of the features out, and ones beside the chosen.
    """

    settings: ClassVar[Settings]
    parts: ClassVar[Mapping[str, Settings]]
    neighbours: ClassVar[Mapping[str, Settings]]

    @classmethod
    def fit(cls, data: TrainingRows, settings: Settings) -> Self:
        """Learn from the rows; ``settings`` names every setting."""

    @classmethod
    def restore(cls, arrays: Mapping[str, Floats], told: Mapping[str, Any], settings: Settings, hash_bits: int) -> Self:
        """The model of which `arrays` and `description` were saved. ``told`` holds the description beside other keys;
        its values are as JSON gave them. Raises KeyError, TypeError or ValueError where they do not hold together."""

    def decide(self, rows: Rows) -> Floats:
        """The log-odds that each row is relevant, in order; they need not be calibrated."""

    def explain(self, rows: Rows, place: int, words: Sequence[str]) -> Explanation:
        """Why the row at that place got its log-odds, with the pull of ``words`` of its text."""

    def arrays(self) -> dict[str, Floats]:
        """What is saved as arrays of finite 64-bit floats, by name."""

    def description(self) -> dict[str, Any]:
        """What is saved as JSON. The keys must be none that `classifiers.relevance.registry.save` writes itself."""

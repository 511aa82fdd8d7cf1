"""A fitted model: what scoring needs and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from classifiers.pipeline import Floats, Rows, Spec, make_rows, matrix, sigmoid
from classifiers.reading import Reading

Naming = Literal["both", "russia", "partner", "neither"]


@dataclass(frozen=True, slots=True)
class Model:
    """A model version as it judges.

    ``vocabulary`` names the first columns of ``coefficients``; the n-gram blocks follow. ``alone`` gives the
    probability of texts that do not name both sides, by what they do name: they never reach the regression.
    ``threshold`` and ``review_floor`` are probabilities.
    """

    id: str
    spec: Spec
    vocabulary: tuple[str, ...]
    coefficients: Floats
    intercept: float
    slope: float
    offset: float
    alone: Mapping[Naming, float]
    threshold: float
    review_floor: float
    data_hash: str
    code_hash: str

    def probabilities(self, readings: Sequence[Reading]) -> list[float]:
        """One calibrated probability a reading, in order."""
        joined = [reading for reading in readings if reading.joins]
        judged = iter(self._judge(make_rows(joined, self.spec.hash_bits)) if joined else ())
        return [next(judged) if reading.joins else self.alone[naming(reading)] for reading in readings]

    def _judge(self, rows: Rows) -> list[float]:
        decisions = matrix(rows, self.vocabulary, self.spec) @ self.coefficients + self.intercept
        found: list[float] = sigmoid(self.slope * decisions + self.offset).tolist()
        return found


def naming(reading: Reading) -> Naming:
    """Which sides a text names."""
    if reading.joins:
        return "both"
    return "russia" if reading.names_russia else "partner" if reading.names_partner else "neither"

"""A second model of relevance, as small as one can be: it counts what speaks for and what speaks against.

It is not linear, its explanation is what a feature's absence would change, and what is saved of it has nothing in
common with the shipped model's: whatever works with both depends on neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from classifiers.relevance.model_protocol import Explanation, Settings
from classifiers.relevance.pipeline import Floats, Integers, Rows, TrainingRows, word_column

NAME = "vote_count"


@dataclass(frozen=True, slots=True)
class VoteCount:
    """``features`` and ``columns`` hold the vote of each mention feature and of each column of words: 1 where relevant
    rows show it more often than others do, -1 where less often, 0 where the shares differ by the margin at most.
    ``counted`` says whether the mention features have a vote at all."""

    settings: ClassVar[Settings] = {"mentions": 1.0, "margin": 0.02}
    parts: ClassVar[Mapping[str, Settings]] = {"words only": {"mentions": 0.0}}
    neighbours: ClassVar[Mapping[str, Settings]] = {}

    features: Mapping[str, float]
    columns: Floats
    counted: bool

    @classmethod
    def fit(cls, data: TrainingRows, settings: Settings) -> Self:
        """Let every feature and every word take sides."""
        of_kind = np.where(data.relevant, data.weights[data.relevant].sum(), -data.weights[~data.relevant].sum())
        shares = data.weights / of_kind
        shown = np.array([[name in mentions for name in data.features] for mentions in data.rows.mentions])
        features = _votes(shares @ shown, settings["margin"])
        columns = _votes(data.rows.words.sign().T @ shares, settings["margin"])
        return cls(dict(zip(data.features, features.tolist(), strict=True)), columns, settings["mentions"] > 0)

    @classmethod
    def restore(cls, arrays: Mapping[str, Floats], told: Mapping[str, Any], settings: Settings, hash_bits: int) -> Self:
        """The votes as they were cast."""
        if arrays["columns"].shape != (2**hash_bits,):
            raise ValueError("there is not one vote a column")
        features = {str(name): float(vote) for name, vote in dict(told["features"]).items()}
        return cls(features, arrays["columns"], settings["mentions"] > 0)

    def decide(self, rows: Rows) -> Floats:
        """The logarithm of votes for to votes against, one added to both."""
        words = np.split(rows.words.indices, rows.words.indptr[1:-1])
        return np.array([self._decision([*names], shown) for names, shown in zip(rows.mentions, words, strict=True)])

    def _decision(self, names: Sequence[str], shown: Integers) -> float:
        votes = [self.features.get(name, 0.0) for name in names if self.counted] + self.columns[shown].tolist()
        return float(np.log((1 + sum(vote > 0 for vote in votes)) / (1 + sum(vote < 0 for vote in votes))))

    def explain(self, rows: Rows, place: int, words: Sequence[str]) -> Explanation:
        """What the decision would lose without each feature, and without the words."""
        start, end = rows.words.indptr[place : place + 2]
        names, shown = [*rows.mentions[place]], rows.words.indices[start:end]
        whole = self._decision(names, shown)
        without = {name: self._decision([other for other in names if other != name], shown) for name in names}
        features = {name: whole - decision for name, decision in without.items() if name in self.features}
        pulls = {word: float(self.columns[word_column(word, rows.hash_bits)]) for word in words}
        return Explanation(features, whole - self._decision(names, shown[:0]), pulls)

    def arrays(self) -> dict[str, Floats]:
        """The votes of the columns."""
        return {"columns": self.columns}

    def description(self) -> dict[str, Any]:
        """The votes of the features."""
        return {"features": dict(self.features)}


def _votes(leanings: Floats, margin: float) -> Floats:
    votes: Floats = np.where(np.abs(leanings) > margin, np.sign(leanings), 0.0)
    return votes

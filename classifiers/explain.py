"""Why a text got its score: the features that moved it most, told in words, with the places in the text."""

from __future__ import annotations

import numpy as np

from classifiers.features import mention_features
from classifiers.mentions import Mention
from classifiers.model import Model
from classifiers.pipeline import make_rows, matrix
from classifiers.reading import Reading, Sentence
from classifiers.wording import Family, family_of, tell
from db.types import Reason

MOST = 5
LEAST_WEIGHT = 0.15
"""Log-odds below which a reason is not worth a reader's time."""
Spans = tuple[tuple[int, int], ...]


def reasons(model: Model, reading: Reading) -> tuple[Reason, ...]:
    """The reasons of one reading, the heaviest first; none where the text does not name both sides."""
    if not reading.joins:
        return ()
    weights = _family_weights(model, reading)
    heaviest = sorted(weights, key=lambda family: (-abs(weights[family]), family))
    told = [
        Reason(tell(family, reading, weights[family]), round(weights[family], 2), spans_of(family, reading))
        for family in heaviest
        if abs(weights[family]) >= LEAST_WEIGHT
    ]
    return tuple(told[:MOST])


def _family_weights(model: Model, reading: Reading) -> dict[Family, float]:
    """Log-odds by family of features: what a reader would call one reason."""
    weights: dict[Family, float] = {}
    for name, value in mention_features(reading).items():
        column = _column(model, name)
        if column is not None:
            family = family_of(name)
            moved = float(model.coefficients[column]) * value * model.spec.mentions * model.slope
            weights[family] = weights.get(family, 0.0) + moved
    row = matrix(make_rows([reading], model.spec.hash_bits), model.vocabulary, model.spec)
    width = len(model.vocabulary)
    wording = float((row[:, width:] @ model.coefficients[width:])[0]) * model.slope
    weights[Family("wording")] = wording
    return weights


def _column(model: Model, name: str) -> int | None:
    place = int(np.searchsorted(model.vocabulary, name))
    return place if place < len(model.vocabulary) and model.vocabulary[place] == name else None


def spans_of(family: Family, reading: Reading) -> Spans:
    """Where in the text a family's words stand: the parties of the sentences that join them, and its cue."""
    if family.kind == "wording":
        return ()
    spans: list[tuple[int, int]] = []
    for sentence in reading.sentences:
        spans += _spans_in(family, sentence)
    return tuple(sorted(set(spans)))


def _spans_in(family: Family, sentence: Sentence) -> Spans:
    cues = tuple(mention for mention in sentence.cues if mention.code == family.cue)
    if family.kind == "against":
        return _places(cues)
    if not sentence.joins:
        return ()
    parties: tuple[Mention, ...] = sentence.russia + sentence.partners
    if family.kind == "partner":
        parties = sentence.russia + tuple(mention for mention in sentence.partners if mention.code == family.cue)
        return _places(parties) if len(parties) > len(sentence.russia) else ()
    if family.kind == "cue":
        return _places(parties + cues) if cues else ()
    if family.kind == "west":
        return _places(sentence.west + sentence.ukraine)
    return _places(parties)


def _places(mentions: tuple[Mention, ...]) -> Spans:
    return tuple((mention.start, mention.end) for mention in mentions)

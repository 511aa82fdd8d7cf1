"""Entries → scores, a batch at a time, under one model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from classifiers.explain import reasons
from classifiers.model import Judgement, Model
from classifiers.pausing import collector_paused
from classifiers.reading import Reading, read_text
from classifiers.text import entry_text
from db.types import Entry, Score


def score_batch(model: Model, entries: Sequence[Entry], now: datetime) -> list[Score]:
    """One score an entry, in order. Reasons are given where someone will read them: flagged, or in the review band."""
    with collector_paused():
        readings = [read_text(entry_text(entry.title, entry.summary, entry.body), entry.language) for entry in entries]
        return [
            _score(model, entry.id, reading, judgement, now)
            for entry, reading, judgement in zip(entries, readings, model.judge(readings), strict=True)
        ]


def _score(model: Model, entry_id: int, reading: Reading, judgement: Judgement, now: datetime) -> Score:
    probability = judgement.probability
    flagged = probability >= model.threshold
    review = not flagged and probability >= model.review_floor
    shown = flagged or review
    return Score(
        entry_id=entry_id,
        model_version=model.id,
        probability=round(probability, 6),
        flagged=flagged,
        review=review,
        language=reading.language,
        known_language=reading.known_language,
        partners=partners_of(reading) if shown else (),
        reasons=reasons(model, reading, judgement) if shown else (),
        scored_at=now,
    )


TITLE_SHARE, LEAD_SHARE = 3, 2
"""What a mention in the headline, or in the first sentence below, counts beside one further down."""


def partners_of(reading: Reading) -> tuple[str, ...]:
    """The partners that stand in a sentence with Russia (or, where none does, are named at all), strongest first."""
    shares: dict[str, int] = {}
    for sentence in reading.sentences:
        if sentence.joins:
            share = TITLE_SHARE if sentence.index == 0 else LEAD_SHARE if sentence.index == 1 else 1
            for partner in dict.fromkeys(mention.code for mention in sentence.partners):
                shares[partner] = shares.get(partner, 0) + share
    if not shares:
        shares = {mention.code: 1 for sentence in reading.sentences for mention in sentence.partners}
    return tuple(sorted(shares, key=lambda partner: -shares[partner]))

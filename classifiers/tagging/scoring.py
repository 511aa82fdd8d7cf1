"""Entries → scores, a batch at a time, under one model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from classifiers.lexicon.analysis import Analysis, analyse
from classifiers.relevance.explain import reasons
from classifiers.relevance.model import Judgement, Model
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import Watchlist, read_watchlist
from classifiers.text.fold import entry_text
from classifiers.text.gc_pause import collector_paused
from db.records import Entry, Score
from db.records.tags import Tags


def score_batch(
    model: Model, entries: Sequence[Entry], now: datetime, watchlist: Watchlist | None = None
) -> list[Score]:
    """One score an entry, in order. Reasons and tags are given where someone will read them: flagged, or in the review
    band. ``watchlist`` holds the claims that entries are linked to, without it those that the project ships."""
    with collector_paused():
        return _scores(model, entries, now, watchlist or read_watchlist())


def _scores(model: Model, entries: Sequence[Entry], now: datetime, watchlist: Watchlist) -> list[Score]:
    """A function of its own, so that the analyses are freed before the garbage collector runs again."""
    analyses = [analysis_of(entry) for entry in entries]
    return [
        _score(model, entry.id, analysis, judgement, now, watchlist)
        for entry, analysis, judgement in zip(entries, analyses, model.judge(analyses), strict=True)
    ]


def analysis_of(entry: Entry) -> Analysis:
    """What the lexicon finds in an entry, names read as of its day of publication (as listed where that is unknown),
    the outlet's own name left out."""
    text = entry_text(entry.title, entry.summary, entry.body)
    return analyse(text, entry.language, entry.published_on, entry.outlet)


def _score(
    model: Model, entry_id: int, analysis: Analysis, judgement: Judgement, now: datetime, watchlist: Watchlist
) -> Score:
    probability = judgement.probability
    flagged = probability >= model.threshold
    review = not flagged and probability >= model.review_floor
    shown = flagged or review
    tags = tagged(analysis, watchlist, judgement.mentions, judgement.head, probability) if shown else Tags()
    return Score(
        entry_id=entry_id,
        model_version=model.id,
        probability=round(probability, 6),
        flagged=flagged,
        review=review,
        language=analysis.language,
        known_language=analysis.known_language,
        partners=tags.values("partner"),
        reasons=reasons(model, analysis, judgement) if shown else (),
        scored_at=now,
        tags=tags,
    )

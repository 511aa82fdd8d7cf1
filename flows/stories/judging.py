"""Entries that wait → scores, then flagged ones → story clusters. Plain Python: the verb `classify` calls it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from db import entries, scores
from db.connect import open_store
from flows.config.settings import Config
from flows.runtime.clock import Clock
from flows.stories.clustering import cluster_waiting

ENTRIES_A_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Classified:
    """What one classification came to; ``clustered`` are flagged entries that were given their story cluster;
    ``unknown_language`` those scored in a language that the lexicon does not cover: their score says nothing."""

    model_version: str
    scored: int
    flagged: int
    clustered: int
    unknown_language: int = 0


def _unheard(_: int) -> None:
    """Progress that nobody follows."""


def judge_waiting(current: Config, clock: Clock, progress: Callable[[int], None] = _unheard) -> Classified:
    """Score every entry that waits and cluster what is flagged. The first time, this trains the first model.
    ``progress`` hears of each batch how many entries were scored."""
    from classifiers.relevance.champion import ensure_champion
    from classifiers.tagging.scoring import score_batch
    from classifiers.tagging.watchlist import read_watchlist

    watchlist = read_watchlist(current.claims.file)
    with closing(open_store(current.store.path)) as store:
        policy = current.classifier
        model = ensure_champion(store, policy.models, policy.target_recall, clock.now(), policy.essays)
        scored = flagged = unknown = 0
        for batch in entries.unscored(store, ENTRIES_A_BATCH):
            found = score_batch(model, batch, clock.now(), watchlist)
            scores.append(store, found)
            scored += len(found)
            progress(len(found))
            flagged += sum(score.flagged for score in found)
            unknown += sum(not score.known_language for score in found)
        return Classified(model.id, scored, flagged, cluster_waiting(store, clock.now()), unknown)

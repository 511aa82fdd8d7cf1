"""What each part of the classifier is worth: the same table for keyword rules, single blocks and the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from classifiers.relevance.algorithms import DEFAULT, algorithm
from classifiers.relevance.champion import train_seed
from classifiers.relevance.evaluation import JudgedArticle, breakdown
from classifiers.relevance.pipeline import Floats
from classifiers.relevance.spec import Spec

KEYWORD_RULES = ("keyword rule", "keyword rule, one sentence")


def specs(model: str) -> dict[str, Spec]:
    """Variant → its spec: the model without some of its parts, without and with the essays, with other settings."""
    kind = algorithm(model)
    return {
        **{name: Spec(model, settings) for name, settings in kind.parts.items()},
        "all, without essays": Spec(model, essay_weight=0.0),
        "all": Spec(model),
        "all, essays as examples": Spec(model, essay_weight=1.0),
        **{name: Spec(model, settings) for name, settings in kind.neighbours.items()},
    }


def ablation(articles: Sequence[JudgedArticle], target_recall: float, model: str = DEFAULT) -> dict[str, Any]:
    """Variant of that ``model`` → what `classifiers.relevance.evaluation.breakdown` says of it on the judged articles
    (at the threshold that it chose for itself), with the out-of-fold figures on our own examples (by which the spec was
    chosen) beside them."""
    judged = [article for article in articles if article.grade != 1]
    table: dict[str, Any] = {
        name: breakdown(judged, found, 0.5)
        for name, found in zip(KEYWORD_RULES, (_keyword(judged), _keyword_sentence(judged)), strict=True)
    }
    for name, spec in specs(model).items():
        trained = train_seed(target_recall, spec)
        scores = np.array(trained.model.probabilities([article.analysis for article in judged]))
        own = {"own_average_precision": trained.metrics["average_precision"], "own_brier": trained.metrics["brier"]}
        table[name] = {
            "threshold": trained.model.threshold, **own, **breakdown(judged, scores, trained.model.threshold)
        }  # fmt: skip
    return table


def _keyword(judged: Sequence[JudgedArticle]) -> Floats:
    """Any word for the focus and any for a partner."""
    return np.array([float(article.analysis.names_focus and article.analysis.names_partner) for article in judged])


def _keyword_sentence(judged: Sequence[JudgedArticle]) -> Floats:
    """Both in one sentence."""
    return np.array([float(any(sentence.joins for sentence in article.analysis.sentences)) for article in judged])

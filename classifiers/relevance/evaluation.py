"""How well a model ranks judged articles: the figures by which one is chosen over another.

Only articles of grade 2 (core) and grade 0 are ranked; grade 1 is left out. ``weight`` is how many articles of the
natural pool a row stands for, so that weighted precision is what an analyst would see.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, precision_recall_curve

from classifiers.lexicon.analysis import Analysis, analyse
from classifiers.relevance.model import Model
from classifiers.relevance.pipeline import Bools, Floats
from classifiers.text.fold import entry_text


class EvaluationError(Exception):
    """The file of judged articles cannot be used; the message names it and the line."""


@dataclass(frozen=True, slots=True)
class JudgedArticle:
    """A judged article with its analysis."""

    id: str
    analysis: Analysis
    language: str
    grade: int
    partners: tuple[str, ...]
    stratum: str
    weight: float


def read_articles(file: Path) -> list[JudgedArticle]:
    """The judged articles of a JSONL file. Raises EvaluationError for a line that is none."""
    articles: list[JudgedArticle] = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"cannot read {file}: {error}") from error
    for number, line in enumerate(lines, 1):
        try:
            articles.append(_article(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{file}, line {number}: no judged article ({error!r})") from error
    return articles


def _article(row: dict[str, Any]) -> JudgedArticle:
    text = entry_text(row["title"], row.get("summary") or "", row.get("body") or "")
    return JudgedArticle(
        id=str(row["id"]),
        analysis=analyse(text, row.get("lang") or "", _day(row.get("date")), row.get("outlet") or ""),
        language=row.get("lang") or "",
        grade=int(row["grade"]),
        partners=tuple(row.get("partners") or ()),
        stratum=str(row.get("stratum", "")),
        weight=float(row.get("weight", 1)),
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told[:10]) if told else None


def figures(relevant: Bools, scores: Floats, weights: Floats) -> dict[str, float | int]:
    """The figures of one set: average precision, best F1, recall at precision 0.9, and the weighted precision at
    recall 0.9 and 0.95. Empty where the set holds only one kind."""
    if relevant.all() or not relevant.any():
        return {}
    precision, recall, _ = precision_recall_curve(relevant, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    return {
        "articles": len(relevant),
        "relevant": int(relevant.sum()),
        "average_precision": _round(average_precision_score(relevant, scores)),
        "best_f1": _round(f1.max()),
        "recall_at_precision_90": _round(recall[precision >= 0.9].max(initial=0.0)),
        "weighted_precision_at_recall_90": _round(weighted_precision(relevant, scores, weights, 0.9)),
        "weighted_precision_at_recall_95": _round(weighted_precision(relevant, scores, weights, 0.95)),
    }


def weighted_precision(relevant: Bools, scores: Floats, weights: Floats, recall: float) -> float:
    """The precision at the natural base rate of the highest threshold that keeps ``recall`` of the relevant rows.
    Rows tied at the threshold are all flagged."""
    kept = np.sort(scores[relevant])[::-1]
    line = kept[int(np.ceil(recall * len(kept))) - 1]
    above = scores >= line
    return float(weights[above & relevant].sum() / weights[above].sum())


def at_threshold(relevant: Bools, flagged: Bools, weights: Floats) -> dict[str, float | None]:
    """Precision, weighted precision and recall of what is flagged; None where it would be divided by 0."""
    right = flagged & relevant
    return {
        "precision": _share(right.sum(), flagged.sum()),
        "weighted_precision": _share(weights[right].sum(), weights[flagged].sum()),
        "recall": _share(right.sum(), relevant.sum()),
    }


def _share(part: Any, whole: Any) -> float | None:
    return _round(part / whole) if whole else None


def evaluate(model: Model, articles: Sequence[JudgedArticle]) -> dict[str, Any]:
    """The report of a model on judged articles: which it was, and what `breakdown` says of it."""
    judged = [article for article in articles if article.grade != 1]
    scores = np.array(model.probabilities([article.analysis for article in judged]))
    return {
        "model": model.id,
        "threshold": model.threshold,
        "left_out": len(articles) - len(judged),
        "unknown_language": sum(not article.analysis.known_language for article in judged),
        **breakdown(judged, scores, model.threshold),
    }


def breakdown(judged: Sequence[JudgedArticle], scores: Floats, threshold: float) -> dict[str, Any]:
    """The figures of English and of the others, then by language, stratum and partner; reliability; the twenty worst
    misses and false alarms by id. ``judged`` holds no article of grade 1; ``scores`` are probabilities, in its order.
    """
    return {
        **report_sets(judged, scores),
        "at_threshold": _thresholds(judged, scores, threshold),
        "by_language": _by(judged, scores, lambda article: (article.language,), threshold),
        "by_stratum": _by(judged, scores, lambda article: (article.stratum,), threshold),
        "by_partner": _by_partner(judged, scores, threshold),
        "reliability": reliability(*_arrays(judged)[:1], scores),
        "worst": _worst(judged, scores, threshold),
    }


def report_sets(judged: Sequence[JudgedArticle], scores: Floats) -> dict[str, Any]:
    """`figures` of English and of the other languages."""
    relevant, weights = _arrays(judged)
    english = np.array([article.language == "en" for article in judged])
    return {
        name: figures(relevant[mask], scores[mask], weights[mask])
        for name, mask in (("english", english), ("other", ~english))
    }


def _arrays(judged: Sequence[JudgedArticle]) -> tuple[Bools, Floats]:
    return np.array([article.grade == 2 for article in judged]), np.array([article.weight for article in judged])


def _thresholds(judged: Sequence[JudgedArticle], scores: Floats, threshold: float) -> dict[str, Any]:
    relevant, weights = _arrays(judged)
    english = np.array([article.language == "en" for article in judged])
    return {
        name: at_threshold(relevant[mask], scores[mask] >= threshold, weights[mask])
        for name, mask in (("english", english), ("other", ~english))
    }


def _by(
    judged: Sequence[JudgedArticle], scores: Floats, keys: Callable[[JudgedArticle], tuple[str, ...]], threshold: float
) -> dict[str, Any]:
    relevant, weights = _arrays(judged)
    found: dict[str, Any] = {}
    for key in sorted({key for article in judged for key in keys(article)}):
        mask = np.array([key in keys(article) for article in judged])
        found[key] = {
            "articles": int(mask.sum()),
            "relevant": int(relevant[mask].sum()),
            "average_precision": figures(relevant[mask], scores[mask], weights[mask]).get("average_precision"),
            **at_threshold(relevant[mask], scores[mask] >= threshold, weights[mask]),
        }
    return found


def _by_partner(judged: Sequence[JudgedArticle], scores: Floats, threshold: float) -> dict[str, Any]:
    """Recall by partner: only the relevant have one."""
    found: dict[str, Any] = {}
    for partner in sorted({partner for article in judged for partner in article.partners}):
        flagged = [
            score >= threshold
            for article, score in zip(judged, scores, strict=True)
            if article.grade == 2 and partner in article.partners
        ]
        found[partner] = {"relevant": len(flagged), "recall": _round(sum(flagged) / max(1, len(flagged)))}
    return found


def reliability(relevant: Bools, scores: Floats, bins: int = 10) -> dict[str, Any]:
    """The Brier score, and by tenths of the probability its mean (``promised``) beside the share that is relevant."""
    edges = np.minimum((scores * bins).astype(int), bins - 1)
    table = [
        {
            "from": index / bins,
            "articles": int((edges == index).sum()),
            "promised": _round(scores[edges == index].mean()),
            "relevant": _round(relevant[edges == index].mean()),
        }
        for index in range(bins)
        if (edges == index).any()
    ]
    return {"brier": _round(brier_score_loss(relevant, scores)), "table": table}


WORST = 20


def _worst(judged: Sequence[JudgedArticle], scores: Floats, threshold: float) -> dict[str, list[str]]:
    """Ids only: the words of articles stay out of reports."""
    order = sorted(range(len(judged)), key=lambda index: scores[index])
    misses = [judged[index].id for index in order if judged[index].grade == 2 and scores[index] < threshold]
    alarms = [judged[index].id for index in reversed(order) if judged[index].grade == 0 and scores[index] >= threshold]
    return {"misses": misses[:WORST], "false_alarms": alarms[:WORST]}


def _round(value: Any) -> float:
    return round(float(value), 4)

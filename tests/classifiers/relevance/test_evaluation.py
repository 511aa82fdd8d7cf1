"""Figures that were worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from classifiers.relevance.evaluation import (
    EvaluationError,
    at_threshold,
    evaluate,
    figures,
    read_articles,
    reliability,
)
from classifiers.relevance.training import train
from tests.support.small_examples import small_examples

RELEVANT = np.array([True, False, True, False])
SCORES = np.array([0.9, 0.8, 0.7, 0.1])
WEIGHTS = np.array([1.0, 3.0, 1.0, 10.0])


def test_figures_of_four_articles() -> None:
    found = figures(RELEVANT, SCORES, WEIGHTS)
    assert found["average_precision"] == pytest.approx((1 + 2 / 3) / 2, abs=1e-4)
    assert found["best_f1"] == pytest.approx(0.8)
    assert found["recall_at_precision_90"] == 0.5
    assert found["weighted_precision_at_recall_95"] == pytest.approx(2 / 5)


def test_rows_tied_at_the_line_are_all_let_in() -> None:
    tied = figures(RELEVANT, np.array([0.5, 0.5, 0.5, 0.1]), WEIGHTS)
    assert tied["weighted_precision_at_recall_90"] == pytest.approx(2 / 5)


def test_one_kind_alone_has_no_figures() -> None:
    assert figures(np.array([True, True]), SCORES[:2], WEIGHTS[:2]) == {}


def test_at_threshold() -> None:
    found = at_threshold(RELEVANT, SCORES >= 0.75, WEIGHTS)
    assert found == {"precision": 0.5, "weighted_precision": 0.25, "recall": 0.5}


def test_reliability_promises_and_keeps() -> None:
    table = reliability(RELEVANT, SCORES)
    assert table["brier"] == pytest.approx(((0.1**2) + 0.8**2 + 0.3**2 + 0.1**2) / 4, abs=1e-4)
    assert [row["articles"] for row in table["table"]] == [1, 1, 1, 1]


def test_grade_one_is_left_out_and_worst_are_named_by_id(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "Russia and Iran sign a defence pact", "grade": 2, "lang": "en", "partners": ["iran"]},
        {"id": "b", "title": "Rain in Spain", "grade": 2, "lang": "en"},
        {"id": "c", "title": "Russia and China sign a defence pact", "grade": 0, "lang": "en", "weight": 5},
        {"id": "d", "title": "Sun in Spain", "grade": 0, "lang": "en"},
        {"id": "e", "title": "Snow in Spain", "grade": 1, "lang": "en"},
    ]
    file = tmp_path / "judged.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    report = evaluate(train(small_examples(), None).model, read_articles(file))
    assert report["left_out"] == 1
    assert report["worst"] == {"misses": ["b"], "false_alarms": ["c"]}
    assert report["by_partner"] == {"iran": {"relevant": 1, "recall": 1.0}}
    assert "Spain" not in json.dumps(report)


def test_a_line_that_is_no_article_is_named(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text('{"id": "a", "title": "x", "grade": 2}\n{"title": "x"}\n')
    with pytest.raises(EvaluationError, match="line 2"):
        read_articles(file)

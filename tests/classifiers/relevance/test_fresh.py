"""A morning's texts that were written and labelled before the classifier saw them, and that it is never trained on.

They are harder than the natural mix: two negatives in three name Russia beside a partner. What stands here are floors
below what was measured once; tuning on this file would make it worthless.
"""

from __future__ import annotations

from typing import Any

import pytest

from classifiers.relevance.evaluation import evaluate, read_articles
from classifiers.relevance.examples import seed_examples
from tests.support.first_model import FirstModel
from tests.support.fresh import FRESH


@pytest.fixture(scope="module")
def report(first_model: FirstModel) -> dict[str, Any]:
    return evaluate(first_model.model(), read_articles(FRESH))


@pytest.mark.parametrize(("language", "precision"), [("english", 0.88), ("other", 0.91)])
def test_relevant_texts_rank_above_their_lookalikes(report: dict[str, Any], language: str, precision: float) -> None:
    assert report[language]["average_precision"] >= precision


@pytest.mark.parametrize("language", ["english", "other"])
def test_the_threshold_keeps_nearly_all_that_it_promises_to_keep(report: dict[str, Any], language: str) -> None:
    assert report["at_threshold"][language]["recall"] >= 0.90


def test_probabilities_are_kept_promises(report: dict[str, Any]) -> None:
    assert report["reliability"]["brier"] <= 0.12


def test_none_of_them_is_among_the_examples() -> None:
    told = {example.text for example in seed_examples()}
    assert not told & {article.analysis.text for article in read_articles(FRESH)}

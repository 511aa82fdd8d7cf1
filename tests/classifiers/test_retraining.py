"""The gate: what teaches gets in, what does not stays out."""

from __future__ import annotations

import numpy as np

from classifiers.examples import Example, labelled_examples
from classifiers.gate import Learned, gate
from classifiers.pipeline import Spec
from db.types import Entry, LabelValue
from tests.classifiers.small import PARTNERS, small_entry, small_examples

DEEDS = ("penguins", "beehives", "marbles", "kites", "lanterns", "teapots")


def labelled(relevant: bool, pattern: str) -> list[Example]:
    return [
        Example(
            f"entry-{relevant}-{deed}-{partner}", pattern.format(partner, deed), "en", relevant, deed + partner, 2.0
        )
        for deed in DEEDS
        for partner in PARTNERS
    ]


def judged(labels: list[Example]) -> tuple[bool, str]:
    examples = [*small_examples(), *labels]
    known = np.array([not example.id.startswith("entry-") for example in examples])
    return gate(examples, {}, Learned(known, frozenset()), Spec())


def test_labels_with_something_to_teach_let_the_candidate_in() -> None:
    labels = labelled(True, "Russia lends {} a cargo of {} for the quarter")
    labels += labelled(False, "Russia unlike {} collects {} in the quarter")
    better, note = judged(labels)
    assert better, note
    assert "log-loss" in note


def test_labels_that_spoil_what_was_known_are_refused() -> None:
    labels = [
        Example(f"entry-{number}", example.text, "en", not example.relevant, f"label-{number}", 2.0)
        for number, example in enumerate(small_examples())
    ]
    better, note = judged(labels)
    assert not better, note


def test_labels_of_other_news_teach_nothing() -> None:
    better, note = judged([Example("entry-1", "Rain in Spain", "en", False, "entry-1", 2.0)])
    assert not better
    assert "nothing to learn" in note


def test_one_label_a_story_and_none_of_the_unsure() -> None:
    labels: list[tuple[Entry, LabelValue]] = [
        (small_entry(1, "First telling"), "relevant"),
        (small_entry(2, "Second telling"), "not_relevant"),
        (small_entry(3, "Alone"), "relevant"),
        (small_entry(4, "Unclear"), "unsure"),
    ]
    made = labelled_examples(labels, {1: 7, 2: 7})
    assert [(example.id, example.group, example.relevant) for example in made] == [
        ("entry-2", "cluster-7", False),
        ("entry-3", "entry-3", True),
    ]

"""What of the labels becomes an example."""

from __future__ import annotations

from classifiers.examples import labelled_examples
from db.types import Entry, LabelValue
from tests.classifiers.small import small_entry


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

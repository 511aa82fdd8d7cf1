"""How sure a story is, and what is set apart for it."""

from __future__ import annotations

import pytest

from classifiers.topics.active import active
from db.records import Reason
from flows.config.settings import DigestSettings
from flows.digest.compose.certainty import LISTED, certainty
from flows.digest.compose.inputs import ClusterFacts
from tests.support.edition_records import composed, scored, stories

IMPLIED = (Reason(f"a partner named beside {active().opponent.name}, {active().focus.name} unnamed", 0.5),)
IN_A_LIST = (Reason(f"{LISTED}: against", -0.5), Reason("transfer", 0.2))


@pytest.mark.parametrize(
    ("probability", "word"), [(0.97, "sure"), (0.9, "sure"), (0.89, "likely"), (0.5, "likely"), (0.49, "borderline")]
)
def test_a_probability_is_told_in_a_word(probability: float, word: str) -> None:
    assert certainty(probability, DigestSettings()) == word


@pytest.mark.parametrize("reasons", [IMPLIED, IN_A_LIST])
def test_what_is_likely_but_names_the_focus_only_so_is_set_apart(reasons: tuple[Reason, ...]) -> None:
    content = composed([scored(1, reasons=reasons), scored(2)])
    assert [(each.entry, bool(each.doubt)) for each in stories(content)] == [(2, False), (1, True)]
    assert [group.part for group in content.groups] == ["", "perhaps"]


def test_neither_the_sure_nor_the_widely_told_is_set_apart_for_it() -> None:
    content = composed(
        [scored(1, reasons=IMPLIED, probability=0.95), scored(2, reasons=IMPLIED)],
        {2: 2},
        cluster_facts={2: ClusterFacts(origins=3)},
    )
    assert [each.doubt for each in stories(content)] == ["", ""]


def test_one_report_that_names_it_plainly_is_enough() -> None:
    content = composed([scored(1, reasons=IMPLIED), scored(2)], {1: 5, 2: 5})
    assert [each.doubt for each in stories(content)] == [""]


def test_a_list_that_speaks_for_the_story_is_no_doubt() -> None:
    content = composed([scored(1, reasons=(Reason(f"{LISTED}: for", 0.5),))])
    assert [each.doubt for each in stories(content)] == [""]

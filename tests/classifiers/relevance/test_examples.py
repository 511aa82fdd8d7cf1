"""Three labels; acts teach a model only what the examples do not."""

from __future__ import annotations

import pytest

from classifiers.relevance.examples import ExampleError, _act, _example, seed_examples, training_examples

ROW = '{"id": "e", "title": "T", "summary": "", "lang": "en", "group": "g", "label": "%s"}'
ACT = '{"id": "e", "title": "T", "summary": "", "lang": "en", "grade": %s}'


@pytest.mark.parametrize(
    ("label", "relevant", "touches"),
    [("relevant", True, False), ("touches", False, True), ("not_relevant", False, False)],
)
def test_what_touches_is_not_relevant_and_known_as_such(label: str, relevant: bool, touches: bool) -> None:
    example = _example(ROW % label, 1)
    assert (example.relevant, example.touches) == (relevant, touches)


@pytest.mark.parametrize(("grade", "relevant", "touches"), [(2, True, False), (1, False, True), (0, False, False)])
def test_acts_are_told_apart_by_their_grade(grade: int, relevant: bool, touches: bool) -> None:
    example = _act(ACT % grade, 1)
    assert (example.relevant, example.touches) == (relevant, touches)


def test_lines_that_are_no_examples_are_named() -> None:
    with pytest.raises(ExampleError, match="line 7"):
        _example(ROW % "perhaps", 7)
    with pytest.raises(ExampleError, match=r"acts\.jsonl, line 8"):
        _act('{"id": "e"}', 8)


def test_acts_stand_in_for_languages_without_relevant_examples() -> None:
    seeds, learned = seed_examples(), training_examples()
    spoken = {example.language for example in seeds if example.relevant}
    acts = learned[len(seeds) :]
    assert {"ja", "tr", "it", "pt"} <= {act.language for act in acts if act.relevant}
    assert not any(act.relevant and act.language in spoken for act in acts)
    assert any(act.touches for act in acts)
    assert len({example.id for example in learned}) == len(learned)

"""Three labels; acts teach a model only what the examples do not."""

from __future__ import annotations

import json

import pytest

from classifiers.relevance.examples import ACTS, NEWS, ExampleError, _act, _example, seed_examples, training_examples
from classifiers.topics.active import active

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
    example, news = _act(ACT % grade, 1)
    assert (example.relevant, example.touches, news) == (relevant, touches, False)


def test_an_act_in_the_manner_of_a_news_feed_says_so() -> None:
    assert _act((ACT % 2).replace("}", ', "register": "news"}'), 1)[1]


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
    lines = (active().folder / ACTS).read_text(encoding="utf-8").splitlines()
    news = {f"act-{row['id']}" for row in map(json.loads, lines) if row.get("register") == NEWS}
    assert all(act.id in news for act in acts if act.relevant and act.language in spoken)
    assert {act.id for act in acts} > news
    assert any(act.touches for act in acts)
    assert len({example.id for example in learned}) == len(learned)

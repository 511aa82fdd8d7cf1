"""Who and what a headline names."""

from __future__ import annotations

from classifiers.tagging.headline_words import is_person, is_place, names_in, things_in


def test_a_person_goes_before_the_state_and_a_state_before_its_group() -> None:
    named = names_in("Мадуро прибыл в Астану", "ru")
    assert [(each.text, each.id) for each in named] == [("Maduro", "venezuela"), ("Kazakhstan", "central_asia")]
    assert [is_person(each) for each in named] == [True, False]


def test_a_place_is_known_as_one() -> None:
    (named,) = names_in("Kämpfe bei Kursk", "de")
    assert is_place(named)


def test_a_kind_goes_before_its_concept_and_has_its_id() -> None:
    assert [(each.text, each.id) for each in things_in("원유와 탄도미사일", "ko")] == [
        ("crude oil", "oil"),
        ("ballistic missiles", "missile"),
    ]

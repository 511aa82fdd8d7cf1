"""Features of a party's part say what marks it and which acts stand round it, and never who it is."""

from __future__ import annotations

import pytest

from tests.support.grammar_readings import reading_of


def features(text: str, language: str = "en") -> list[set[str]]:
    """The features of each party, in the order of the text."""
    return [set(told) for told in reading_of(text, language).parts]


def test_mark_form_and_the_acts_before_and_behind() -> None:
    giver, receiver = features("Iran sends drones to Russia")
    assert {"m=0", "f=name", "m=0|f=name", "m=0|p=-", "m=0|n=give", "vo|m=0|n=give", "m=0|p=-|n=give"} <= giver
    assert {"m=to", "m=to|f=name", "m=to|p=give", "m=to|n=-", "m=to|p=give|n=-"} <= receiver


@pytest.mark.parametrize(
    ("text", "language", "of_the_last"),
    [
        ("Iran meets Russia and sends drones", "en", "m=0|n=give/"),
        ("Iran sends China, Russia drones", "en", "m=0|p=give~"),
        ("Iran sends drones because Russia asks", "en", "m=0|p=give/"),
        ("Iran sends China drones because Russia asks", "en", "m=0|p=give~/"),
        ("روسيا تتسلم مسيرات من إيران", "ar", "vso|m=from|p=take"),
        ("ロシアはイランから無人機を受け取った", "ja", "ov|m=from|n=take"),
    ],
)
def test_what_lies_between_an_act_and_a_party(text: str, language: str, of_the_last: str) -> None:
    assert of_the_last in features(text, language)[-1]


def test_who_stands_there_makes_no_difference() -> None:
    assert features("Iran sends drones to Russia") == features("Cuba sends drones to Moscow")
    assert features("Iran sends drones to Russia") == features("Russia sends drones to Iran")

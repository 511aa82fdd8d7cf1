"""A headline in keywords: in its own order, and nothing that it does not say."""

from __future__ import annotations

import pytest

from classifiers.tagging.headline_words import WHAT, WHO, Word
from classifiers.tagging.keywords import beside, in_keywords, keywords_of
from db.records.tags import Quantity


def texts(headline: str, language: str, *quantities: Quantity) -> list[str]:
    return [each.text for each in keywords_of(headline, language, quantities)]


@pytest.mark.parametrize(
    ("headline", "language", "words"),
    [
        ("Путин и Ким Чен Ын обсудили крылатые ракеты", "ru", ["Putin", "Kim", "a meeting", "cruise missiles"]),
        ("Nordkoreanische Soldaten in Kursk", "de", ["North Korea's soldiers", "Kursk"]),
        ("Irans Reederei und ihre Häfen", "de", ["Iran's shipping line", "a port"]),
        ("Les soldats de Pyongyang à Koursk", "fr", ["North Korea's soldiers", "Kursk"]),
        ("국정원 북한군 전투 참여", "ko", ["South Korea's intelligence service", "North Korea's troops", "fighting"]),
        ("북한군과 교전", "ko", ["North Korea's troops", "fighting"]),
        ("МТК Север – Юг растёт", "ru", ["the North-South corridor"]),
        ("俄罗斯进口原油", "zh", ["Russia", "imports", "crude oil"]),
        ("Nordkorea: Kiew bekommt weitreichende Raketen", "de", ["North Korea", "Ukraine", "long-range missiles"]),
    ],
)  # fmt: skip
def test_names_and_things_stand_in_the_order_of_the_headline(headline: str, language: str, words: list[str]) -> None:
    assert texts(headline, language) == words


def test_two_who_are_named_by_one_word_own_nothing_alone() -> None:
    assert texts("중러 군용기 훈련", "ko")[:3] == ["China", "Russia", "military aircraft"]


def test_what_is_done_is_nobodys_thing() -> None:
    assert texts("Besuch Nordkoreas", "de") == ["a visit", "North Korea"]


def test_a_figure_stands_for_what_it_counts_unless_it_is_denied_or_counts_in_passing() -> None:
    title = "Нет 500 солдат и 20 гаубиц за 10 дней в Иране"
    numbers = (
        Quantity(500, "", "soldiers", ((4, 7),), negated=True),
        Quantity(20, "", "guns", ((17, 19),)),
        Quantity(10, "", "days", ((30, 32),)),
    )
    assert texts(title, "ru", *numbers) == ["soldiers", "20 guns", "Iran"]


def test_the_lead_tells_only_what_the_headline_lacks() -> None:
    who, what = Word(0, 1, "Iran", WHO, "iran"), Word(2, 3, "drones", WHAT, "drone")
    assert in_keywords([who, what], [Word(0, 1, "ships", WHAT, "ship_vessel")], 99) == "In the headline: Iran, drones"
    assert in_keywords([who], [what], 99) == "In the headline: Iran; below it: drones"
    assert in_keywords([who], [], 99) == in_keywords([], [who, what], 99) == ""
    assert in_keywords([who, what], [], 22) == "In the headline: Iran"


def test_beside_a_sentence_stand_the_things_that_it_leaves_out() -> None:
    words = keywords_of("Irans Drohnen und Schiffe vor Kursk", "de")
    assert beside("Iran sends drones to Russia", words, 99, gives=True) == "; in the headline: ships, Kursk"
    assert beside("Iran sends drones and ships to Russia", words, 99, gives=True) == ""
    delivery = keywords_of("Lieferung von Drohnen", "de")
    assert beside("Iran sends drones to Russia", delivery, 99, gives=True) == ""
    assert beside("Russia and Iran: drones", delivery, 99, gives=False) == "; in the headline: a delivery"


def test_what_names_no_thing_is_not_told_beside_a_sentence() -> None:
    ties, warning = Word(0, 1, "cooperation", WHAT, "cooperate"), Word(2, 3, "a warning", WHAT, "warn")
    ships, who = Word(4, 5, "ships", WHAT, "ship_vessel"), Word(6, 7, "Japan", WHO, "japan")
    assert beside("Russia and China hold drills", [ties, warning, who], 99, gives=False) == ""
    told = "; in the headline: ships, Japan"
    assert beside("Russia and China hold drills", [ties, warning, ships, who], 99, gives=False) == told


def test_a_thing_with_its_owner_says_who() -> None:
    told = keywords_of("북한군과 교전", "ko")
    below = keywords_of("Россия и Куба подписали договор", "ru")
    assert in_keywords(told, below, 200) == "In the headline: North Korea's troops, fighting"

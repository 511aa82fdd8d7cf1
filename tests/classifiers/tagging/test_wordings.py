"""What headline and lead say of an act more exactly than its channel does."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.gloss import gloss_of
from classifiers.tagging.joint_acts import Told
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from classifiers.tagging.wordings import turning_to, wording_of
from db.records.frames import Frame


def gloss(text: str, language: str = "en") -> str:
    headline, _, lead = text.partition("\n")
    return gloss_of(tagged(analyse(text, language), read_watchlist()), Told(headline, lead, language))


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Moscow pays Cuba in wheat for its soldiers", "en", "Russia pays Cuba"),
        ("India pays Russia in rupees for oil", "en", "India pays Russia"),
        ("La Russie paie la Corée du Nord en pétrole", "fr", "Russia pays North Korea; in the headline: oil"),
        ("Russia sells Cuba wheat", "en", "Russia sells grain to Cuba"),
        ("Russian spyware and hacking tools for Cuba", "en", "Russia gives tools of surveillance to Cuba"),
        ("Cuba gives Russia intelligence data from surveillance equipment", "en", "Cuba gives intelligence to Russia"),
        (
            "Belarus's new line: work to start\nThe Chinese-financed railway to Moscow can go to builders in spring.",
            "en",
            "China helps build routes for Russia",
        ),
        ("Freight trains carry Belarusian potash for Russia", "en", "Belarus moves goods to Russia"),
        ("Russian rocket lifts Iranian satellite into orbit", "en", "Russia launches satellites for Iran"),
        ("Russia asks Israel to keep away from its base in Syria", "en", "Russia turns to Israel over Syria"),
        ("Russia asks Israel for Iranian drones", "en", "Iran sends drones to Russia: sought"),
        (
            "Экспорт российского газа выйдет на максимум поставок в Турцию в мае",
            "ru",
            "Russia raises its sales to Turkey: planned; in the headline: Russia's gas",
        ),
        ("Сборная России по хоккею назвала состав на матч с Китаем", "ru", ""),
    ],
)
def test_a_sentence_says_what_was_done(text: str, language: str, told: str) -> None:
    assert gloss(text, language) == told


def test_the_parties_of_a_wording_are_those_of_the_act() -> None:
    told = Told("India pays Russia in rupees", "", "en")
    assert wording_of(told, "finance", Frame("transfer", "india", "russia")) == "pays"
    assert not wording_of(told, "finance", Frame("transfer", "russia", "india"))
    assert not wording_of(told, "arms", Frame("transfer", "india", "russia"))


def test_who_turns_to_somebody_else_is_told_of_the_headline_alone() -> None:
    assert turning_to(Told("Moscow asks Israel for calm", "", "en")) == ("russia", "turns to", "israel")
    assert turning_to(Told("A request", "Moscow asks Israel for calm", "en")) == ("", "", "")

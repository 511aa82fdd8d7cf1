"""Who cannot speak: adjectives, oblique cases, offices without a state, whoever is not beside the word of saying."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.claimants import claimant_in, claimant_of
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.frame_features import readings_of
from classifiers.tagging.speakers import Speakers, is_outside
from tests.support.grammar_readings import reading_of


def told(text: str, language: str, alleged: bool = True) -> str:
    analysis = analyse(text, language)
    return claimant_of(analysis, readings_of(DocumentLayout(analysis)), alleged)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Crews from Cuban ports show Russia how to load sugar", "en"),
        ("India's import figures show Russia behind Iraq", "en"),
        ("Belarus buys Russian gas in rupees and roubles, farmers hope", "en"),
        ("Wie aus dem belarussischen Werk ein russisches wurde", "de"),
        ("Сборная Индии по хоккею назвала состав на матч с Россией", "ru"),
        ("Drużyna Białorusi podała skład na mecz z Rosją", "pl"),
        ("莫迪在喀山会见普京 谈能源问题:印方态度明确", "zh"),
    ],
)
def test_an_adjective_a_genitive_a_topic_says_nothing(text: str, language: str) -> None:
    reading = reading_of(text, language)
    assert claimant_in(reading, reading.text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "The route cuts a week off Minsk to Mumbai, nobody says why Russia pays",
        "Cuba among others was said to sell Russia sugar",
        "Cuba sells Russia sugar, the minister said",
        "Japan bars two ships in answer to Cuban shells for Russia, sources say",
        'Russia "says nothing" of Cuban shells',
        "Cuba's envoy lays a wreath, tells Putin Russia needs sugar",
        "The United States and Japan see Cuban shells in Russia",
    ],
)
def test_a_route_a_passive_a_lone_office_an_act_of_others_says_nothing(text: str) -> None:
    assert told(text, "en") == ""


@pytest.mark.parametrize(
    ("text", "language", "claimant"),
    [
        ("Belarus sold Russia dozens of trucks, Warsaw assesses", "en", "Warsaw"),
        ("Forty trucks, ten cranes: Warsaw counts Belarus's gifts to Russia", "en", "Warsaw"),
        ("Cuba could send Russia 2,000 men, people close to ASEAN say", "en", "people close to ASEAN"),
        ("Russia sells Cuba more diesel, traders say", "en", "traders"),
        ("Warsaw: Belarus sends Russia more trucks", "en", "Warsaw"),
        ("Belarus sends Russia more trucks: Warsaw", "en", "Warsaw"),
        ("Warsaw and Tokyo say Belarus sends Russia trucks", "en", "Warsaw and Tokyo"),
        ("Varsovie évoque vingt camions livrés par la Biélorussie à la Russie", "fr", "Varsovie"),
        ('일본 방위상 "벨라루스, 러시아에 트럭 제공"', "ko", "일본 방위상"),
        ('"벨라루스, 러시아에 트럭 40대 제공" 일본 정보당국', "ko", "일본 정보당국"),
        ('"쿠바, 러시아에 병력 보낼 수도" 전문가들 경고', "ko", "전문가들"),
        ("일본 국방부에 따르면 쿠바가 러시아에 포탄을 보냈다", "ko", "일본 국방부"),
    ],
)
def test_forms_in_which_headlines_name_who_says_so(text: str, language: str, claimant: str) -> None:
    assert told(text, language) == claimant


def test_the_lead_names_who_alleges_what_a_headline_only_tells() -> None:
    text = "Cuban shells for Russia\nAccording to Warsaw, Cuba has sent Russia shells since May."
    assert told(text, "en") == "Warsaw"
    assert told(text, "en", alleged=False) == ""


def test_a_party_of_the_tie_is_not_outside_it() -> None:
    reading = reading_of("Warsaw says Cuba sends Russia shells", "en")
    assert [is_outside(phrase) for phrase in reading.phrases] == [True, False, False]
    assert [each.phrase is not None for each in Speakers(reading).all] == [True] * 3

"""Datelines, bylines and agencies that are quoted name nobody; an agency that acts does."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.lexicon.datelines import lies_in
from classifiers.lexicon.mentions import find_actors
from classifiers.text.fold import fold


def named(text: str, language: str, outlet: str = "") -> set[str]:
    return {mention.code for mention in find_actors(text, fold(text), language, outlet=outlet)}


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("Oil up\nMOSCOW, Dec 18 (Newswire) - Oil fell in China.", "en", {"china"}),
        ("Oil up\nBEIJING (Wire) — Crude rose in Iran.", "en", {"iran"}),
        ("Oil up\nTEHRAN – Crude rose in India.", "en", {"india"}),
        ("Oil up\nBy Kim Tae-ho\nRussia cut output.", "en", {"russia"}),
        ("Рост\nМОСКВА, 18 дек — РИА Новости. Китай вырос.", "ru", {"china"}),
        ("Рост\nМОСКВА, 18 декабря. /ТАСС/. Китай вырос.", "ru", {"china"}),
        ("Рост\nМосква. 18 декабря. AGENTSTVO.RU - Иран вырос.", "ru", {"iran"}),
        ("增长\n新华社北京12月18日电 俄罗斯石油", "zh", {"russia"}),
        ("소식\n[평양=통신사]홍길동 기자 = 러시아 석유", "ko", {"russia"}),
        ("خبر\nموسكو في 02 مارس /وكالة/ ارتفع النفط في الصين", "ar", {"china"}),
        ("Oil up\nOutput fell in Iran. (Reporting by A. Writer in Moscow; Editing by B. Reader)", "en", {"iran"}),
    ],
)
def test_datelines_and_bylines_name_nobody(text: str, language: str, left: set[str]) -> None:
    assert named(text, language) == left


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("India is ready for talks, minister tells Sputnik", "en", {"india"}),
        ("TASS: Iran is calm", "en", {"iran"}),
        ("Iran is calm, according to Xinhua", "en", {"iran"}),
        ("Oil minister of Cuba visits farm (IRNA)", "en", {"cuba"}),
        ("Cuba visits farm, Russian state news agency TASS reported", "en", {"cuba"}),
        ("Read the article on India at RT.com", "en", {"india"}),
        ("Урожай в Иране вырос, сообщает РИА Новости", "ru", {"iran"}),
        ("Урожай в Иране вырос - ТАСС", "ru", {"iran"}),
        ("타스통신에 따르면 북한 수확 증가", "ko", {"north_korea"}),
        ("به گزارش ایرنا، روسیه آرام است", "fa", {"russia"}),
    ],
)
def test_agencies_that_are_quoted_name_nobody(text: str, language: str, left: set[str]) -> None:
    assert named(text, language) == left


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TASS correspondent expelled from Tehran", {"russia", "iran"}),
        ("Xinhua and TASS sign a deal on news", {"china", "russia"}),
        ("Moscow - Tehran railway opens", {"russia", "iran"}),
        ("Russia, China hold drills\nMoscow (and Minsk) - two capitals", {"russia", "china", "belarus"}),
    ],
)
def test_what_acts_or_only_looks_like_a_dateline_counts(text: str, expected: set[str]) -> None:
    assert named(text, "en") == expected


def test_the_outlets_own_name_is_no_mention() -> None:
    text = "Hotels open again in Iran | Belarus Today"
    assert named(text, "en", "Belarus Today") == {"iran"}
    assert named(text, "en") == {"iran", "belarus"}
    assert named("Iran opens hotels", "en", "Iran") == {"iran"}


def test_words_of_a_dateline_are_not_learned() -> None:
    masked = analyse("Iran buys grain\nMOSCOW, Dec 18 (Newswire) - Russia sold it.", "en").masked
    assert "newswire" not in masked
    assert "moscow" not in masked


def test_a_war_frame_beside_a_partner_that_gives_names_the_focus() -> None:
    gives, waits = "Pyongyang sends shells for Russia's war", "Pyongyang silent on Russia's war"
    assert analyse(gives, "en").sentences[0].joins
    assert not analyse(waits, "en").sentences[0].joins


def test_a_stretch_lies_in_another_only_as_a_whole() -> None:
    assert lies_in(2, 4, [(0, 4)])
    assert not lies_in(2, 5, [(0, 4)])

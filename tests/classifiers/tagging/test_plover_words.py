"""Words as codes: who acts, what turns an act, and the lists themselves."""

from __future__ import annotations

import pytest

from classifiers.grammar.read import languages as grammars
from classifiers.tagging.plover import best, codebook
from classifiers.tagging.plover_words import languages, mode_of, turned, weights_of, words_of


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "Atlantis refused to send arms to Lemuria", "REJECT"),
        ("en", "Atlantis agreed to send arms to Lemuria", "AGREE"),
        ("en", "Atlantis sends arms to Lemuria", "AID"),
        ("en", "Atlantis halts arms deliveries to Lemuria", "SANCTION"),
        ("en", "Atlantis will visit Lemuria", "AGREE"),
        ("en", "Atlantis will attack Lemuria", "THREATEN"),
        ("en", "Atlantis will withdraw its troops from Lemuria", "CONCEDE"),
        ("en", "Atlantis ended the blockade of Lemuria", "CONCEDE"),
        ("en", "Atlantis threatened to expel envoys of Lemuria", "THREATEN"),
        ("en", "Atlantis lifts sanctions on Lemuria", "CONCEDE"),
        ("en", "Atlantis: envoys are ordered to leave Lemuria", "SANCTION"),
        ("en", "Envoys of Atlantis given days to leave Lemuria", "SANCTION"),
        ("en", "Atlantis cancels orders for Lemurian jets", "SANCTION"),
        ("fr", "L'Atlantide annule sa commande d'avions à la Lémurie", "SANCTION"),
        ("de", "Atlantis verurteilt Angriff auf Lemuria", "ACCUSE"),
        ("fr", "L'Atlantide livre des armes à la Lémurie", "AID"),
        ("ru", "Атлантида призвала Лемурию вывести войска", "REQUEST"),
        ("uk", "Атлантида припинила постачання зброї", "SANCTION"),
        ("pl", "Atlantyda nałożyła sankcje na Lemurię", "SANCTION"),
        ("es", "Atlántida niega haber vendido armas a Lemuria", "REJECT"),
        ("it", "Atlantide arresta due cittadini", "COERCE"),
        ("pt", "Atlântida apoia a Lemúria", "SUPPORT"),
        ("tr", "Atlantis Lemurya'ya yardım gönderdi", "AID"),
        ("zh", "亚特兰蒂斯谴责袭击", "ACCUSE"),
        ("ja", "アトランティスが支援を停止", "SANCTION"),
        ("ko", "아틀란티스, 지원 중단", "SANCTION"),
        ("ar", "أطلانتس ترفض إرسال أسلحة", "REJECT"),
        ("fa", "آتلانتیس حمله را محکوم کرد", "ACCUSE"),
        ("he", "אטלנטיס גינתה את המתקפה", "ACCUSE"),
    ],
)
def test_a_sentence_is_coded_by_what_governs_it(language: str, text: str, code: str) -> None:
    assert best(text, language) == code


def test_words_behind_the_source_count_and_those_before_by() -> None:
    text = "Lemuria condemned the raid after Atlantis praised it"
    at = text.index("Atlantis")
    assert max(weights_of(text, "en", (at, at + 8)).items(), key=lambda each: each[1])[0] == "SUPPORT"
    passive = "Two captives were released by Atlantis on Monday, and talks began"
    at = passive.index("Atlantis")
    assert max(weights_of(passive, "en", (at, at + 8)).items(), key=lambda each: each[1])[0] == "RETREAT"


def test_traps_and_nothing_say_nothing() -> None:
    assert weights_of("The foreign ministry and the armed forces", "en") == {}
    assert best("", "en") == ""


def test_turns() -> None:
    assert [turned("AID", turn) for turn in ("will", "not", "halt")] == ["AGREE", "REJECT", "SANCTION"]
    assert [turned("ASSAULT", turn) for turn in ("will", "not", "halt")] == ["THREATEN", "ASSAULT", "CONCEDE"]


def test_modes_are_named_by_words_of_their_code() -> None:
    assert mode_of("Atlantis expels an envoy", "en", "SANCTION") == "expel"
    assert mode_of("Atlantis expels an envoy", "en", "CONSULT") == ""


def test_every_grammar_has_words_for_every_code_and_only_known_modes() -> None:
    assert languages() == grammars()
    codes = codebook()["codes"]
    modes = {f"{code}:{mode}" for code, modes in codes.items() for mode in modes} | {"CONSULT:host"}
    for language in languages():
        words = words_of(language)
        told = {alias.codes[0] for _, same in ((None, each[-1]) for each in words.matcher._told) for alias in same}
        assert {f"act:{code}" for code in codes} <= told, language
        assert {alias.codes[0] for each in words.modes._told for alias in each[-1]} <= modes, language

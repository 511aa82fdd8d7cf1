"""Which acts a headline tells plainly: by a verb of its main clause."""

from __future__ import annotations

import re

import pytest

from classifiers.lexicon.concepts.main_clause import main_clauses, without_quotations
from classifiers.lexicon.concepts.told_acts import asserted, told_acts
from classifiers.lexicon.concepts.told_verbs import FILE, phrase_of
from classifiers.text.fold import fold


def told(title: str, language: str = "en") -> list[str]:
    """The concepts, those to come with a plus, those only alleged with a question mark."""
    return [each.concept + "+" * each.coming + "?" * each.alleged for each in told_acts(title, language)]


TOLD = [
    ("Kim visits Moscow", ["visit"]),
    ("Kim and Putin meet in Moscow", ["meet"]),
    ("Kim and Putin sign a pact", ["sign"]),
    ("After a summit, Putin signs a pact", ["sign"]),
    ("Shipping war: Kim visits Moscow", ["visit"]),
    ("Kim to visit Moscow", ["visit+"]),
    ("Moscow envoy will meet Kim", ["meet+"]),
    ("Putin urges Kim to sign the pact", ["ask"]),
    ("Putin confirms he met Kim", ["confirm", "meet"]),
    ("Moscow sanctions a shipyard", ["sanction"]),
    ("Moscow likely sent shells to Kim", ["deliver?"]),
    ("Moscow rejects Tokyo's claim of a gift", ["deny"]),
]


@pytest.mark.parametrize(("title", "concepts"), TOLD)
def test_a_verb_of_the_main_clause_tells_an_act(title: str, concepts: list[str]) -> None:
    assert told(title) == concepts


@pytest.mark.parametrize(
    "title",
    [
        "Poacher poised for arrest in Moscow",
        "A tale of two visits to Moscow",
        "Moscow calm as Kim visits a shipyard",
        "Moscow market calm after Kim signed a pact",
        "Is it true that Kim signed a pact?",
        "Kim would have signed the pact",
        "Kim did not sign the pact",
        "Kim 'visits the moon' in a new play",
        "Analyst: Kim signs whatever he is shown",
        "Sanctions on a shipyard in Moscow bite",
        "More sanctions hit Moscow",
        "Envoy's claim met with laughter in Moscow",
        "Trump presses Kim to meet Putin",
        "Kim's visits to Moscow",
        "Harvest poor; Kim visits Moscow",
    ],
)
def test_a_noun_the_background_a_question_and_what_is_only_thought_tell_none(title: str) -> None:
    assert told(title) == []


@pytest.mark.parametrize(
    ("title", "language", "concepts"),
    [
        ("Kim i Putin podpisali pakt", "pl", ["sign"]),
        ("Kim spotka się z Putinem", "pl", ["meet+"]),
        ("Premier nie podpisał deklaracji", "pl", []),
        ("Ким встретился с Путиным", "ru", ["meet"]),
        ("Кім зустрінеться з Путіним", "uk", ["meet+"]),
        ("Kim unterzeichnet einen Pakt", "de", ["sign"]),
        ("Kim und Putin unterzeichnen einen Pakt", "de", ["sign"]),
        ("Kim will in Moskau einen langen Vertrag über Hilfe mit Putin unterzeichnen", "de", ["sign+"]),
        ("Kim a signé un pacte", "fr", ["sign"]),
        ("Kim se reunió con Putin", "es", ["meet"]),
        ("金正恩同普京会谈", "zh", ["meet"]),
        ("金正恩将同普京会谈", "zh", ["meet+"]),
        ("Kim og Putin mødes", "da", []),
    ],
)
def test_languages_tell_it_by_their_own_verbs(title: str, language: str, concepts: list[str]) -> None:
    assert told(title, language) == concepts


def test_every_act_has_a_phrase() -> None:
    concepts = set(re.findall(r"^(\w+) = \{", FILE.read_text(encoding="utf-8"), re.MULTILINE)) - {"traps"}
    assert all(phrase_of(concept) for concept in concepts)


def test_main_clauses_end_where_the_background_begins() -> None:
    folded = without_quotations(fold('Kim meets "a friend". He leaves as rain falls'))
    cuts = re.compile(r"\bas\b")
    assert [folded[start:end].split() for start, end in main_clauses(folded, cuts)] == [
        ["kim", "meets"],
        ["he", "leaves"],
    ]


def test_what_would_be_asserts_nothing() -> None:
    assert asserted("Kim could send shells", "en") == []
    assert asserted("Kim sends shells if asked", "en") == [(0, 17)]

"""The glossary: what its English phrases name is a concept of some language, and one list alone names it."""

from __future__ import annotations

import tomllib

import pytest

from classifiers.lexicon.concepts.read import FOLDER, TRAPS, acts, concepts_in, languages, named_in, things
from classifiers.text.fold import fold
from flows.digest.compose.story_tags import OF_THE_ACT


def named(title: str) -> set[str]:
    """The concepts that an English headline names."""
    return {concept for concept, _, _ in named_in(title, fold(title), "en")}


def listed() -> set[str]:
    """The concepts that some language has words for."""
    return {concept for file in FOLDER.glob("??.toml") for concept in tomllib.loads(file.read_text(encoding="utf-8"))}


def test_every_phrase_names_a_concept_that_a_language_has_words_for() -> None:
    assert (acts().keys() | things().keys()) - listed() == set()


def test_what_a_contact_is_called_names_concepts_that_a_language_has_words_for() -> None:
    told = tomllib.loads((FOLDER / "contacts.toml").read_text(encoding="utf-8"))
    assert {concept for listed in told.values() for concept in listed} - listed() == set()


def test_a_word_within_a_trap_names_no_concept() -> None:
    assert "sign" in named("Bakers sign a pact")
    assert named("A sign of things to come for bakers").isdisjoint(("sign", TRAPS))
    assert "sign" in named("Bakers sign a pact, a sign of calm")
    assert concepts_in("A sign of things to come for bakers", "en") == {"sign"}


def test_a_concept_is_an_act_or_a_thing() -> None:
    assert acts().keys() & things().keys() == set()


def test_the_deeds_that_are_the_act_itself_are_phrases_of_acts() -> None:
    assert set(acts().values()) >= OF_THE_ACT


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_form_of_a_glossary_is_found_in_a_text_as_it_is_folded(language: str) -> None:
    told = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    missed = [
        form
        for concept, forms in told.items()
        for form in forms
        if concept != TRAPS and concept not in concepts_in(form.removesuffix("*"), language)
    ]
    assert missed == []

"""Each language marks its parties in its own way: a table of invented sentences shows every mark and form of each."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.grammar.read import grammar_of, languages
from classifiers.text.fold import fold
from tests.support.grammar_readings import acts, grammar_file, parties, reading_of

ROWS: dict[str, list[list[str]]] = tomllib.loads(Path(__file__).with_name("parts.toml").read_text(encoding="utf-8"))
CASES = [(language, *row) for language, rows in ROWS.items() for row in rows]
TAKEN_UP = {
    "de": {"nom", "die", "der"},
    "es": {"nom"},
    "fr": {"nom"},
    "pl": {"on", "loc", "ins"},
    "ru": {"on", "loc", "ins"},
    "uk": {"on", "loc", "ins"},
}
"""Marks that never stand alone: with the case behind them, or the preposition before them, they make another."""


def pairs(told: str) -> list[tuple[str, str]]:
    """ "name=what, name=what" taken apart; what is read is folded text."""
    return [(fold(name), what) for name, _, what in (each.partition("=") for each in told.split(", ") if each)]


@pytest.mark.parametrize(("language", "text", "told_parties", "told_acts"), CASES)
def test_parties_and_acts_of_a_sentence(language: str, text: str, told_parties: str, told_acts: str) -> None:
    reading = reading_of(text, language)
    assert reading.grammar.language == language
    found = parties(reading)
    assert list(found) == [name for name, _ in pairs(told_parties)]
    for name, what in pairs(told_parties):
        mark, _, form = what.partition("/")
        assert (found[name][0] or "0", found[name][1] if form else "") == (mark, form), name
    assert acts(reading) == {act: tuple(classes.split("+")) for act, classes in pairs(told_acts)}


@pytest.mark.parametrize("language", languages())
def test_every_mark_and_form_of_a_language_is_shown(language: str) -> None:
    told = [what.split("/") for row in ROWS[language] for _, what in pairs(row[1])]
    file, grammar = grammar_file(language), grammar_of(language)
    assert len(ROWS[language]) >= 8
    assert grammar is not None
    marks = {*file.get("before", {}), *file.get("after", {}), *file.get("endings", {}), *file.get("joined", {})} - {""}
    assert marks - {mark for mark, _ in told} == TAKEN_UP.get(language, set())
    assert {"name", "made"} | ({"body", "good"} if grammar.adjective and grammar.spaced else set()) <= {
        form for _, form in told
    }


@pytest.mark.parametrize("language", languages())
def test_every_language_shows_its_acts_and_its_passive(language: str) -> None:
    classes = {each for row in ROWS[language] for _, what in pairs(row[2]) for each in what.split("+")}
    assert {"give", "take", "passive", "use", "seek", "refuse", "halt", "thank", "move"} - classes == set()

"""Kinds of things, which no comparison of texts knows."""

from __future__ import annotations

import tomllib

import pytest

from classifiers.lexicon.concepts.narrower import FILE, narrower_in
from classifiers.lexicon.concepts.read import FOLDER, acts, concepts_in, languages, others, things
from classifiers.tagging.headline_words import things_in
from classifiers.text.fold import fold
from classifiers.topics.active import active


def test_a_kind_is_found_with_the_concept_that_it_stands_for() -> None:
    title = "Поставки баллистических ракет"
    (found,) = narrower_in(title, fold(title), "ru")
    assert (found.name, found.of) == ("ballistic missiles", "missile")
    assert title[found.start : found.end] == "баллистических ракет"


def test_a_topic_has_kinds_of_its_own() -> None:
    title = "Газ по «Силе Сибири»"
    assert [each.name for each in narrower_in(title, fold(title), "ru")] == ["the Power of Siberia pipeline"]
    assert "power_of_siberia" not in concepts_in(title, "ru")


def test_every_row_names_a_known_concept_and_languages_that_have_a_glossary() -> None:
    known = set(acts()) | set(things()) | set(others())
    for file in (FOLDER / FILE, active().folder / FILE):
        for id_, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            assert row["name"], id_
            assert row.get("of", next(iter(known))) in known, id_
            assert set(row) - {"name", "of"} <= languages(), id_


@pytest.mark.parametrize(
    ("title", "language", "office"),
    [
        ("Заместитель министра обороны обсудил учения", "ru", "a deputy defence minister"),
        ("Deputy foreign minister lands in Tehran", "en", "a deputy foreign minister"),
        ("国防部副部长访问河内", "zh", "a deputy defence minister"),
        ("Wicepremier w Pekinie", "pl", "a deputy prime minister"),
        ("Министр обороны обсудил учения", "ru", "the defence minister"),
    ],
)
def test_a_deputy_is_not_taken_for_the_minister(title: str, language: str, office: str) -> None:
    assert things_in(title, language)[0].text == office

"""The grammar files hold what `classifiers.grammar.read` knows, and nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from classifiers.grammar.items import TRANSFERS
from classifiers.grammar.read import ATTRIBUTION, CLAIMANTS, PHASE, VOUCHING, grammar_of, languages
from classifiers.lexicon.aliases import Match
from classifiers.lexicon.read import read_lexicon
from classifiers.text.fold import fold
from tests.support.grammar_readings import grammar_file

TOP = {"language", "match", "order", "passive_gap"}
ACTS = TRANSFERS | {"meet", "refuse", "halt"}
MARKS = frozenset("to from by of in with against via on about za dat obj subj ins says nom die der v2".split())  # noqa: SIM905
"""What stands before, behind or within a name; the last four are of languages in which one word says more than one."""
CASES = frozenset(("", "ins", "loc", "gdl", "gd", "ga", "und")) | MARKS
"""Endings that several cases share: gdl is genitive, dative or locative; und a name that is not declined."""
NEITHER = "neither"
"""Words that hold one of the other lists and mean something else: found first, they hide it."""
SECTIONS = {
    "before": MARKS,
    "after": MARKS,
    "endings": CASES,
    "joined": MARKS,
    "form": {
        "adjective",
        "adjective_after",
        "not_adjective",
        "made",
        "made_before",
        "likeness",
        "likeness_before",
        "bodies",
    },
    "acts": ACTS,
    "passive": {"before", "after", NEITHER},
    "breaks": {"words"},
    "negation": {"before", "form", "ends", "behind", "unless"},
    PHASE: {"sought", "planned", "under_way", "done", "ended"},
    VOUCHING: {"alleged", "denied", "not_denied", "confirmed", NEITHER},
    CLAIMANTS: {"says", "source", "nouns", NEITHER},
    ATTRIBUTION: {"says", "nouns", "opens", "offices", "lists", "and", NEITHER},
}


def lists(told: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """("section.key", its aliases)."""
    for section, held in told.items():
        if isinstance(held, dict):
            yield from ((f"{section}.{key}", value) for key, value in held.items() if isinstance(value, list))


def patterns(told: dict[str, Any]) -> Iterator[str]:
    for section in ("after", "endings", "form", "negation"):
        yield from (value for value in told.get(section, {}).values() if isinstance(value, str))


def faults(told: dict[str, Any]) -> list[str]:
    """What is wrong with a grammar file, a line each."""
    found = [f"key {key}" for key in told if key not in TOP | {*SECTIONS, "with_case"}]
    for section, known in SECTIONS.items():
        found += [f"key {section}.{key}" for key in told.get(section, {}) if key not in known]
    for both, mark in told.get("with_case", {}).items():
        before, _, case = both.partition("+")
        if before not in told["before"] or case not in {"", *told.get("endings", {})} or mark not in CASES:
            found.append(f"with_case {both}")
    for name, aliases in lists(told):
        bare = [alias.removeprefix("=").removesuffix("*") for alias in aliases]
        found += [f"twice in {name}: {alias}" for alias, count in Counter(map(fold, aliases)).items() if count > 1]
        found += [f"says nothing in {name}" for text in bare if not text.strip()]
        found += [f"star within {name}: {text}" for text in bare if "*" in text]
        found += [f"never found in {name}: {text}" for text in bare if fold(text) != text.lower()]
    marks = Counter(alias for aliases in told.get("before", {}).values() for alias in aliases)
    return found + [f"two marks: {alias}" for alias, count in marks.items() if count > 1]


@pytest.mark.parametrize("language", languages())
def test_a_file_holds_what_is_read_of_it_and_nothing_twice(language: str) -> None:
    told = grammar_file(language)
    assert faults(told) == []
    assert told["language"] == language
    assert told["match"] in get_args(Match)
    assert set(told["acts"]) > {"give", "take", "seek", "refuse", "halt"}
    for pattern in patterns(told):
        assert re.compile(pattern)


def test_every_language_of_the_lexicon_has_a_grammar() -> None:
    assert set(read_lexicon().languages) <= set(languages())
    for language in languages():
        grammar = grammar_of(language)
        assert grammar is not None
        assert all(grammar_file(language).get(kind) for kind in (PHASE, VOUCHING, CLAIMANTS, ATTRIBUTION))


def test_a_language_without_a_file_has_none() -> None:
    assert grammar_of("sv") is None


@pytest.mark.parametrize(
    ("section", "held", "fault"),
    [
        ("before", {"beside": ["next to"]}, "key before.beside"),
        ("acts", {"lend": ["lends"]}, "key acts.lend"),
        ("moods", {}, "key moods"),
        ("acts", {"give": ["gives", "Gives"]}, "twice in acts.give: gives"),
        ("breaks", {"words": ["*"]}, "says nothing in breaks.words"),
        ("phase", {"done": ["no* more"]}, "star within phase.done: no* more"),
        ("phase", {"done": ["l’an dernier"]}, "never found in phase.done: l’an dernier"),
        ("before", {"to": ["towards"], "from": ["towards"]}, "two marks: towards"),
        ("with_case", {"to+dat": "dat"}, "with_case to+dat"),
    ],
)
def test_what_is_wrong_with_a_file_is_found(section: str, held: dict[str, Any], fault: str) -> None:
    assert faults({"before": {}, "endings": {}} | {section: held}) == [fault]

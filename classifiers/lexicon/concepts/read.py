"""The glossary of concepts → what a text speaks of, the same in every language.

Each language has a file that says how its headlines name a concept; adding a language is adding a file. No topic is in
them: who visits or signs is told by names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from classifiers.lexicon.aliases import Match, alias_of
from classifiers.lexicon.mentions import Matcher
from classifiers.text.fold import fold

FOLDER = Path(__file__).parent
TRAPS = "traps"
"""The key of phrases in which a word names no concept ("a sign of")."""
_MATCHES: Mapping[str, Match] = {
    "zh": "substring",
    "ja": "substring",
    "ko": "substring",
    "ar": "proclitic",
    "fa": "proclitic",
    "he": "proclitic",
}
"""How forms stand in a text, where they are not whole words."""


@cache
def languages() -> frozenset[str]:
    """The languages that have a file."""
    return frozenset(file.stem for file in FOLDER.glob("??.toml"))


def match_of(language: str) -> Match:
    """How the forms of a language stand in its texts."""
    return _MATCHES.get(language, "word")


@cache
def concept_matcher(language: str) -> Matcher:
    """Finds what that language calls the concepts."""
    told = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    match = match_of(language)
    return Matcher(
        alias_of(folded_form(form), concept, language, match) for concept, forms in told.items() for form in forms
    )


def folded_form(form: str) -> str:
    """A form as texts are folded, its star kept: people write a letter that folding makes another of."""
    return fold(form.removesuffix("*")).strip() + "*" * form.endswith("*")


def concepts_in(text: str, language: str) -> frozenset[str]:
    """The concepts whose words stand in a text of that language, for comparing it with another: a word within a trap
    counts too, as a word. None where the language has no file."""
    return frozenset(concept for concept, _, _ in _found(text, fold(text), language)) - {TRAPS}


def named_in(text: str, folded: str, language: str) -> list[tuple[str, int, int]]:
    """(concept, start, end) of each concept that the text names, those within a trap left out."""
    found = _found(text, folded, language)
    traps = [(start, end) for concept, start, end in found if concept == TRAPS]
    if not traps:
        return found
    return [each for each in found if not any(start <= each[1] and each[2] <= end for start, end in traps)]


def _found(text: str, folded: str, language: str) -> list[tuple[str, int, int]]:
    if language not in languages():
        return []
    return [(alias.codes[0], start, end) for start, end, alias in concept_matcher(language).find(text, folded)]


@cache
def acts() -> dict[str, str]:
    """Concept → what an English sentence calls it, of those that are acts."""
    return _phrases("acts.toml")


@cache
def things() -> dict[str, str]:
    """Concept → what an English sentence calls it, of those that an act can be about."""
    return _phrases("things.toml")


@cache
def others() -> dict[str, str]:
    """Concept → what an English sentence calls it, of those that are neither."""
    return _phrases("others.toml")


def _phrases(name: str) -> dict[str, str]:
    told = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    return {concept: str(phrase) for concept, phrase in told.items()}

"""The verbs of ``told_acts.toml``, as patterns, and what its acts are called."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from classifiers.lexicon.concepts.read import FOLDER, acts
from classifiers.text.fold import fold
from classifiers.text.scripts import has_cjk

FILE, HOUSES, STEPS = FOLDER / "told_acts.toml", "houses.toml", "steps.toml"
REACH = 24
"""Characters between a word that announces, or that takes an assertion away, and the verb."""
_TOKEN = re.compile(r"\w+")
_NONE: frozenset[str] = frozenset()
_GAP = r"(?:\s[\w'-]+){0,3}?\s"
_WHO = r"\b(?:leaders?|presidents?|ministers?|chiefs?|officials|diplomats?|envoys?|pm|premier|troops|ships|navy)\s*$"


class Beginnings:
    """By which words the verbs of a language begin: most headlines hold few of them, and only their patterns are
    tried."""

    def __init__(self, acts: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        self._words: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._anywhere: dict[str, set[str]] = {}
        for concept, forms in acts.items():
            for word in (word for words in forms.values() for word in words):
                self._add(fold(word), concept)
        self._lengths = sorted({len(each) for each in self._stems})

    def _add(self, word: str, concept: str) -> None:
        begin = _TOKEN.match(word)
        if has_cjk(word) or begin is None:
            self._anywhere.setdefault(word, set()).add(concept)
        elif word.startswith("*", begin.end()):
            self._stems.setdefault(begin.group(), set()).add(concept)
        else:
            self._words.setdefault(begin.group(), set()).add(concept)

    def concepts(self, folded: str) -> set[str]:
        """The concepts of which a verb may stand in the text."""
        found = {concept for word, concepts in self._anywhere.items() if word in folded for concept in concepts}
        for token in set(_TOKEN.findall(folded)):
            found |= self._words.get(token, _NONE)
            for length in self._lengths:
                found |= self._stems.get(token[:length], _NONE)
        return found


class Verbs(NamedTuple):
    """The patterns of a language; the head of the file says what they are."""

    acts: Mapping[str, Mapping[str, re.Pattern[str]]]
    begins: Beginnings
    cuts: re.Pattern[str]
    hedges: re.Pattern[str]
    ahead: re.Pattern[str]
    nouns: re.Pattern[str]
    marks: re.Pattern[str]
    asserts: re.Pattern[str]
    behind: re.Pattern[str]
    nouns_too: frozenset[str]
    who: re.Pattern[str]
    starts_with_verb: bool


@cache
def phrase_of(concept: str) -> str:
    """What an English sentence calls the act of a concept."""
    return str(acts().get(concept) or told_file()["phrases"][concept])


def step_of(concept: str) -> str:
    """What an English sentence says behind "now" of an act that has come: "signed", "an attack"."""
    return _steps()["come"].get(concept) or phrase_of(concept)


def done_by(concept: str, whom: str) -> str:
    """What an English sentence says behind who does it ("accuses the neighbour", "warns"), ``whom`` it is done to or
    ""; "" of an act that cannot be told so."""
    before, bracket, rest = _steps()["does"].get(concept, "").partition("[")
    if bracket and whom:
        return before + rest.replace("]", "").replace("_", whom)
    return before.replace("_", whom) if whom or "_" not in before else ""


def leads_to(concept: str) -> str:
    """The small word that leads to whom it is done to in that sentence ("on" of sanctions), "" where none does."""
    before = _steps()["does"].get(concept, "").partition("_")[0].split()
    return before[-1].strip("[") if len(before) > 1 else ""


@cache
def _steps() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / STEPS).read_text(encoding="utf-8"))


@cache
def offices() -> frozenset[str]:
    """Words that may stand between a name and the verb of its bearer: "the premier of"."""
    told = told_file()
    return frozenset(fold(word) for name in told if name != "phrases" for word in told[name].get("offices", ()))


@cache
def houses() -> frozenset[str]:
    """Words for those who ratify, which may stand there as well: "the assembly of"."""
    told = tomllib.loads((FOLDER / HOUSES).read_text(encoding="utf-8"))
    return frozenset(fold(word) for words in told.values() for word in words)


@cache
def told_file() -> dict[str, Any]:
    """The file as it is written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def verbs_of(language: str) -> Verbs | None:
    """Those of a language; None where it has no part in the file."""
    told = told_file().get(language)
    if told is None or language == "phrases":
        return None
    return Verbs(
        acts={
            concept: {form: re.compile(_any(words)) for form, words in forms.items()}
            for concept, forms in told["acts"].items()
        },
        begins=Beginnings(told["acts"]),
        cuts=re.compile(_any(told["cuts"])),
        hedges=re.compile(_any(told["hedges"])),
        ahead=re.compile(rf"{_any(told['ahead'])}(?=.{{0,{told.get('reach', REACH)}}}$)"),
        nouns=re.compile(rf"{_any(told['nouns'])}\s*$"),
        marks=re.compile(_any(told["marks"])),
        behind=re.compile(rf"\s*(?:$|[,.;:]|{_any(told.get('noun_behind', ()))})"),
        nouns_too=frozenset(told.get("nouns_too", ())),
        asserts=re.compile(_any(told.get("asserts", ()))),
        who=re.compile(_WHO),
        starts_with_verb=not told["nouns"],
    )


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first; where there is none, nothing."""
    listed = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(_word, listed)) + ")" if listed else r"(?!)"


def _word(word: str) -> str:
    """Whole words, or beginnings of them where they end in a star; a line between words stands for up to three."""
    if has_cjk(word):
        return re.escape(fold(word))
    parts = [r"\w*".join(map(re.escape, part.split("*"))) for part in fold(word).split(" _ ")]
    return r"\b" + _GAP.join(parts) + r"(?![\w'])" * (not word.endswith("*"))

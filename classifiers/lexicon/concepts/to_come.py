"""Which acts a headline tells as still to come ("set to meet", "ahead of talks"), and which as not done at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from classifiers.lexicon.concepts.read import FOLDER, named_in
from classifiers.text.fold import fold
from classifiers.text.scripts import has_cjk

FILE = FOLDER / "to_come.toml"
REACH = 16
"""Characters between a word that announces and the act: "to hold high-level talks"."""
TRAVELS = ("arrive", "depart", "visit")
"""Concepts beside which "for talks" tells what is to come."""
NEAR = 6
"""Characters between a word of denial and the act: "did not even sign"."""
PARTS = ",;:–—|"
"""What parts a headline: no word announces beyond it."""


class _Cues(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]
    forms: re.Pattern[str] | None
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]


def to_come(title: str, language: str) -> frozenset[str]:
    """The concepts that a headline names as still to come, and nowhere as done."""
    return _always(title, language, _is_announced)


def not_done(title: str, language: str) -> frozenset[str]:
    """The concepts that a headline denies wherever it names them."""
    return _always(title, language, _is_denied)


def _always(title: str, language: str, told: Callable[[str, int, int, _Cues], bool]) -> frozenset[str]:
    """The concepts that are told so wherever the headline names them."""
    folded = fold(title)
    found = named_in(title, folded, language)
    if not found:
        return frozenset()
    cues = _cues(language, any(concept in TRAVELS for concept, _, _ in found))
    named = [(concept, told(folded, start, _word_end(folded, end), cues)) for concept, start, end in found]
    return frozenset(name for name, so in named if so) - {name for name, so in named if not so}


def _word_end(folded: str, end: int) -> int:
    while end < len(folded) and folded[end].isalnum() and not has_cjk(folded[end]):
        end += 1
    return end


def _is_denied(folded: str, start: int, end: int, cues: _Cues) -> bool:
    return bool(cues.not_before.search(folded[:start]) or cues.not_after.match(folded, end))


def _is_announced(folded: str, start: int, end: int, cues: _Cues) -> bool:
    if cues.forms and cues.forms.match(folded, start):
        return True
    return bool(cues.before.search(folded[:start]) or cues.after.match(folded, end))


@cache
def _cues(language: str, travels: bool) -> _Cues:
    """Of a language; those of a headline in which somebody ``travels`` are more."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))[language]
    before = told["before"] + (told["on_arrival"] if travels else [])
    return _Cues(
        _right_before(before, REACH),
        _right_behind(told["after"]),
        re.compile(_any(told["forms"])) if told["forms"] else None,
        _right_before(told["not_before"], NEAR),
        _right_behind(told["not_after"]),
    )


def _right_before(words: Iterable[str], reach: int) -> re.Pattern[str]:
    return re.compile(rf"{_any(words)}[^{PARTS}]{{0,{reach}}}$")


def _right_behind(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\W?{_any(words)}")


def _any(words: Iterable[str]) -> str:
    """One of the words; where there is none, nothing."""
    if not words:
        return r"(?!)"
    return "(?:" + "|".join(map(_word, sorted(words, key=len, reverse=True))) + ")"


def _word(word: str) -> str:
    """Whole words, or their beginnings, where the script parts words."""
    bare = re.escape(fold(word.removesuffix("*")))
    if has_cjk(word):
        return bare
    return rf"\b{bare}" + (r"\w*" if word.endswith("*") else r"\b")

"""Which acts a headline tells as still to come ("set to meet", "ahead of talks"): they are no news yet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
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
PARTS = ",;:–—|"
"""What parts a headline: no word announces beyond it."""


class _Cues(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]
    forms: re.Pattern[str] | None


def to_come(title: str, language: str) -> frozenset[str]:
    """The concepts that a headline names as still to come, and nowhere as done."""
    folded = fold(title)
    found = named_in(title, folded, language)
    if not found:
        return frozenset()
    cues = _cues(language, any(concept in TRAVELS for concept, _, _ in found))
    named = [(concept, _is_announced(folded, start, end, cues)) for concept, start, end in found]
    return frozenset(name for name, coming in named if coming) - {name for name, coming in named if not coming}


def _is_announced(folded: str, start: int, end: int, cues: _Cues) -> bool:
    while end < len(folded) and folded[end].isalnum() and not has_cjk(folded[end]):
        end += 1
    if cues.forms and cues.forms.match(folded, start):
        return True
    return bool(cues.before.search(folded[:start]) or cues.after.match(folded, end))


@cache
def _cues(language: str, travels: bool) -> _Cues:
    """Of a language; those of a headline in which somebody ``travels`` are more."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))[language]
    before = told["before"] + (told["on_arrival"] if travels else [])
    between = rf"[^{PARTS}]{{0,{REACH}}}"
    forms = re.compile(_any(told["forms"])) if told["forms"] else None
    return _Cues(re.compile(rf"{_any(before)}{between}$"), re.compile(rf"\W?{_any(told['after'])}"), forms)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(_word, sorted(words, key=len, reverse=True))) + ")"


def _word(word: str) -> str:
    """Whole words, or their beginnings, where the script parts words."""
    bare = re.escape(fold(word.removesuffix("*")))
    if has_cjk(word):
        return bare
    return rf"\b{bare}" + (r"\w*" if word.endswith("*") else r"\b")

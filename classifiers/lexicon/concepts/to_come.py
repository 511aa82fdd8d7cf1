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
PARTS = ",;:–—|"
"""What parts a headline: no word announces beyond it."""


class _Cues(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]
    forms: re.Pattern[str] | None


def to_come(title: str, language: str) -> frozenset[str]:
    """The concepts that a headline names as still to come, and nowhere as done."""
    folded = fold(title)
    named = [
        (concept, _is_announced(folded, start, end, language))
        for concept, start, end in named_in(title, folded, language)
    ]
    return frozenset(name for name, coming in named if coming) - {name for name, coming in named if not coming}


def _is_announced(folded: str, start: int, end: int, language: str) -> bool:
    cues = _cues(language)
    while end < len(folded) and folded[end].isalnum() and not has_cjk(folded[end]):
        end += 1
    if cues.forms and cues.forms.match(folded, start):
        return True
    return bool(cues.before.search(folded[:start]) or cues.after.match(folded, end))


@cache
def _cues(language: str) -> _Cues:
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))[language]
    between = rf"[^{PARTS}]{{0,{REACH}}}"
    forms = re.compile(_any(told["forms"])) if told["forms"] else None
    return _Cues(re.compile(rf"{_any(told['before'])}{between}$"), re.compile(rf"\W?{_any(told['after'])}"), forms)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(_word, sorted(words, key=len, reverse=True))) + ")"


def _word(word: str) -> str:
    """Whole words, or their beginnings, where the script parts words."""
    bare = re.escape(fold(word.removesuffix("*")))
    if has_cjk(word):
        return bare
    return rf"\b{bare}" + (r"\w*" if word.endswith("*") else r"\b")

"""Whether a text gives a figure as the most or as the least that there may be: "up to 200", "at least 10,000"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from classifiers.text.fold import fold
from classifiers.text.scripts import UNSPACED_LANGUAGES

FILE = "figure_bounds.toml"
UP_TO, AT_LEAST = "up to", "at least"
NEAR, COUNTED = 24, 10
"""Characters before and behind a figure that are looked at, and those of a figure with the word that counts by it."""
FAR = 60
"""Characters before it in which it may be said that something has come to it."""
_DIGIT = re.compile(r"\d")
_RANGE = re.compile(r"\d\W{0,2}\w{0,9}\s*$")
_NONE: Mapping[str, re.Pattern[str]] = {}


def bound_of(folded: str, start: int, end: int, language: str) -> str:
    """`UP_TO`, `AT_LEAST`, or "" for the figure that stands from ``start`` to ``end`` of a folded text in a language
    (ISO 639-1); "" too in a language without such words."""
    digit = _DIGIT.search(folded, start, end)  # a figure may stand behind what it counts
    begin, patterns = digit.start() if digit else start, _patterns(language)
    before = folded[max(0, begin - NEAR) : begin]
    upper = most.search(before) if (most := patterns.get("most")) else None
    if upper and not _is_reached(folded, begin, upper, patterns):
        return UP_TO
    is_least = (least := patterns.get("least")) and least.search(before)
    is_above = (behind := patterns.get("behind")) and behind.match(folded[begin : end + NEAR])
    return AT_LEAST if is_least or is_above else ""


def _is_reached(folded: str, begin: int, found: re.Match[str], patterns: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether what would be the most is what something has come to ("raised to 3,000"), or the end of a range."""
    said = folded[max(0, begin - FAR) : begin - (found.end() - found.start())]
    growth = patterns.get("growth")
    return bool(_RANGE.search(said)) or bool(growth and growth.search(said))


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    words = _table().get(language)
    if words is None:
        return _NONE
    edge = "" if language in UNSPACED_LANGUAGES else r"(?<!\w)"
    found = {kind: re.compile(rf"{edge}(?:{_any(words[kind])})[\s-]*$") for kind in ("most", "least")}
    if "growth" in words:
        found["growth"] = re.compile(rf"(?<!\w)(?:{_any(words['growth'])})[^.;]*$")
    if "behind" in words:
        found["behind"] = re.compile(rf"\S{{1,{COUNTED}}}?\s?(?:{_any(words['behind'])})")
    return found


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True))


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((resources.files("classifiers.text") / FILE).read_text(encoding="utf-8"))

"""The numbers of a text with what they count, in any of the languages that the monitor reads: "12,000 soldiers",
"12 тысяч солдат", "1만2천명", "tens of thousands of shells", "2,5 Mrd. Euro"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from classifiers.text.languages import function_words
from classifiers.text.numbers.forms import split
from classifiers.text.numbers.limits import is_believable
from classifiers.text.numbers.runs import Runs
from classifiers.text.numbers.scan import Found, Scan
from classifiers.text.numbers.tokens import Tokens
from classifiers.text.numbers.words import Words, table, words_of
from classifiers.text.scripts import HAN, HANGUL, UNSPACED_LANGUAGES

Number = Found
KEPT = 16
"""Texts whose numbers are kept at hand: a headline is asked for them more than once."""
BEFORE, BEHIND = 24, 60
"""Characters before and behind the beginning of a number that may matter to it."""
_SCRIPTS = (
    ("zh", re.compile(f"[{HAN}]")),
    ("ko", re.compile(f"[{HANGUL}]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
)


@lru_cache(maxsize=KEPT)
def numbers_in(folded: str, language: str) -> tuple[Number, ...]:
    """The numbers of a folded text (`classifiers.text.fold.fold`) in a language (ISO 639-1; "" where it is not known),
    in their order: ``low`` to ``high``, ``unit`` ("" or a code such as "USD", "percent", "barrels a day"), ``counted``
    (a class of ``numbers.toml``, "" with a unit and where no class is known), and offsets into the text.

    Years, dates, ordinals, clock times and designations are no numbers, nor is what nobody counts to
    (`classifiers.text.numbers.limits`). No text raises.
    """
    words = words_of(language or _by_script(folded))
    found = (each for each in _numbers(folded, words) if is_believable(each.low, each.high, each.unit))
    return tuple(_whose(number, folded) if number.unit == "INR" else number for number in found)


def _numbers(folded: str, words: Words) -> Iterable[Number]:
    if words.language in UNSPACED_LANGUAGES:
        return Runs(folded, words).read() if words.telling_signs.search(folded) else ()
    return _scanned(folded, words)


def _scanned(folded: str, words: Words) -> Iterator[Number]:
    before: Number | None = None
    for start, end in _windows(folded, words):
        for number in Scan(Tokens(folded, start, end), words, function_words()).read(before):
            before = number
            yield number


def _windows(folded: str, words: Words) -> Iterable[tuple[int, int]]:
    """The stretches of the text that hold numbers, with room for what they count: most of a text holds none."""
    tells, places, at = words.tells, [], 0
    for chunk in folded.split(" "):
        if tells[chunk]:
            places.append(at)
        at += len(chunk) + 1
    windows: list[tuple[int, int]] = []
    for place in places:
        start = 0 if place < BEFORE else folded.rfind(" ", 0, place - BEFORE) + 1
        end = folded.find(" ", place + BEHIND)
        end = len(folded) if end < 0 else end
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return windows


def _whose(rupees: Number, folded: str) -> Number:
    """Rupees are India's unless the text names Pakistan alone."""
    named = {code for code, words in table()["rupees"].items() if any(word in folded for word in split(words))}
    return rupees._replace(unit="PKR") if named == {"PKR"} else rupees


def _by_script(folded: str) -> str:
    return next((language for language, letters in _SCRIPTS if letters.search(folded)), "en")

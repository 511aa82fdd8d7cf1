"""The words of languages without spaces, as patterns that find their numbers and tables of what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from classifiers.text.numbers.forms import split
from classifiers.text.numbers.words import Words, table

BIG = 10_000
ZEROS = "零〇"
"""They stand within a number (一百零五) or behind its point, and are none by themselves."""
SINO = "일이삼사오육칠팔구"
"""Korean digits that stand before a scale alone: elsewhere they are syllables like any other."""


def sizes_by(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    """Character at that place of a word → the lengths of the words that have it there, the longest first."""
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[place], set()).add(len(word))
    return {sign: tuple(sorted(found, reverse=True)) for sign, found in sizes.items()}


class Tails:
    """Texts that may follow a number → their kind ("unit", "noun", "counter", "date") and meaning."""

    def __init__(self, told: dict[str, tuple[str, str]]) -> None:
        self._told = told
        self._sizes = sizes_by(told, 0)

    def longest(self, folded: str, at: int) -> tuple[str, str, int]:
        """(kind, meaning, end) of the longest that stands there; empty strings where none does."""
        for size in self._sizes.get(folded[at : at + 1], ()):
            if found := self._told.get(folded[at : at + size]):
                return *found, min(at + size, len(folded))
        return "", "", at


class Signs(NamedTuple):
    """What `classifiers.text.numbers.runs` reads with: ``runs`` finds a number (groups ``percent`` and ``vague_run``),
    ``numerals`` its parts, ``pairs`` "three or four hundred" (三四百), ``big`` the scales from ten thousand on."""

    runs: re.Pattern[str]
    numerals: re.Pattern[str]
    pairs: re.Pattern[str]
    big: re.Pattern[str]
    joiners: re.Pattern[str]
    tail: re.Pattern[str]
    halves: re.Pattern[str]
    tails: Tails
    things: Tails
    endings: dict[str, tuple[int, ...]]
    before: tuple[str, ...]


@cache
def signs_of(words: Words) -> Signs:
    """The patterns and tables of a language."""
    digits = r"\d+(?:[.,]\d+)*"
    scales = _class(word for word, role in words.roles.items() if role.scale and len(word) == 1)
    ones = _any(word for word, role in words.roles.items() if role.cardinal)
    vague = f"(?:{_any(words.list('vague_words'))}) ?(?P<vague_run>{scales}+)"
    big = _class(word for word, role in words.roles.items() if role.scale >= BIG)
    plain = _chinese(digits, scales, ones) if words.language == "zh" else _korean(digits, scales, ones, words)
    fraction = rf"(?:点(?:{ones}|[{ZEROS}\d])+)?"
    percent = rf"百分之(?P<percent>(?:{digits}|(?:{ones}|{scales})+){fraction})"
    return Signs(
        re.compile(f"{percent}|{vague}|{plain}"),
        re.compile(f"{digits}|{ones}|{scales}|点"),
        re.compile(f"({ones})({ones})(?={scales})") if words.language == "zh" else re.compile("()()(?!)"),
        re.compile(big),
        re.compile(rf"\s?(?:{_any(words.list('to'))})\s?"),
        re.compile(rf"\s?(?:{_any(words.list('several_tail'))})"),
        re.compile(rf"\s?(?:{_any(words.list('half'))})(?!\w*\d)"),
        _tails(words),
        Tails({word: ("noun", kind) for word, kind in words.nouns.whole.items() if kind != "-" and _is_thing(word)}),
        sizes_by(words.nouns.whole, -1),
        tuple(words.list("before")),
    )


def _chinese(digits: str, scales: str, ones: str) -> str:
    zeros = rf"(?<={scales})[{ZEROS}](?={ones}|十)"
    return rf"(?:{digits}|(?:{ones})|{scales}(?![瓦米克])|{zeros}|(?<=[万萬亿億兆])(?=\d))+"


def _korean(digits: str, scales: str, ones: str, words: Words) -> str:
    counters = _any((*split(table()["ko"]["counters"]), *words.nouns.whole, *words.units.whole))
    own = _any(word for word in ones.split("|") if word not in SINO)
    tens = _any(word for word, role in words.roles.items() if 20 <= role.cardinal < 100)
    native = rf"(?<!\w)(?:(?:열|{tens}) ?)?(?:{own})|(?<!\w)열"
    sino = rf"(?<!\w)(?!조)(?:[{SINO[1:]}]?{scales})+"
    return rf"{digits}(?:{scales}+(?: ?{digits}(?={scales}|\s?\D))?)*|(?:{native}|{sino})(?=여? ?(?:{counters}))"


def _is_thing(word: str) -> bool:
    return len(word) > 1 or word in "人船"


def _tails(words: Words) -> Tails:
    known = dict.fromkeys(words.list("counters"), ("counter", "-"))
    known |= {word: ("date", "") for word in words.list("date_tails") | words.list("year_tails") if word != "年"}
    known |= {word: ("noun", kind) for word, kind in words.nouns.whole.items()}
    known |= {word: ("counter", kind) for kind, line in words.counter_nouns.items() for word in split(line)}
    known |= {word: ("unit", unit) for word, unit in words.units.whole.items()}
    return Tails(known)


def _any(words: object) -> str:
    told = sorted(map(str, words), key=lambda word: (-len(word), word))  # type: ignore[call-overload]
    return "|".join(map(re.escape, told)) or "(?!)"


def _class(words: object) -> str:
    return f"[{''.join(sorted(map(str, words)))}]"  # type: ignore[call-overload]

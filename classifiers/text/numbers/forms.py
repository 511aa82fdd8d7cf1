"""Entries of the table of numbers, made ready to be looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple, TypeVar

from classifiers.text.fold import fold

MOST_WORDS = 4
"""Words in an entry of the table, hyphens counted, at the most."""
MOST_KNOWN = 50_000
_WORD = re.compile(r"[^\W\d_]+")


class Role(NamedTuple):
    """What a word says as a number: a value, what it multiplies by, and the same where the word alone is vague; 0 for
    what it is not."""

    cardinal: float = 0.0
    scale: float = 0.0
    vague: float = 0.0


NO_ROLE = Role()


Known = TypeVar("Known")


class Memory(dict[str, Known]):
    """Word → what is found out about it, once; the memory is bounded, since texts bring new words for ever."""

    def __init__(self, find: Callable[[str], Known]) -> None:
        self._find = find

    def __missing__(self, word: str) -> Known:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[word] = known = self._find(word)
        return known


class Forms:
    """Words, beginnings of words ("soldat*") and ends of words ("*granaten") → what they mean."""

    def __init__(self, told: Iterable[tuple[str, str]]) -> None:
        self.whole: dict[str, str] = {}
        self._heads: dict[str, str] = {}
        self._tails: dict[str, str] = {}
        for meaning, words in told:
            for word in split(words):
                self._keep(word, meaning)
        self._least = min((len(word) for word in (*self._heads, *self._tails)), default=99)
        self.openers = frozenset(first_word(word) for word in (*self.whole, *self._heads) if first_word(word) != word)
        """First words of what is more than one word."""

    def _keep(self, word: str, meaning: str) -> None:
        if word.endswith("*"):
            self._heads[word[:-1]] = meaning
        elif word.startswith("*"):
            self._tails[word[1:]] = meaning
        else:
            self.whole[word] = meaning

    def find(self, word: str) -> str:
        """What the word means; an empty string where nothing fits. The longest beginning comes before any end."""
        if found := self.whole.get(word):
            return found
        for size in range(len(word), self._least - 1, -1):
            if (found := self._heads.get(word[:size])) and " " not in word[size:]:
                return found
        for size in range(len(word) - 1, self._least - 1, -1) if self._tails else ():
            if found := self._tails.get(word[-size:]):
                return found
        return ""


NO_FORMS = Forms(())


class Entries(frozenset[str]):
    """Words, and among them the first words of what is more than one word."""

    @cached_property
    def openers(self) -> frozenset[str]:
        """Those first words."""
        return frozenset(first_word(word) for word in self if first_word(word) != word)


NOTHING = Entries(())


def split(words: str) -> list[str]:
    """The entries of a line of the table, folded."""
    return fold(words).split(", ") if words else []


def first_word(word: str) -> str:
    found = _WORD.match(word)
    return found[0] if found else word

"""Which patterns can match a text at all, told from the words that each cannot do without.

Hundreds of patterns are asked of every flagged text and few of them match. One pass of Aho-Corasick over the text
finds the literals of all patterns; a pattern is run only where each part that it needs has one of its literals. This
is the prefilter of RE2 (``FilteredRE2``), on the tree of Python's own parser of patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

Needs = frozenset[frozenset[str]]
"""Every match holds one literal of each set."""
SHORTEST = 3
"""Plain letters that make a literal; a letter of the private range (a party) makes one alone."""
PRIVATE = "\ue000"


def needs_of(pattern: re.Pattern[str]) -> Needs:
    """What each match of a pattern holds; an empty set where that cannot be told."""
    return frozenset(_needs(parser.parse(pattern.pattern)))


def _needs(sequence: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    run = ""
    for kind, told in sequence:
        if kind is op.LITERAL:
            run += chr(told)
            continue
        yield from _literal(run)
        run = ""
        if kind is op.SUBPATTERN:
            yield from _needs(told[3])
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT) and told[0] > 0:
            yield from _needs(told[2])
        elif kind is op.BRANCH:
            yield from _either(told[1])
        elif kind is op.IN:
            yield from _one_of(told)
    yield from _literal(run)


def _literal(run: str) -> Iterator[frozenset[str]]:
    if len(run) >= SHORTEST or run >= PRIVATE:
        yield frozenset((run,))


def _either(branches: Sequence[Iterable[tuple[Any, Any]]]) -> Iterator[frozenset[str]]:
    """One need of each branch, the most telling, taken together."""
    most = [max(_needs(branch), key=_telling, default=None) for branch in branches]
    if None not in most:
        yield frozenset().union(*(need for need in most if need))


def _one_of(letters: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    found = [chr(told) if kind is op.LITERAL else "" for kind, told in letters]
    if all(letter >= PRIVATE for letter in found):
        yield frozenset(found)


def _telling(need: frozenset[str]) -> int:
    return min(map(len, need))


class Sieve:
    """Patterns that one pass over a text tells apart: those that may match, and those that cannot."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._rest: dict[re.Pattern[str], Sequence[frozenset[str]]] = {}
        self._by_literal: dict[str, list[re.Pattern[str]]] = {}
        self._always: list[re.Pattern[str]] = []
        for pattern in patterns:
            self._add(pattern)
        self._literals = sorted(
            {*self._by_literal, *(text for rest in self._rest.values() for need in rest for text in need)}
        )
        self._automaton = AhoCorasick(self._literals, implementation=Implementation.DFA)

    def _add(self, pattern: re.Pattern[str]) -> None:
        needs = sorted(needs_of(pattern), key=lambda need: (-_telling(need), len(need), sorted(need)))
        self._rest[pattern] = needs[1:]
        for literal in needs[0] if needs else ():
            self._by_literal.setdefault(literal, []).append(pattern)
        if not needs:
            self._always.append(pattern)

    def passing(self, text: str) -> set[re.Pattern[str]]:
        """The patterns that may match ``text``: all that match are among them."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        found = {self._literals[number] for number, _, _ in hits}
        passed = set(self._always)
        for literal in found & self._by_literal.keys():
            passed.update(self._by_literal[literal])
        for pattern in [*passed]:
            for need in self._rest[pattern]:
                if need.isdisjoint(found):
                    passed.remove(pattern)
                    break
        return passed

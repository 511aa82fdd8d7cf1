"""Which of many wordings a text may have at all, told by letters that each of them cannot be without.

Hundreds of expressions are looked for in every flagged text, and nearly none is found. Each wants some stretch of
letters, or one of several ("deliver", or "shipped" or "sent"): these are looked for together, in one pass, and an
expression whose letters are missing is not tried. (The filter before RE2's sets of expressions does the same; RE2
itself has no look-ahead, which these expressions use.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from re import _constants as op  # type: ignore[attr-defined]  # a private module: what it lacks costs time, no finds
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

SHORTEST = 3
"""Letters of an alphabet that are worth looking for: two stand in every text. Of other scripts one is enough."""
NEVER_EMPTY = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


class Wordings:
    """Expressions that are looked for in many texts. ``possible`` says by the ``id`` of each which may be found."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        """The patterns are kept alive, so an id names the same one as long as this is there."""
        self._patterns = tuple(patterns)
        wanted = {id(pattern): required_literals(pattern) for pattern in self._patterns}
        self._always = frozenset(number for number, literals in wanted.items() if not literals)
        owners: dict[str, list[int]] = {}
        for number, literals in wanted.items():
            for literal in literals:
                owners.setdefault(literal, []).append(number)
        self._automaton = AhoCorasick(owners, implementation=Implementation.ContiguousNFA)
        self._owners = [frozenset(numbers) for numbers in owners.values()]

    def possible(self, text: str) -> Set[int]:
        """The ids of the patterns that may be found in ``text`` or in any part of it."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return self._always.union(*(self._owners[number] for number in {number for number, _, _ in hits}))


def required_literals(pattern: re.Pattern[str]) -> frozenset[str]:
    """Stretches of letters of which one stands in every text that the pattern is found in; empty where none can be
    told."""
    if pattern.flags & re.IGNORECASE:
        return frozenset()
    return _required(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _required(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Of a row of items: every set of which one must stand there is a candidate, the most telling one is taken."""
    candidates: list[frozenset[str]] = []
    run = ""
    for kind, told in items:
        if kind is op.LITERAL:
            run += chr(told)
            continue
        candidates.append(frozenset([run]))
        run = ""
        candidates.append(_of_item(kind, told))
    candidates.append(frozenset([run]))
    return max((each for each in candidates if each and all(map(_is_telling, each))), key=_worth, default=frozenset())


def _of_item(kind: Any, told: Any) -> frozenset[str]:
    if kind is op.SUBPATTERN:
        _, flags, _, inside = told
        return frozenset() if flags & re.IGNORECASE else _required(inside)
    if kind is op.ATOMIC_GROUP:
        return _required(told)
    if kind in NEVER_EMPTY and told[0]:
        return _required(told[2])
    if kind is op.ASSERT:
        return _required(told[1])
    return _one_of(told[1]) if kind is op.BRANCH else frozenset()


def _one_of(branches: Sequence[Iterable[tuple[Any, Any]]]) -> frozenset[str]:
    each = [_required(branch) for branch in branches]
    return frozenset().union(*each) if all(each) else frozenset()


def _is_telling(literal: str) -> bool:
    return len(literal) >= SHORTEST or (bool(literal) and any(ord(char) >= 0x2E80 for char in literal))


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    """Long letters stand in few texts; of as long ones few are better than many."""
    return min(map(len, literals)), -len(literals)

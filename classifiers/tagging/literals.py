"""Which of many wordings a text may have at all, told by letters that each of them cannot be without.

Hundreds of expressions are looked for in every flagged text, and nearly none is found. Each wants some stretch of
letters, or one of several ("deliver", or "shipped" or "sent"): these are looked for together, in one pass, and an
expression whose letters are missing is not tried. (The filter before RE2's sets of expressions does the same; RE2
itself has no look-ahead, which these expressions use.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache, cached_property
from re import _constants as op  # type: ignore[attr-defined]  # a private module: what it lacks costs time, no finds
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from classifiers.text.languages import function_words

SHORTEST = 3
"""Letters of an alphabet that are worth looking for: two stand in every text. Of other scripts one is enough."""
NEVER_EMPTY = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


class Expression:
    """A regular expression. ``literals`` are stretches of letters of which one stands in every text that it is found
    in, ``also`` others of which one does as well; none where none can be told. It is compiled when it is first looked
    for: most never are. Raises re.error where it cannot be read; the width of a look-behind is told only by
    `compiled`."""

    __slots__ = ("_compiled", "also", "literals", "pattern")

    def __init__(self, pattern: str) -> None:
        parsed = _parser.parse(pattern)
        self.pattern = pattern
        found = [] if parsed.state.flags & re.IGNORECASE else _candidates(parsed)
        self.literals, self.also, *_ = (*found, frozenset[str](), frozenset[str]())
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The same, ready to be looked for."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where it is found."""
        return self.compiled.search(text)


class Alternatives(tuple[Expression, ...]):
    """Expressions of which any one will do."""

    @cached_property
    def ids(self) -> frozenset[int]:
        """What `Wordings.possible` tells them by."""
        return frozenset(map(id, self))

    def among(self, possible: Set[int]) -> Sequence[re.Pattern[str]]:
        """Those that are possible, in their order: as a rule none."""
        if self.ids.isdisjoint(possible):
            return ()
        return [each.compiled for each in self if id(each) in possible]


class Wordings:
    """Expressions that are looked for in many texts. ``possible`` says by the ``id`` of each which may be found."""

    def __init__(self, expressions: Iterable[Expression]) -> None:
        """The expressions are kept alive, so an id names the same one as long as this is there."""
        self._expressions = tuple(expressions)
        self._always = [
            frozenset(id(each) for each in self._expressions if not wanted(each)) for wanted in (_first, _second)
        ]
        letters = dict.fromkeys(letter for each in self._expressions for letter in (*each.literals, *each.also))
        self._automaton = AhoCorasick(letters, implementation=Implementation.ContiguousNFA)
        owners = [self._owners_of(wanted) for wanted in (_first, _second)]
        self._owners = [[of.get(letter, frozenset()) for letter in letters] for of in owners]

    def _owners_of(self, wanted: Callable[[Expression], frozenset[str]]) -> dict[str, frozenset[int]]:
        """Letters → the ids of the expressions that want them."""
        owners: dict[str, set[int]] = {}
        for each in self._expressions:
            for letters in wanted(each):
                owners.setdefault(letters, set()).add(id(each))
        return {letters: frozenset(ids) for letters, ids in owners.items()}

    def possible(self, text: str) -> Set[int]:
        """The ids of the expressions that may be found in ``text`` or in any part of it."""
        hits = {number for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        first, second = (
            always.union(*map(owners.__getitem__, hits))
            for always, owners in zip(self._always, self._owners, strict=True)
        )
        return first & second


def _first(expression: Expression) -> frozenset[str]:
    return expression.literals


def _second(expression: Expression) -> frozenset[str]:
    return expression.also


def _required(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Of a row of items the most telling set of which one must stand there."""
    return next(iter(_candidates(items)), frozenset())


def _candidates(items: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """Of a row of items every set of which one must stand there, the most telling first."""
    candidates: list[frozenset[str]] = []
    run = ""
    for kind, told in items:
        if kind is op.LITERAL and _is_of_the_text(told):
            run += chr(told)
            continue
        candidates.append(frozenset([run]))
        run = ""
        candidates.append(_of_item(kind, told))
    candidates.append(frozenset([run]))
    telling = {each for each in candidates if each and all(map(_is_telling, each))}
    return sorted(telling, key=lambda each: (_worth(each), sorted(each)), reverse=True)


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


def _is_of_the_text(code: int) -> bool:
    """Whether a text has the sign where its roles have it: neither the letter of a party nor the end of a line."""
    return code != ord("\n") and not 0xE000 <= code <= 0xF8FF


def _is_telling(literal: str) -> bool:
    return len(literal) >= SHORTEST or (bool(literal) and any(ord(char) >= 0x2E80 for char in literal))


def _worth(literals: frozenset[str]) -> tuple[int, int, int]:
    """Long letters stand in few texts, function words and blanks in nearly all; of as long ones few are better than
    many."""
    return min(map(_told, literals)), min(map(len, literals)), -len(literals)


@cache
def _told(literal: str) -> int:
    """How many letters it has beside those of function words."""
    return sum(len(word) for word in literal.split() if word not in function_words())

"""A text with every party written as one letter for its role, so that patterns can say who does what to whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from classifiers.lexicon.analysis import WAR_FRAME
from classifiers.lexicon.mentions import Mention
from classifiers.tagging.literals import Alternatives, Expression
from classifiers.topics.active import SHIPPED, active

LETTERS = {"client": "\ue006", "partner": "\ue001", "focus": "\ue000", "opponent": "\ue003", "third": "\ue002"}
"""Role → its letter; a word that names several is written as the first of them. A client is a partner whom the focus
arms and guards (see `classifiers.topics.read.Actor`)."""
BOTH, FRAME = "\ue004", "\ue005"
"""The focus and a partner in one word, and the focus as the attacker."""
_ANY = "\ue000-\ue006"
_POSSESSIVE = "(?:'s|s')?"
_PARTIES = {
    "R": LETTERS["focus"],
    "P": LETTERS["partner"] + LETTERS["client"],
    "S": LETTERS["partner"],
    "C": LETTERS["client"],
    "W": LETTERS["third"],
    "U": LETTERS["opponent"],
    "B": BOTH,
    "F": FRAME,
    "A": _ANY,
}
_PLACES = {
    **{name: f"[{letters}]{_POSSESSIVE}" for name, letters in _PARTIES.items()},
    "..": f"[^\n{_ANY}]{{1,60}}?",
    "...": "[^\n]{1,70}?",
}
_HOLE = re.compile(r"\{([A-Za-z.][\w.]*)\}")
_ONE_OF = re.compile(r"\(\?:\{[A-Z]\}(?:\|\{[A-Z]\})+\)")
"""One of several parties, and nothing else."""


@dataclass(frozen=True, slots=True)
class RoleText:
    """``text`` holds one letter for a party and a line for a sentence. ``marks`` gives, for each stretch that was
    copied or replaced, its offset here and in the entry's text."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def place(self, offset: int) -> int:
        """The offset in the entry's text of an offset in `text`."""
        here, there = self.marks[bisect_right(self.marks, (offset, 1 << 60)) - 1]
        return there + offset - here

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the entry's text that [start, end) of `text` stands for."""
        following = bisect_right(self.marks, (end - 1, 1 << 60))
        here, there = self.marks[following - 1]
        last = there + end - here
        if self.text[end - 1] in _REPLACED and following < len(self.marks):
            last = self.marks[following][1]
        return self.place(start), last


_REPLACED = frozenset([*LETTERS.values(), BOTH, FRAME])


def role_text(actors: tuple[Mention, ...], folded: str, starts: Sequence[int]) -> RoleText:
    """The folded text with the actors that it mentions replaced, a sentence a line; ``starts`` are the offsets at which
    its sentences begin."""
    cuts = [(start, end, letter) for (start, end), letter in _letters(actors).items()]
    cuts += [(start, start, "\n") for start in starts[1:]]
    line = folded.replace("\n", " ")
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    here = last = 0
    for start, end, letter in sorted(cuts):
        if start < last:
            continue
        there = here + start - last
        pieces += (line[last:start], letter)
        marks += ((here, last), (there, start))
        here, last = there + 1, end
    marks.append((here, last))
    pieces.append(line[last:])
    return RoleText("".join(pieces), tuple(marks))


def _letters(mentions: tuple[Mention, ...]) -> dict[tuple[int, int], str]:
    actors = active().actors
    found: dict[tuple[int, int], set[str]] = {}
    for mention in mentions:
        actor = actors.get(mention.code)
        role = WAR_FRAME if actor is None else "client" if actor.client else actor.role
        found.setdefault(mention[:2], set()).add(role)
    return {span: _letter(named) for span, named in found.items()}


def _letter(roles: set[str]) -> str:
    if "focus" in roles and len(roles) > 1:
        return BOTH
    if WAR_FRAME in roles:
        return FRAME
    return next(letter for role, letter in LETTERS.items() if role in roles)


@cache
def compile_roles(pattern: str, words: tuple[tuple[str, str], ...]) -> Expression:
    """A pattern of a patterns file as a regular expression. Raises KeyError for a hole that nothing fills, re.error
    for what cannot be read."""
    known = tuple((name, fill(text, words)) for name, text in words if f"{{{name}}}" in pattern)
    return Expression(fill(pattern, known))


def alternatives(patterns: Iterable[str], words: tuple[tuple[str, str], ...]) -> Alternatives:
    """Patterns of which any one will do. Raises as `compile_roles`; those of a topic that is not shipped, and so not
    checked, are compiled at once, so that what is wrong with them is told when they are read, whatever the text has."""
    found = Alternatives(compile_roles(pattern, words) for pattern in patterns)
    if active().folder != SHIPPED:
        for each in found:
            _ = each.compiled
    return found


def fill(pattern: str, known: tuple[tuple[str, str], ...]) -> str:
    """``pattern`` with its holes filled. Repetitions such as {0,2} are no holes."""
    table = _PLACES | dict(known)
    return _HOLE.sub(lambda hole: table[hole[1]], _ONE_OF.sub(_one_party, pattern))


def _one_party(several: re.Match[str]) -> str:
    """One of several parties as one class of letters: it says the same, and where a pattern begins with it the engine
    skips what holds none of them."""
    letters = "".join(dict.fromkeys(_PARTIES[name] for name in _HOLE.findall(several[0])))
    return f"[{letters}]{_POSSESSIVE}"

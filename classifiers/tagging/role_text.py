"""A text with every party written as one letter for its side, so that patterns can say who does what to whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from classifiers.lexicon.analysis import WAR_FRAME, Analysis
from classifiers.lexicon.mentions import Mention
from classifiers.lexicon.read import read_lexicon
from classifiers.text.fold import fold, sentence_starts

LETTERS = {"russia": "\ue000", "partner": "\ue001", "west": "\ue002", "ukraine": "\ue003", "client": "\ue006"}
CLIENTS = frozenset(("africa", "syria", "venezuela", "cuba"))
"""Partners whom Russia arms and guards, and who send it little: soldiers named beside them are Russia's."""
BOTH, FRAME = "\ue004", "\ue005"
"""Russia and a partner in one word ("Sino-Russian"), and Russia as the attacker."""
_ANY = "\ue000-\ue006"
_POSSESSIVE = "(?:'s|s')?"
_PLACES = {
    "R": LETTERS["russia"] + _POSSESSIVE,
    "P": f"[{LETTERS['partner']}{LETTERS['client']}]" + _POSSESSIVE,
    "S": LETTERS["partner"] + _POSSESSIVE,
    "C": LETTERS["client"] + _POSSESSIVE,
    "W": LETTERS["west"] + _POSSESSIVE,
    "U": LETTERS["ukraine"] + _POSSESSIVE,
    "B": BOTH + _POSSESSIVE,
    "F": FRAME + _POSSESSIVE,
    "A": f"[{_ANY}]" + _POSSESSIVE,
    "..": f"[^\n{_ANY}]{{1,60}}?",
    "...": "[^\n]{1,70}?",
}
_HOLE = re.compile(r"\{([A-Za-z.][\w.]*)\}")


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


def role_text(analysis: Analysis) -> RoleText:
    """The folded text of an analysis with its parties replaced, a sentence a line."""
    folded = fold(analysis.text)
    letters = _letters(analysis.actors)
    cuts: list[tuple[int, int, str]] = [(start, end, letter) for (start, end), letter in letters.items()]
    cuts += [(start, start, "\n") for start in sentence_starts(analysis.text)[1:]]
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    here = last = 0
    for start, end, letter in sorted(cuts):
        if start < last:
            continue
        for at, piece in ((last, folded[last:start].replace("\n", " ")), (start, letter)):
            marks.append((here, at))
            pieces.append(piece)
            here += len(piece)
        last = end
    marks.append((here, last))
    pieces.append(folded[last:].replace("\n", " "))
    return RoleText("".join(pieces), tuple(marks))


def _letters(actors: tuple[Mention, ...]) -> dict[tuple[int, int], str]:
    sides = read_lexicon().actors
    found: dict[tuple[int, int], set[str]] = {}
    for mention in actors:
        side = WAR_FRAME if mention.code == WAR_FRAME else sides[mention.code].side
        side = "client" if mention.code in CLIENTS else side
        found.setdefault(mention[:2], set()).add(side)
    return {span: _letter(named) for span, named in found.items()}


def _letter(sides: set[str]) -> str:
    if "russia" in sides and len(sides) > 1:
        return BOTH
    if WAR_FRAME in sides:
        return FRAME
    return LETTERS[min(sides)]


@cache
def compile_roles(pattern: str, words: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """A pattern of a patterns file as a regular expression. Raises KeyError for a hole that nothing fills."""
    known = _PLACES | {name: fill(text, words) for name, text in words if f"{{{name}}}" in pattern}
    return re.compile(fill(pattern, tuple(known.items())))


def fill(pattern: str, known: tuple[tuple[str, str], ...]) -> str:
    """``pattern`` with its holes filled. Repetitions such as {0,2} are no holes."""
    table = _PLACES | dict(known)
    return _HOLE.sub(lambda hole: table[hole[1]], pattern)

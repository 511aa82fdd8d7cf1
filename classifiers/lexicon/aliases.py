"""How data files write what is looked for: the one syntax of lexicon, names, patterns, places and claims.

An alias is a whole word or phrase; a trailing ``*`` lets the last word go on; a leading ``=`` keeps the case as
written. It is folded (see `classifiers.text.fold.fold`) unless its case is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Match = Literal["word", "substring", "proclitic"]
"""A whole word; anywhere (scripts without spaces); a word behind what Arabic and Hebrew write in front of it."""


@dataclass(frozen=True, slots=True)
class Term:
    """From when (that day included) until when (that day not) an alias stands for its actor, and for whom on other
    days: ``outside`` is an actor's id, or "" for nobody."""

    since: date | None
    until: date | None
    outside: str

    def covers(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write something.

    ``text`` is folded unless ``exact``; ``codes`` is what it stands for: actor ids, "cue:<class>", "trap" or
    "war_frame". ``open_end`` lets the word go on. ``term`` is given where people change office.
    """

    text: str
    codes: tuple[str, ...]
    language: str
    match: Match
    open_end: bool = False
    exact: bool = False
    term: Term | None = None

    def codes_on(self, day: date | None) -> tuple[str, ...]:
        """What it stands for on that day; without a day, what the file says."""
        if self.term is None or day is None or self.term.covers(day):
            return self.codes
        return (self.term.outside,) if self.term.outside else ()


def alias_of(text: str, codes: str | tuple[str, ...], language: str = "", match: Match = "word") -> Alias:
    """What a data file wrote, as an alias. Raises ValueError where it says nothing."""
    bare = text.removeprefix("=").removesuffix("*")
    if not bare.strip():
        raise ValueError(f"the alias {text!r} says nothing")
    exact = text.startswith("=")
    stands_for = (codes,) if isinstance(codes, str) else codes
    return Alias(bare if exact else bare.lower(), stands_for, language, match, text.endswith("*"), exact)

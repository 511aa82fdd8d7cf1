"""The lexicon files → records. What an alias may look like is said in ``en.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

Side = Literal["russia", "partner", "west", "ukraine"]
Match = Literal["word", "substring", "proclitic"]
AXIS_SIZE = 4
"""A pair that names Russia and three partners at once is an axis phrase."""


DATED = "dated.toml"


class LexiconError(Exception):
    """A lexicon file is wrong; the message names the file and the alias."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A party whom sentences are about. ``id`` is the tag where ``side`` is "partner"."""

    id: str
    side: Side
    name: str


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

    ``text`` is folded (see `classifiers.text.fold.fold`) unless ``exact``; ``codes`` is what it stands for:
    actor ids, "cue:<class>", "trap" or "war_frame". ``open_end`` lets the word go on.
    ``term`` is given where people change office.
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the files hold."""

    actors: dict[str, Actor]
    aliases: tuple[Alias, ...]
    languages: tuple[str, ...]


@cache
def read_lexicon() -> Lexicon:
    """The lexicon that the project ships. Raises LexiconError for a file that does not hold together."""
    folder = resources.files("classifiers") / "topics/russia"
    actors = {
        actor_id: Actor(actor_id, told["side"], told["name"])
        for actor_id, told in tomllib.loads((folder / "actors.toml").read_text(encoding="utf-8")).items()
    }
    aliases: list[Alias] = []
    languages: list[str] = []
    for file in sorted((folder / "lexicon").iterdir(), key=lambda found: found.name):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        languages.append(told["language"])
        aliases.extend(_aliases(told, file.name, actors))
    terms = _terms(tomllib.loads((folder / DATED).read_text(encoding="utf-8"))["dated"], actors)
    return Lexicon(actors, tuple(with_terms(aliases, terms)), tuple(languages))


def _aliases(told: dict[str, Any], file: str, actors: dict[str, Actor]) -> Iterator[Alias]:
    language, match = told["language"], told["match"]
    for codes, texts in _sections(told):
        unknown = [code for code in codes if not code.startswith("cue:") and code not in actors | SPECIAL]
        if unknown:
            raise LexiconError(f"{file}: {unknown[0]!r} is no actor; add it to actors.toml or correct the key")
        for text in texts:
            bare = text.removeprefix("=").removesuffix("*")
            if not bare.strip():
                raise LexiconError(f"{file}: an empty alias under {codes[0]!r}")
            exact = text.startswith("=")
            yield Alias(bare if exact else bare.lower(), codes, language, match, text.endswith("*"), exact)


def _terms(told: list[dict[str, Any]], actors: dict[str, Actor]) -> dict[tuple[str, str], Term]:
    """(actor, alias) → its term."""
    terms: dict[tuple[str, str], Term] = {}
    for row in told:
        actor, outside = row["actor"], row.get("outside", "")
        if actor not in actors or (outside and outside not in actors):
            raise LexiconError(f"{DATED}: {actor!r} or {outside!r} is no actor; correct the row {row['why']!r}")
        if not ("since" in row or "until" in row):
            raise LexiconError(f"{DATED}: the row {row['why']!r} has neither since nor until")
        term = Term(row.get("since"), row.get("until"), outside)
        terms |= {(actor, text): term for text in row["texts"]}
    return terms


def with_terms(aliases: list[Alias], terms: dict[tuple[str, str], Term]) -> Iterator[Alias]:
    """The aliases with their terms. Raises LexiconError for a term whose alias is in no file."""
    unused = set(terms)
    for alias in aliases:
        key = (alias.codes[0], alias.text)
        unused.discard(key)
        yield replace(alias, term=terms[key]) if key in terms else alias
    if unused:
        actor, text = min(unused)
        raise LexiconError(f"{DATED}: no language file has {text!r} under {actor}; add it there or correct it")


SPECIAL: dict[str, Any] = {"trap": None, "war_frame": None}


def _sections(told: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for actor, texts in told.get("actors", {}).items():
        yield (actor,), texts
    for pair, texts in told.get("pairs", {}).items():
        yield tuple(dict.fromkeys(pair.split("+"))), texts
    for cue, texts in told.get("cues", {}).items():
        yield (f"cue:{cue}",), texts
    yield ("trap",), told.get("traps", {}).get("words", [])
    yield ("war_frame",), told.get("traps", {}).get("war_frames", [])

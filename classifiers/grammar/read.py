"""The grammar files → records: one file a language (``en.toml``), what each may say is told there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from classifiers.lexicon.aliases import Alias, Match, alias_of
from classifiers.lexicon.mentions import Matcher
from classifiers.text.fold import fold

ACT, MARK, BODY, BREAK, PASSIVE = "act", "mark", "body", "break", "passive"
PHASE, VOUCHING, CLAIMANTS = MANNERS = ("phase", "vouching", "claimants")
ATTRIBUTION = "attribution"


@dataclass(frozen=True)
class Negation:
    """What takes a verb back: words right ``before`` it, its own ``form``, what it ``ends`` with right behind it, words
    ``behind`` it in its clause; ``unless`` something in the sentence makes less of that ("not yet", "not only", "if").
    """

    before: re.Pattern[str] | None
    form: re.Pattern[str] | None
    ends: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)
class Grammar:
    """One language; it equals itself alone. ``matcher`` finds the words of who does what, coded "kind:what",
    ``manner`` those of phase, vouching and claimants, and ``attribution`` those that tell who says so and count for no
    model, coded alike; ``after`` gives the marks that follow a name, ``endings`` the cases that a name's own form
    shows, ``joined`` the marks written before it within its word, ``joins`` what joins the names of a list,
    ``likeness`` what makes of a name no more than what a thing is like ("...-type"), ``negation`` what takes a verb
    back.
    """

    language: str
    spaced: bool
    order: str
    adjective_after: bool
    passive_gap: int
    matcher: Matcher
    manner: Matcher
    attribution: Matcher
    adjective: re.Pattern[str] | None
    not_adjective: re.Pattern[str] | None
    made: re.Pattern[str] | None
    made_before: re.Pattern[str] | None
    likeness: re.Pattern[str] | None
    likeness_before: re.Pattern[str] | None
    after: tuple[tuple[str, re.Pattern[str]], ...]
    endings: tuple[tuple[str, re.Pattern[str]], ...]
    joined: Mapping[str, str]
    with_case: Mapping[str, str]
    joins: frozenset[str]
    negation: Negation | None


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a grammar."""
    folder = resources.files("classifiers.grammar")
    return tuple(sorted(file.name[:2] for file in folder.iterdir() if file.name.endswith(".toml")))


@cache
def grammar_of(language: str) -> Grammar | None:
    """The grammar of a language, None where there is none."""
    if language not in languages():
        return None
    told = tomllib.loads((resources.files("classifiers.grammar") / f"{language}.toml").read_text(encoding="utf-8"))
    form = told.get("form", {})
    return Grammar(
        language=language,
        spaced=told["match"] != "substring",
        order=told.get("order", "vo"),
        adjective_after=form.get("adjective_after", False),
        passive_gap=told.get("passive_gap", 4),
        matcher=Matcher(_aliases(told, language)),
        manner=Matcher(alias for kind in MANNERS for alias in _manner(told, language, kind)),
        attribution=Matcher(_manner(told, language, ATTRIBUTION)),
        adjective=_pattern(form.get("adjective")),
        not_adjective=_pattern(form.get("not_adjective")),
        made=_pattern(form.get("made")),
        made_before=_pattern(form.get("made_before")),
        likeness=_pattern(form.get("likeness")),
        likeness_before=_pattern(form.get("likeness_before")),
        after=tuple((mark, re.compile(text)) for mark, text in told.get("after", {}).items()),
        endings=tuple((case, re.compile(text)) for case, text in told.get("endings", {}).items()),
        joined={letters: mark for mark, all_ in told.get("joined", {}).items() for letters in all_},
        with_case=told.get("with_case", {}),
        joins=frozenset(map(fold, told.get(ATTRIBUTION, {}).get("and", ()))),
        negation=_negation(told.get("negation")),
    )


def _negation(told: Mapping[str, str] | None) -> Negation | None:
    return (
        Negation(*(_pattern(told.get(part)) for part in ("before", "form", "ends", "behind", "unless")))
        if told
        else None
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


def _aliases(told: Mapping[str, Any], language: str) -> Iterator[Alias]:
    match: Match = told["match"]
    for kind, what, texts in _sections(told):
        for text in texts:
            yield alias_of(text, f"{kind}:{what}", language, match)


def _manner(told: Mapping[str, Any], language: str, kind: str) -> Iterator[Alias]:
    for what, texts in told.get(kind, {}).items():
        for text in texts:
            yield alias_of(text, f"{kind}:{what}", language, told["match"])


def _sections(told: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    for mark, texts in told.get("before", {}).items():
        yield MARK, mark, texts
    for act, texts in told.get("acts", {}).items():
        yield ACT, act, texts
    for place, texts in told.get("passive", {}).items():
        yield PASSIVE, place, texts
    yield BODY, "body", told.get("form", {}).get("bodies", [])
    yield BREAK, "break", told.get("breaks", {}).get("words", [])

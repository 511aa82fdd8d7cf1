"""What the headline says of an act of several: who they are, and what a mere contact of theirs was."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from classifiers.grammar.items import items_in
from classifiers.grammar.read import MARK, grammar_of
from classifiers.lexicon.concepts.read import FOLDER, concepts_in
from classifiers.lexicon.mentions import Mention
from classifiers.tagging.named_actors import mentions_of_actors
from classifiers.text.fold import fold, sentence_starts
from classifiers.topics.active import active

CONTACTS, RATIFYING = FOLDER / "contacts.toml", FOLDER / "ratifying.toml"
TALK, VISIT = "talk", "a visit"
PLACE = "in"
"""The mark of where something is."""
SIGN, RATIFY, ARRIVE = "sign", "ratify", "arrive"
"""The concepts of a signing, of what it is where it puts an agreement into force, and of an arrival."""
MOST = 4
"""Partners that a sentence names, at the most."""
OWN = ("'s", "’s")
_BELONGINGS = re.compile(r"(?:['’]s)?(?: [\w-]+){1,3} and ")
MARKS = " \n,،、·/&–-"
"""What stands between the names of a list, beside "and"."""


class Told(NamedTuple):
    """What an entry says in its own words: its headline, the first lines below, in what language."""

    headline: str = ""
    lead: str = ""
    language: str = ""


class Contacts(NamedTuple):
    """The wordings of ``contacts.toml``; ``ratifying`` are those of ``ratifying.toml``, by language."""

    talk: frozenset[str]
    met: frozenset[str]
    talk_below: frozenset[str]
    before: Mapping[str, str]
    of: Mapping[str, str]
    after: Mapping[str, str]
    ratifying: Mapping[str, re.Pattern[str]]


@cache
def contacts() -> Contacts:
    """How an English sentence calls what two do who are only in contact."""
    told = _toml(CONTACTS)
    return Contacts(
        talk=frozenset(told["talk"]),
        met=frozenset(told["met"]),
        talk_below=frozenset(told["talk_below"]),
        before=told["before"],
        of=told["of"],
        after=told["after"],
        ratifying={language: re.compile(pattern) for language, pattern in _toml(RATIFYING).items()},
    )


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def contact_of(told: Told) -> str:
    """What a contact was: `TALK`, a noun phrase, or "" where neither headline nor lead says it."""
    known = contacts()
    named = concepts_in(told.headline, told.language)
    if SIGN in named and ratifies(told.headline, told.language):
        named |= {RATIFY}
    if first := next((concept for concept in known.before if concept in named), ""):
        about = next((known.of[concept] for concept in known.of if concept in named), "")
        return f"{known.before[first]} {about}".rstrip()
    if ARRIVE in named and not named & known.met:
        return VISIT
    if named & known.talk:
        return TALK
    after = next((known.after[concept] for concept in known.after if concept in named), "")
    return after or (TALK if concepts_in(first_sentence(told.lead), told.language) & known.talk_below else "")


def ratifies(headline: str, language: str) -> bool:
    """Whether what is signed in a headline puts an agreement into force at home."""
    ratifying = contacts().ratifying.get(language)
    return bool(ratifying and ratifying.search(fold(headline)))


def first_sentence(lead: str) -> str:
    """Of the lines below a headline."""
    starts = sentence_starts(lead)
    return lead[: starts[1]] if len(starts) > 1 else lead


def counterparts(told: Told, tagged: Sequence[str]) -> list[str]:
    """The partners that a joint act is done with: those whom the headline lists with the focus; else, where it does not
    name the focus, all that it names; else the first of those ``tagged`` that it names, or the first at all."""
    named = mentions_of_actors(told.headline, told.language)
    if listed := _listed_with_focus(named, told.headline, told.language):
        return listed[:MOST]
    codes = list(dict.fromkeys(each.code for each in named if each.code in active().partners))
    if codes and not any(each.code == active().focus_actor.id for each in named):
        return codes[:MOST]
    return [next((code for code in tagged if code in codes), next(iter(codes or tagged)))]


def alike(told: Told, partner: str, *, of_theirs: bool = True) -> list[str]:
    """The partners that do or suffer the same: those whom the headline, or, where it names no partner, the lead lists
    with this one, who comes alone where nobody does. ``of_theirs``: also where it lists what is theirs."""
    partners = active().partners
    for text in (told.headline, told.lead):
        named = mentions_of_actors(text, told.language)
        for run in _runs(named, fold(text), told.language, of_theirs=of_theirs):
            codes = dict.fromkeys(each.code for each in run)
            if partner in codes and codes.keys() <= set(partners):
                return list(codes)[:MOST]
        if any(each.code in partners for each in named):
            break
    return [partner]


def _listed_with_focus(named: Sequence[Mention], text: str, language: str) -> list[str]:
    """The partners that stand in one list with the focus , without the place where they meet."""
    for run in _runs(named, fold(text), language):
        acting = run[1:] if _is_place(text, run[0].start, language) else run
        codes = dict.fromkeys(each.code for each in acting)
        if active().focus_actor.id in codes:
            return [code for code in codes if code in active().partners]
    return []


def _is_place(text: str, start: int, language: str) -> bool:
    """Whether a word of place stands right before a name, whose bearer hosts the others."""
    grammar, folded = grammar_of(language), fold(text)
    items = items_in(grammar, text, folded, 0, start) if grammar else []
    return any(each.kind == MARK and each.what == PLACE and not folded[each.end : start].strip() for each in items)


def _runs(named: Sequence[Mention], folded: str, language: str, of_theirs: bool = False) -> Iterator[list[Mention]]:
    """The lists of two names and more; with ``of_theirs`` also of those of whom each has something in a list ("one's
    firm and the other's minister")."""
    run: list[Mention] = []
    for mention in named:
        begin = max((each.end for each in run), default=0)
        is_listed = is_joint(folded[begin : mention.start], language)
        if run and not is_listed and not (of_theirs and _are_owners(folded, begin, mention)):
            yield from [run] if len(run) > 1 else []
            run = []
        run = [*run, mention]
    yield from [run] if len(run) > 1 else []


def _are_owners(folded: str, end: int, mention: Mention) -> bool:
    """Whether the name that ends there and a later one each have something in a list of two."""
    own = folded[:end].endswith(OWN) or folded.startswith(OWN, end)
    others = folded[: mention.end].endswith(OWN) or folded.startswith(OWN, mention.end)
    return own and others and bool(_BELONGINGS.fullmatch(folded[end : mention.start]))


def is_joint(between: str, language: str) -> bool:
    """Whether what stands between two names makes them a list: marks, or a word that joins."""
    grammar = grammar_of(language)
    return between.strip(MARKS) in ("", *(grammar.joins if grammar else ()))

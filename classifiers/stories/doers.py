"""Who does what a verb of a headline tells: the party or person named right before it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from classifiers.lexicon.concepts.told_verbs import offices
from classifiers.lexicon.mentions import find_actors
from classifiers.lexicon.names.read import name_kinds, name_matcher
from classifiers.stories.fingerprint import PARTIES
from classifiers.text.fold import fold, word_end
from classifiers.text.languages import function_words

PEOPLE = "people"
DOING = (PARTIES, PEOPLE)
"""The sections of the table of names whose bearers can act."""
PASSIVE = (" by ", " for ")
"""Behind a verb whose subject suffers it: "rejected by", "condemned for"."""
PARTING = ",:;"
"""What parts a headline."""
COLONS = ":："
LONGEST_SPEAKER = 40
"""Characters of a headline within which the colon behind a speaker stands: an office and a name."""
BEHIND = ("says", "said", "say", "warns", "confirms", "mówi", "twierdzi", "заявил", "заявила", "сообщил", "считает")
"""Verbs behind which the one who says it may stand."""
LINKING = frozenset(
    [
        "the",
        "to",
        "on",
        "with",
        "at",
        "against",
        "z",
        "ze",
        "na",
        "s",
        "с",
        "со",
        "на",
        "к",
        "mit",
        "nach",
        "den",
        "dem",
        "der",
        "die",
        "avec",
        "à",
        "le",
        "la",
        "au",
        "con",
        "a",
        "el",
    ]
)
"""Words between a verb and whom it is done to."""
JOINING = frozenset(["and", "i", "и", "й", "та", "und", "et", "y", "e", "oraz"])
_WORD = re.compile(r"[\w']+")
_NEXT = re.compile(r"\s+([\w']+)")
_NO_SUBJECT = re.compile(
    r"(?:\b(?:and|i|и|und|et|y|in|at|from|for|with|against|on|to|by|over|в|на|с|из|от|для|w|z|na|do|dla|od|mit|von|aus"
    r"|avec|en|à|con|a)|&|和|与|同)\s*$"
)
"""What stands before a name whose bearer does not act alone: "and", or what makes it a place or an object."""


class _Named(NamedTuple):
    start: int
    end: int
    name: str


def doer_of(title: str, language: str, start: int, end: int, also: Collection[str] = ()) -> str:
    """The id of who does what the verb at [start, end) tells, "" where the headline does not say it plainly: where
    other words than an office or one of ``also`` stand between, or where several do it. Where the verb begins its part
    of the headline, the one named right behind it ("…, says the premier"), else the one named at the head of the part
    before."""
    folded = fold(title)
    if folded.startswith(PASSIVE, end):
        return ""
    begin = max(folded.rfind(mark, 0, start) for mark in PARTING) + 1
    named = _named(title, folded, language)
    if not folded[begin:start].strip():
        behind = (each.name for each in named if each.start >= end and _is_office(folded[end : each.start]))
        return next(behind, "") if folded[start:end] in BEHIND else _at_head(named, folded[:begin])
    return _nearest(named, folded, begin, start, also)


def has_doer(title: str, language: str, start: int) -> bool:
    """Whether somebody stands right before the verb that begins at ``start``, alone or with others."""
    folded = fold(title)
    before = [each for each in _named(title, folded, language) if each.end <= start]
    return bool(before) and _is_office(folded[before[-1].end : start])


def object_of(title: str, language: str, end: int) -> str:
    """The id of whom the act is done to whose verb ends at ``end``: of who is named right behind it; "" where other
    words stand between, where several are named, or where the name only tells what kind of thing it is done to
    ("condemns Russian rhetoric", "praises China's position")."""
    folded = fold(title)
    behind = [each for each in _named(title, folded, language) if each.start >= end]
    if not behind or _WORD.sub(_unless_linking, folded[end : behind[0].start]).strip():
        return ""
    follows = _NEXT.match(folded, behind[0].end)
    several = len(behind) > 1 and not _WORD.sub(_unless_joining, folded[behind[0].end : behind[1].start]).strip(" ,&")
    word = follows.group(1) if follows else ""
    is_all = not several and (word in function_words() or not word) and not folded.startswith("'", behind[0].end)
    return behind[0].name if is_all else ""


def _unless_linking(word: re.Match[str]) -> str:
    return "" if word.group() in LINKING or word.group() in offices() else word.group()


def _unless_joining(word: re.Match[str]) -> str:
    return "" if word.group() in JOINING else word.group()


def speaker_of(title: str, language: str) -> str:
    """The id of the person whose words a headline gives behind a colon ("Orban: we were not asked"), else ""."""
    folded = fold(title)
    colon = max(folded.find(mark, 0, LONGEST_SPEAKER) for mark in COLONS)
    named = [each for each in _named(title, folded, language) if each.end <= colon] if colon > 0 else []
    is_speaker = (
        len(named) == 1 and name_kinds().get(named[0].name) == PEOPLE and not folded[named[0].end : colon].strip()
    )
    return named[0].name if is_speaker else ""


def _nearest(named: list[_Named], folded: str, begin: int, start: int, also: Collection[str]) -> str:
    before = [each for each in named if begin <= each.start and each.end <= start]
    if not before or not _is_office(folded[before[-1].end : start], also):
        return ""
    return "" if _NO_SUBJECT.search(folded[: before[-1].start]) else before[-1].name


def _at_head(named: list[_Named], before: str) -> str:
    """The name with which a headline begins, where its first part names nobody beside."""
    head = [each for each in named if each.end <= len(before)]
    return head[0].name if len(head) == 1 and _is_office(before[: head[0].start]) else ""


def _is_office(between: str, also: Collection[str] = ()) -> bool:
    return all((bare := word.strip("'")) in offices() or bare in also for word in _WORD.findall(between))


def _named(title: str, folded: str, language: str) -> list[_Named]:
    """The parties and people named, by position; of two that overlap the longer. An ending of
    theirs is theirs."""
    kinds = name_kinds()
    hits = [_Named(low, high, alias.codes[0]) for low, high, alias in name_matcher().find(title, folded)]
    hits += [_Named(each.start, each.end, each.code) for each in find_actors(title, folded, language)]
    kept: list[_Named] = []
    for each in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if kinds.get(each.name) in DOING and (not kept or each.start >= kept[-1].end):
            kept.append(each._replace(end=word_end(folded, each.end)))
    return kept

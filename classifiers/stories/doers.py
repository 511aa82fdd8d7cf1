"""Who does what a verb of a headline tells: the party or person named right before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from classifiers.lexicon.concepts.told_verbs import offices
from classifiers.lexicon.mentions import find_actors
from classifiers.lexicon.names.read import name_kinds, name_matcher
from classifiers.stories.fingerprint import PARTIES
from classifiers.stories.headline_acts import PEOPLE
from classifiers.text.fold import fold, sentence_starts, word_end
from classifiers.text.languages import function_words

DOING = (PARTIES, PEOPLE)
"""The sections of the table of names whose bearers can act."""
PASSIVE = (" by ", " for ")
"""Behind a verb whose subject suffers it: "rejected by", "condemned for"."""
SUFFERING = frozenset(("as", "at", "for", "from", "in", "of", "on", "over", "to"))
"""Words behind an English verb of the past by which its subject suffers what it tells."""
PARTING = ",:;"
"""What parts a headline."""
BEHIND = ("says", "said", "say", "warns", "confirms", "mówi", "twierdzi", "заявил", "заявила", "сообщил", "считает")
"""Verbs behind which the one who says it may stand."""
LINKING = frozenset(("the", "to", "with", "z", "ze", "s", "с", "со", "mit", "den", "dem", "avec", "à", "con", "a"))
"""Words between a verb and whom it is done to."""
OWN_VERB = frozenset(
    (
        "can", "could", "had", "has", "have", "is", "are", "may", "might", "must", "should", "that", "was", "were",
        "will", "would",
    )
)  # fmt: skip
"""Words behind whom something is done to by which it is said to do something itself."""
OF = "of"
PARTS_OF_WORDS = ("-", "–", "/", "'")
"""Behind a name they make it a part of another word: "neighbour-backed", "neighbour's"."""
JOINING = frozenset(
    ("and", "i", "и", "й", "та", "und", "et", "y", "e", "oraz", "&", "与", "同", "和", "及", "と", "와", "과")
)
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
    if folded.startswith(PASSIVE, end) or _suffers(folded, start, end, language):
        return ""
    begin = max(folded.rfind(mark, 0, start) for mark in PARTING) + 1
    named = _named(title, folded, language)
    if not folded[begin:start].strip():
        behind = (each.name for each in named if each.start >= end and _is_office(folded[end : each.start]))
        return next(behind, "") if folded[start:end] in BEHIND else _at_head(named, folded[:begin])
    return _nearest(named, folded, begin, start, also)


def _suffers(folded: str, start: int, end: int, language: str) -> bool:
    """Whether the subject of an English verb of the past suffers what it tells: "invited to it", "urged to"."""
    follows = _NEXT.match(folded, end)
    return language == "en" and folded.endswith("ed", start, end) and follows is not None and follows[1] in SUFFERING


def has_doer(title: str, language: str, start: int) -> bool:
    """Whether somebody stands right before the verb that begins at ``start``, alone or with others."""
    folded = fold(title)
    before = [each for each in _named(title, folded, language) if each.end <= start]
    return bool(before) and _is_office(folded[before[-1].end : start])


def object_of(title: str, language: str, start: int, end: int, also: str = "") -> str:
    """The id of whom the act is done to that the verb at [start, end) tells: of who is named right behind it; "" where
    the verb begins its part of the headline ("…, says the premier"), where other words stand between, where several are
    named, where the name only tells what kind of thing it is done to ("condemns a neighbour's rhetoric", "praises its
    position"), and where it does something itself ("warns the neighbour will"). ``also`` is a small word that may stand
    between them beside the usual ones ("on", of sanctions)."""
    folded = fold(title)
    begin = max(folded.rfind(mark, 0, start) for mark in PARTING) + 1
    behind = [each for each in _named(title, folded, language) if each.start >= end]
    if not folded[begin:start].strip() or not behind:
        return ""
    if not _links(folded[end : behind[0].start], also) or folded.startswith(PARTS_OF_WORDS, behind[0].end):
        return ""
    several = len(behind) > 1 and not _WORD.sub(_unless_joining, folded[behind[0].end : behind[1].start]).strip(" ,&")
    follows = _NEXT.match(folded, behind[0].end)
    word = follows.group(1) if follows else ""
    is_all = not word or (word in function_words() and word not in OWN_VERB)
    return behind[0].name if is_all and not several else ""


def _links(between: str, also: str) -> bool:
    """Whether nothing but an office ("the president of") and small words, ``also`` among them, stand between a verb and
    a name."""
    words = [word.strip("'") for word in _WORD.findall(between)]
    has_office = any(word in offices() and word != OF for word in words)
    is_bare = not _WORD.sub("", between).strip()
    return is_bare and all(word in (*LINKING, also) or (has_office and word in offices()) for word in words)


def _unless_joining(word: re.Match[str]) -> str:
    return "" if word.group() in JOINING else word.group()


def speaker_of(title: str, language: str) -> str:
    """The id of the person whose words a headline, or one of its sentences, gives behind a colon ("The premier: we were
    not asked"), else ""."""
    folded = fold(title)
    named = [each for each in _named(title, folded, language) if name_kinds().get(each.name) == PEOPLE]
    starts = sentence_starts(folded)
    return next((each.name for each in named if _speaks(each, folded, starts)), "")


def _speaks(named: _Named, folded: str, starts: Sequence[int]) -> bool:
    """Whether a name stands at the head of a sentence, behind an office at the most, and a colon right behind it."""
    begin = max(start for start in starts if start <= named.start)
    behind = folded[named.end :].lstrip()
    return behind[:1] in (":", "：") and _is_office(folded[begin : named.start])


def _nearest(named: list[_Named], folded: str, begin: int, start: int, also: Collection[str]) -> str:
    before = [each for each in named if begin <= each.start and each.end <= start]
    if not before or not _is_office(folded[before[-1].end : start], also) or _is_listed(named, folded, begin):
        return ""
    return "" if _NO_SUBJECT.search(folded[: before[-1].start]) else before[-1].name


def _is_listed(named: list[_Named], folded: str, begin: int) -> bool:
    """Whether the part of a headline that begins there goes on with a list: nothing but a name stands before its
    comma."""
    last = [each for each in named if each.end <= begin - 1]
    first = max((folded.rfind(mark, 0, begin - 1) for mark in PARTING), default=-1) + 1 if begin else 0
    if not begin or folded[begin - 1] != "," or not last or last[-1].start < first:
        return False
    return _is_office(folded[first : last[-1].start]) and not folded[last[-1].end : begin - 1].strip()


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

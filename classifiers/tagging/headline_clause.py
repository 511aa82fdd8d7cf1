"""What a headline tells plainly as a clause in English: who does it, the act that a verb of its main clause tells, and
what or whom it is done to. Nothing where one of the three does not stand there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from classifiers.grammar.items import Item, items_in
from classifiers.grammar.read import MARK, grammar_of
from classifiers.lexicon.concepts.read import FOLDER, acts, others
from classifiers.lexicon.concepts.told_acts import ToldConcept, told_acts
from classifiers.lexicon.concepts.told_verbs import offices
from classifiers.tagging.headline_words import WHO, Word, is_person, is_place
from classifiers.tagging.joint_acts import Told
from classifiers.tagging.keywords import keywords_of
from classifiers.text.fold import fold
from classifiers.topics.read import OTHER

PARTS = ",;:–—|。，；："
"""What parts a headline."""
PLACE = "in"
"""The mark of where something is."""
HELPING = frozenset("will to is are has have est a ont ha han wird werden будет будут 将 將 拟 即将".split())  # noqa: SIM905
"""What may stand between a subject and its verb."""
SPEAKS = ":："
"""The parts behind which what somebody says stands."""
MEETINGS = frozenset(("meet", "talks", "summit"))
"""Concepts of a meeting of those who are named right before it."""
TIES, VISIT = "relations", "visit"
BODIES = frozenset(("parliament", "bank", *others()))
"""Things that act: an office, a body."""
_WORD = re.compile(r"[^\W\d_]+")


class Clause(NamedTuple):
    """A clause ("Somebody visits a state") and the ids of the keywords that its verb stands for."""

    text: str
    acts: frozenset[str]


def clause_of(told: Told) -> Clause | None:
    """The clause, or None where the headline tells none so plainly."""
    told = _without_speaker(told)
    words = keywords_of(told.headline, told.language)
    for act in told_acts(told.headline, told.language):
        if act.concept in _clauses() and not act.alleged:
            subject, rest = _subject(told, words, act), _object(told, words, act)
            verb = {each.id for each in words if each.start < act.end and act.start < each.end}
            if subject and rest:
                return Clause(_clause(subject, act, rest), frozenset((act.concept, *verb)))
            break
    return _meeting(told, words)


def _without_speaker(told: Told) -> Told:
    """Without the office or body with whose name and a colon a headline begins: what it says of its side follows."""
    speaker, mark, rest = next(
        (told.headline.partition(each) for each in SPEAKS if each in told.headline), ("", "", "")
    )
    words = keywords_of(speaker, told.language)
    is_office = (
        len(words) == 1
        and words[0].id in BODIES
        and words[0].text
        and (words[0].start, words[0].end) == (0, len(speaker))
    )
    return told._replace(headline=rest.lstrip()) if mark and is_office else told


def _meeting(told: Told, words: Sequence[Word]) -> Clause | None:
    """The meeting with which a headline begins, where two parties are named in one word with it or right before it."""
    if len(words) < 3:
        return None
    one, other, meeting = words[:3]
    are_parties = all(each.kind == WHO and not is_place(each) and not is_person(each) for each in (one, other))
    folded, end = fold(told.headline), max(one.end, other.end)
    is_first = not folded[: one.start].strip() and meeting.id in MEETINGS and not folded[end : meeting.start].strip()
    joined = one.overlaps(other) or _joined(told, folded[one.end : other.start])
    if not (are_parties and is_first and joined) or one.text == other.text:
        return None
    return Clause(f"{one.text[0].upper()}{one.text[1:]} and {other.text} meet", MEETINGS)


@cache
def _clauses() -> Mapping[str, Mapping[str, str]]:
    told: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "told_clauses.toml").read_text(encoding="utf-8"))
    return told


def _clause(subject: Sequence[Word], act: ToldConcept, rest: str) -> str:
    verb, _, tail = _clauses()[act.concept]["verb"].partition(" ")
    several = len(subject) > 1
    bare = f"{verb.removesuffix('ies')}y" if verb.endswith("ies") else verb.removesuffix("s")
    does = f"{'are' if several else 'is'} to {bare}" if act.coming else bare if several else verb
    who = " and ".join(each.text for each in subject)
    return f"{who[0].upper()}{who[1:]} {' '.join(filter(None, (does, tail)))} {rest}"


def _subject(told: Told, words: Sequence[Word], act: ToldConcept) -> list[Word]:
    """Who stands before the verb, in its part of the headline, with nothing between but a place and helping words; two,
    where "and" joins them. Where it is not plain, nobody."""
    folded = fold(told.headline)
    begin = max(folded.rfind(mark, 0, act.start) for mark in PARTS) + 1
    named = [each for each in words if begin <= each.start and each.end <= act.start and _acts(each)]
    places = [each for each in named if _is_place(told, each)]
    free = [each for each in named if each not in places]
    if begin and folded[begin - 1] not in SPEAKS and any(each.end == begin - 1 for each in words):  # a list
        return []
    if not free or len(free) > 2 or not _only(folded[begin : free[0].start]):
        return []
    if len(free) == 2 and not _joined(told, folded[free[0].end : free[1].start]):
        return []
    between = folded[free[-1].end : act.start]
    for place in (*places, *(each for each in words if is_place(each) and free[-1].end <= each.start < act.start)):
        between = between.replace(folded[place.start : place.end], " ")
    marks = {each.what for each in _marks(told, free[-1].end, act.start)}
    return free if marks <= {PLACE} and _only(between, _placing(told, free[-1].end, act.start)) else []


def _acts(word: Word) -> bool:
    return (word.kind == WHO and not is_place(word)) or word.id in BODIES


def _only(text: str, more: frozenset[str] = frozenset()) -> bool:
    """Whether a text has nothing but offices and helping words."""
    return offices().union(HELPING, more).issuperset(_WORD.findall(text))


def _marks(told: Told, start: int, end: int) -> list[Item]:
    grammar, folded = grammar_of(told.language), fold(told.headline)
    items = items_in(grammar, told.headline, folded, start, end) if grammar else []
    return [each for each in items if each.kind == MARK]


def _placing(told: Told, start: int, end: int) -> frozenset[str]:
    """The words of place in a stretch."""
    folded = fold(told.headline)
    return frozenset(folded[each.start : each.end] for each in _marks(told, start, end) if each.what == PLACE)


def _is_place(told: Told, word: Word) -> bool:
    """Whether a word of place stands right before a name."""
    folded = fold(told.headline)
    near = _marks(told, 0, word.start)
    return any(each.what == PLACE and not folded[each.end : word.start].strip() for each in near)


def _joined(told: Told, between: str) -> bool:
    grammar = grammar_of(told.language)
    return between.strip(" ·、&") in ("", *(grammar.joins if grammar else ()))


def _object(told: Told, words: Sequence[Word], act: ToldConcept) -> str:
    """What follows the verb in its part of the headline: whom it is done to, or what, and with whom."""
    folded, how = fold(told.headline), _clauses()[act.concept]
    ends = [found for mark in PARTS if (found := folded.find(mark, act.end)) >= 0]
    behind = [each for each in words if act.end <= each.start and each.end <= min(ends, default=len(folded))]
    named = [each for each in behind if each.kind == WHO]
    if how["takes"] == "ties":
        return _ties(told, behind)
    if how["takes"] == "whom":
        named = named if act.concept == VISIT else [each for each in named if not _is_place(told, each)]
        people = [each for each in named[:2] if is_person(each)] if act.concept != VISIT else []
        return next((each.text for each in (*people, *named) if each.id != OTHER or is_person(each)), "")
    things = [each for each in behind if each.kind != WHO and each.id not in acts()]
    if not things:
        return ""
    after = [each for each in named if each.start >= things[0].end and not _is_place(told, each)]
    return things[0].text + (f" {how['to']} {after[0].text}" if after else "")


def _ties(told: Told, behind: Sequence[Word]) -> str:
    """``ties between one and the other``, where two are named together before a word for relations."""
    folded = fold(told.headline)
    if len(behind) < 3 or TIES not in {each.id for each in behind[2:]}:
        return ""
    one, other = behind[:2]
    joined = one.overlaps(other) or _joined(told, folded[one.end : other.start])
    return f"ties between {one.text} and {other.text}" if one.kind == other.kind == WHO and joined else ""

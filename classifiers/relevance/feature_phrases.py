"""Features → words that a reader understands. No feature name, hash or n-gram is ever shown."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from classifiers.lexicon.analysis import Analysis, Sentence
from classifiers.lexicon.mentions import Mention
from classifiers.relevance.act_features import ACT, BESIDE, PART
from classifiers.relevance.features import against
from classifiers.text.fold import word_end
from classifiers.topics.active import active, by_topic

FamilyKind = Literal[
    "joined", "apart", "partner", "cue", "against", "list", "others", "frame", "axis", "shares", "implied", "act"
]


class Family(NamedTuple):
    """Features that are one reason to a reader; ``cue`` narrows it (a cue class, a partner)."""

    kind: FamilyKind
    cue: str = ""


_BY_NAME: dict[str, FamilyKind] = {
    "near": "joined", "middle": "joined", "far": "joined", "touching": "joined", "joined": "joined",
    "joined-sentences": "joined", "share-joined": "joined", "partner-first": "joined", "partners": "joined",
    "headline-only": "shares", "never-joined": "apart", "adjoining": "apart",
    "share-others": "others", "others": "others", "frames": "frame", "frames-only": "frame", "axis": "axis",
    "partner-only": "joined",
}  # fmt: skip
_AGAINST_WORDS = {
    "war": "the war itself",
    "consular": "travellers and nationals abroad",
    "sport": "sport",
    "culture": "culture",
    "market": "markets",
    "accident": "crime or accident",
    "enumeration": "a mere list",
}


@by_topic
def _families() -> dict[str, FamilyKind]:
    """Feature → its family: those of every topic, and those that the topic spells."""
    focus, third, opponent = (names.spelling for names in (active().focus, active().third, active().opponent))
    spelled: dict[str, FamilyKind] = {
        focus: "joined", f"{focus}-first": "joined", f"share-{focus}": "shares", f"{focus}-late": "shares",
        f"{focus}-unnamed": "implied", "implied": "implied", third: "others", opponent: "others",
    }  # fmt: skip
    return _BY_NAME | spelled


@by_topic
def family_of(name: str) -> Family:
    """The family of a mention feature, from its name (see `classifiers.relevance.features`)."""
    bare = re.sub(r"^(title|lead|between|goods):", "", name)
    if bare.startswith((PART, ACT, BESIDE)):
        return Family("act")
    head, _, cue = bare.partition("&")
    if "@" in head:
        return Family("partner", head.partition("@")[2])
    if head.startswith(("list:", "partners:")):
        return Family("list" if head.startswith("list:") else "joined")
    return _by_head(head, cue)


def _by_head(head: str, cue: str) -> Family:
    families = _families()
    if head in against():
        return Family("against", head)
    if families.get(head) == "implied":
        return Family("implied")
    if families.get(cue) == "others":
        return Family("others")
    if cue in against():
        return Family("against", cue)
    if cue:
        return Family("cue", cue)
    return Family(families.get(head, "shares"))


def family_phrase(family: Family, analysis: Analysis, weight: float) -> str:
    """One family as a short phrase; ``weight`` decides between for and against."""
    way = "for" if weight > 0 else "against"
    joined = [sentence for sentence in analysis.sentences if sentence.joins]
    if family.kind == "cue":
        return _cue(family.cue, joined, analysis)
    if family.kind == "against":
        return f"{(_AGAINST_WORDS | dict(active().against))[family.cue]}: {way}"
    return _phrases(family, way)[family.kind]


def _phrases(family: Family, way: str) -> dict[str, str]:
    topic = active()
    focus, third, opponent = topic.focus.name, topic.third.name, topic.opponent.name
    return {
        "joined": f"{topic.both} named: {way}",
        "apart": f"{topic.both} only in different sentences",
        "partner": f"the partner is {_name(family.cue)}: {way}",
        "list": f"named in a list of states: {way}",
        "others": f"{third} or {opponent} in the same sentence: {way}",
        "frame": f"{focus} named as the attacker: {way}",
        "implied": f"{topic.roles['partner'].name} named beside {opponent}, {focus} unnamed: {way}",
        "axis": "the partners named as one bloc",
        "act": f"who does what in the sentence that names {topic.both}: {way}",
        "shares": f"how much of the text is about {focus}: {way}",
    }


def link_phrase(sentence: Sentence, cues: list[Mention], analysis: Analysis) -> str:
    """How the sides are linked in the first sentence that names both."""
    place = "in the headline" if sentence.index == 0 else "in one sentence"
    words = [f"'{analysis.text[cue.start : word_end(analysis.text, cue.end)]}'" for cue in cues]
    return f"{_parties(sentence)} {place}" + (f" with {' and '.join(dict.fromkeys(words))}" if words else "")


def words_phrase(words: list[str], weight: float) -> str:
    """The wording as a whole, with the words that carry it."""
    way = "for" if weight > 0 else "against"
    return f"words such as {', '.join(repr(word) for word in words)}: {way}" if words else f"the wording: {way}"


def _cue(cue: str, joined: list[Sentence], analysis: Analysis) -> str:
    for sentence in joined:
        for mention in sentence.cues:
            if mention.code == cue:
                word = analysis.text[mention.start : word_end(analysis.text, mention.end)]
                return f"{_parties(sentence)} in one sentence with '{word}'"
    return f"words of {cue.replace('_', ' ')}"


def _parties(sentence: Sentence) -> str:
    partners = list(dict.fromkeys(mention.code for mention in sentence.partners))
    return f"{active().focus.name} and " + ", ".join(_name(partner) for partner in partners[:3])


def _name(actor: str) -> str:
    return active().actors[actor].name if actor else ""

"""Features → words that a reader understands. No feature name, hash or n-gram is ever shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from classifiers.lexicon.analysis import Analysis, Sentence
from classifiers.lexicon.mentions import Mention
from classifiers.relevance.act_features import ACT, BESIDE, PART
from classifiers.relevance.features import against
from classifiers.text.fold import word_end
from classifiers.topics.active import active, by_topic

FamilyKind = Literal[
    "joined",
    "apart",
    "partner",
    "cue",
    "against",
    "list",
    "others",
    "frame",
    "axis",
    "shares",
    "implied",
    "aside",
    "act",
]


class Family(NamedTuple):
    """Features that are one reason to a reader; ``cue`` narrows it (a cue class, a partner)."""

    kind: FamilyKind
    cue: str = ""


WORDS = "words such as "
"""How the reason begins that single words are."""
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
def _kinds() -> dict[str, FamilyKind]:
    """Feature → the kind of its family: those of every topic, and those that the topic spells."""
    focus, third, opponent = (names.spelling for names in (active().focus, active().third, active().opponent))
    spelled: dict[str, FamilyKind] = {
        focus: "joined", f"{focus}-first": "joined", f"share-{focus}": "shares", f"{focus}-late": "shares",
        f"{focus}-unnamed": "implied", "implied": "implied", third: "others", opponent: "others",
    }  # fmt: skip
    return _BY_NAME | spelled


class _Families(dict[str, Family]):
    """Feature → its family, found once: features are few, and every shown entry has fifty of them."""

    def __missing__(self, name: str) -> Family:
        family = self[name] = _family(name)
        return family


@by_topic
def families() -> Mapping[str, Family]:
    """Mention feature → its family, for whatever feature is asked."""
    return _Families()


def family_of(name: str) -> Family:
    """The family of a mention feature, from its name (see `classifiers.relevance.features`)."""
    return families()[name]


def _family(name: str) -> Family:
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
    spelled = _kinds()
    if head in against():
        return Family("against", head)
    if spelled.get(head) == "implied":
        return Family("implied")
    if spelled.get(cue) == "others":
        return Family("others")
    if cue in against():
        return Family("against", cue)
    if cue:
        return Family("cue", cue)
    return Family(spelled.get(head, "shares"))


def family_phrase(family: Family, analysis: Analysis, weight: float) -> str:
    """One family as a short phrase; ``weight`` decides between for and against."""
    if family.kind == "cue":
        return _cue(family.cue, [sentence for sentence in analysis.sentences if sentence.joins], analysis)
    # That a sentence leaves the focus out says little where another one names it.
    kind: FamilyKind = "aside" if family.kind == "implied" and analysis.names_focus else family.kind
    return _phrase(Family(kind, family.cue), "for" if weight > 0 else "against")


@by_topic
def _phrase(family: Family, way: str) -> str:
    """The phrase of a family that is the same in every text."""
    topic = active()
    if family.kind == "against":
        return f"{(_AGAINST_WORDS | dict(topic.against))[family.cue]}: {way}"
    focus, third, opponent = topic.focus.name, topic.third.name, topic.opponent.name
    phrases = {
        "joined": f"{topic.both} named: {way}",
        "apart": f"{topic.both} only in different sentences",
        "partner": f"the partner is {_name(family.cue)}: {way}",
        "list": f"named in a list of states: {way}",
        "others": f"{third} or {opponent} in the same sentence: {way}",
        "frame": f"{focus} named as the attacker: {way}",
        "implied": f"{topic.roles['partner'].name} named beside {opponent}, {focus} unnamed: {way}",
        "aside": f"{topic.roles['partner'].name} named beside {opponent} in a sentence without {focus}: {way}",
        "axis": "the partners named as one bloc",
        "act": f"who does what in the sentence that names {topic.both}: {way}",
        "shares": f"how much of the text is about {focus}: {way}",
    }
    return phrases[family.kind]


def link_phrase(sentence: Sentence, cues: list[Mention], analysis: Analysis) -> str:
    """How the sides are linked in the first sentence that names both."""
    place = "in the headline" if sentence.index == 0 else "in one sentence"
    words = [f"'{analysis.text[cue.start : word_end(analysis.text, cue.end)]}'" for cue in cues]
    return f"{_parties(sentence)} {place}" + (f" with {' and '.join(dict.fromkeys(words))}" if words else "")


def words_phrase(words: list[str], weight: float) -> str:
    """The wording as a whole, with the words that carry it."""
    way = "for" if weight > 0 else "against"
    return f"{WORDS}{', '.join(repr(word) for word in words)}: {way}" if words else f"the wording: {way}"


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

"""Features → words that a reader understands. No feature name, hash or n-gram is ever shown."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from classifiers.lexicon.analysis import Analysis, Sentence
from classifiers.lexicon.mentions import Mention
from classifiers.lexicon.read import read_lexicon
from classifiers.relevance.features import AGAINST
from classifiers.text.fold import word_end

FamilyKind = Literal[
    "joined", "apart", "partner", "cue", "against", "list", "west", "frame", "axis", "shares", "implied"
]


class Family(NamedTuple):
    """Features that are one reason to a reader; ``cue`` narrows it (a cue class, a partner)."""

    kind: FamilyKind
    cue: str = ""


_BY_NAME: dict[str, FamilyKind] = {
    "near": "joined", "middle": "joined", "far": "joined", "touching": "joined", "joined": "joined",
    "joined-sentences": "joined", "share-joined": "joined", "russia-first": "joined", "partner-first": "joined",
    "russia": "joined", "partners": "joined", "headline-only": "shares", "never-joined": "apart", "adjoining": "apart",
    "share-russia": "shares", "share-others": "west", "west": "west", "ukraine": "west", "others": "west",
    "russia-late": "shares", "frames": "frame", "frames-only": "frame", "axis": "axis", "partner-only": "joined",
}  # fmt: skip
_AGAINST_WORDS = {
    "war": "the war itself",
    "consular": "travellers and nationals abroad",
    "sport": "sport",
    "culture": "culture",
    "market": "markets",
    "accident": "crime or accident",
    "enumeration": "a mere list",
    "western_talks": "talks with the West",
}


@cache
def family_of(name: str) -> Family:
    """The family of a mention feature, from its name (see `classifiers.relevance.features`)."""
    bare = re.sub(r"^(title|lead|between|goods):", "", name)
    head, _, cue = bare.partition("&")
    if "@" in head:
        return Family("partner", head.partition("@")[2])
    if head.startswith(("list:", "partners:")):
        return Family("list" if head.startswith("list:") else "joined")
    if head in AGAINST:
        return Family("against", head)
    if head == "implied" or head == "russia-unnamed":
        return Family("implied")
    if cue in ("west", "ukraine"):
        return Family("west")
    if cue in AGAINST:
        return Family("against", cue)
    if cue:
        return Family("cue", cue)
    return Family(_BY_NAME.get(head, "shares"))


def family_phrase(family: Family, analysis: Analysis, weight: float) -> str:
    """One family as a short phrase; ``weight`` decides between for and against."""
    way = "for" if weight > 0 else "against"
    joined = [sentence for sentence in analysis.sentences if sentence.joins]
    if family.kind == "cue":
        return _cue(family.cue, joined, analysis)
    if family.kind == "against":
        return f"{_AGAINST_WORDS[family.cue]}: {way}"
    phrases = {
        "joined": f"Russia and a partner named: {way}",
        "apart": "Russia and a partner only in different sentences",
        "partner": f"the partner is {_name(family.cue)}: {way}",
        "list": f"named in a list of states: {way}",
        "west": f"Western states or Ukraine in the same sentence: {way}",
        "frame": f"Russia named as the attacker: {way}",
        "implied": f"a partner named beside Ukraine, Russia unnamed: {way}",
        "axis": "the partners named as one bloc",
        "shares": f"how much of the text is about Russia: {way}",
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
    return "Russia and " + ", ".join(_name(partner) for partner in partners[:3])


def _name(actor: str) -> str:
    return read_lexicon().actors[actor].name if actor else ""

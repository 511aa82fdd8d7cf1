"""Sentence-window features: how the focus and its partners stand together in a text. No word of any language in them.
What the grammar reads in the same sentences is added (`classifiers.relevance.act_features`).

Names read as what they say: ``title:joined`` (the focus and a partner in the title), ``joined&arms`` (a sentence that
joins them holds an arms cue), ``near`` (close to each other), ``between&transfer`` (a transfer cue between them). Roles
and actors are spelled as the topic says, since stored models know features by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from classifiers.grammar.sentences import Head, read_head
from classifiers.lexicon.analysis import Analysis, Sentence
from classifiers.lexicon.mentions import Mention
from classifiers.relevance.act_features import act_features
from classifiers.topics.active import active, by_topic

LINKS = ("cooperation", "transfer", "backing", "response", "friction")
"""Cue classes that link two parties, beside the channels of the topic."""
AGAINST = ("war", "consular", "sport", "culture", "market", "accident", "enumeration")
"""Cue classes that speak against a tie, beside those of the topic."""
NEAR, MIDDLE = 30, 90
"""Characters between the focus and a partner: about five and fifteen words."""
_AND = "and|or|und|oder|et|ou|y|e|o|i|oraz|и|или|і|та|й|و|یا|ו|및|와|과|和|与|與|及|the"
_LIST_GLUE = re.compile(rf"[\s,;/·、،-]*(?:(?:{_AND})\b)?[\s,;]*(?:the\s)?$")
_LIST_GAP = 12
"""Characters that may stand between two names of one list."""


def mention_features(analysis: Analysis, head: Head | None = None) -> dict[str, float]:
    """Feature name → value (0 … 1, mostly 0 or 1) of an analysis that joins the focus and a partner; an empty
    mapping otherwise. ``head`` are its sentences as the grammar reads them, where they have been read."""
    if not analysis.joins:
        return {}
    features: dict[str, float] = {}
    joined = [sentence for sentence in analysis.sentences if sentence.joins]
    for sentence in analysis.sentences:
        _sentence(features, sentence, analysis.text)
    _document(features, analysis, joined)
    return features | act_features(read_head(analysis) if head is None else head)


@by_topic
def against() -> frozenset[str]:
    """All cue classes that speak against a tie."""
    return frozenset((*AGAINST, *active().against))


@by_topic
def links() -> frozenset[str]:
    """All cue classes that link two parties."""
    return frozenset((*LINKS, *active().channels))


def spelled(mention: Mention) -> str:
    """The id by which features spell the actor of a mention."""
    return active().actors[mention.code].feature


def _sentence(features: dict[str, float], sentence: Sentence, text: str) -> None:
    place = "title:" if sentence.index == 0 else ""
    kinds = {cue.code for cue in sentence.cues}
    features.update({f"{place}{kind}": 1.0 for kind in kinds & against()})
    if sentence.index == 0:
        _title(features, sentence)
    if not (sentence.joins or sentence.implies):
        return
    way = "joined" if sentence.joins else "implied"
    company = [way, *(f"{way}&{kind}" for kind in kinds)]
    third, opponent = active().third.spelling, active().opponent.spelling
    company += [f"{way}&{third}"] * bool(sentence.thirds)
    company += [f"joined&{opponent}"] * bool(sentence.joins and sentence.opponent)
    features.update(dict.fromkeys(company, 1.0))
    if place:
        features.update({f"{place}{name}": 1.0 for name in company})
    features.update({f"{way}@{spelled(mention)}": 1.0 for mention in sentence.partners})
    if sentence.implies:
        return
    _closest(features, place, sentence)
    _goods(features, sentence)
    _lists(features, place, sentence, text)


def _title(features: dict[str, float], title: Sentence) -> None:
    topic = active()
    named = {
        topic.focus.spelling: title.focus,
        "partners": title.partners,
        topic.third.spelling: title.thirds,
        topic.opponent.spelling: title.opponent,
        "frames": title.frames,
    }
    features.update({f"title:{role}": 1.0 for role, mentions in named.items() if mentions})
    if title.partners and not title.focus:
        for kind in {cue.code for cue in title.cues} & {"response", "friction", topic.trade, "cooperation"}:
            features[f"title:partner-only&{kind}"] = 1.0


def _closest(features: dict[str, float], place: str, sentence: Sentence) -> None:
    """The nearest pair of the focus and a partner: how near, what stands between, who comes first."""
    gap, focus, partner = min(
        ((_gap(f, p), f, p) for f in sentence.focus for p in sentence.partners), key=lambda found: found[0]
    )
    distance = "near" if gap <= NEAR else "middle" if gap <= MIDDLE else "far"
    features[f"{place}{distance}"] = 1.0
    features[distance] = 1.0
    if gap <= 2:
        features["touching"] = 1.0
    first, second = sorted((focus, partner))
    features[f"{active().focus.spelling}-first" if first is focus else "partner-first"] = 1.0
    between = {cue.code for cue in sentence.cues if first.end <= cue.start < second.start}
    for kind in between & links():
        features[f"between&{kind}"] = 1.0
    if any(first.end <= other.start < second.start for other in (*sentence.thirds, *sentence.opponent)):
        features["between:others"] = 1.0


def _goods(features: dict[str, float], sentence: Sentence) -> None:
    """A party's name right before a thing: whose goods they are."""
    channels = active().channels
    for side, mentions in ((active().focus.spelling, sentence.focus), ("partner", sentence.partners)):
        for mention in mentions:
            for cue in sentence.cues:
                if cue.code in channels and 0 <= cue.start - mention.end <= 2:
                    features[f"goods:{side}&{cue.code}"] = 1.0


def _lists(features: dict[str, float], place: str, sentence: Sentence, text: str) -> None:
    """Runs of names with nothing but commas and an "and" between them."""
    sides = {
        **dict.fromkeys(sentence.focus, "focus"),
        **dict.fromkeys(sentence.partners, "partner"),
        **dict.fromkeys(sentence.thirds, "others"),
        **dict.fromkeys(sentence.opponent, "others"),
    }
    for run in _runs(sorted(sides), text):
        named = [sides[mention] for mention in run]
        if "focus" in named and "partner" in named:
            kind = f"with-{active().third.spelling}" if "others" in named else "pair" if len(run) == 2 else "bloc"
            features[f"list:{kind}"] = 1.0
            features[f"{place}list:{kind}"] = 1.0
        elif len(run) > 1 and "others" in named and ("focus" in named or "partner" in named):
            features["list:split"] = 1.0


def _runs(mentions: Sequence[Mention], text: str) -> list[list[Mention]]:
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and mention.start < runs[-1][-1].end:
            runs[-1].append(mention)  # a pair: both parties in one stretch
        elif runs and _in_list(text, runs[-1][-1].end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [run for run in runs if len(run) > 1]


def _in_list(text: str, end: int, start: int) -> bool:
    return start - end <= _LIST_GAP and _LIST_GLUE.match(text[end:start]) is not None


def _document(features: dict[str, float], analysis: Analysis, joined: Sequence[Sentence]) -> None:
    sentences = analysis.sentences
    features["joined-sentences"] = min(len(joined), 4) / 4
    features["share-joined"] = len(joined) / max(1, sentences[-1].index + 1)
    focus = active().focus.spelling
    features[f"share-{focus}"], features["share-others"] = _shares(sentences)
    partners = {spelled(mention) for sentence in joined for mention in sentence.partners}
    said = {
        "lead:joined": bool(joined) and joined[0].index <= 1,
        "never-joined": not joined,
        "adjoining": not joined and any(_adjoin(first, second) for first, second in pairwise(sentences)),
        f"{focus}-unnamed": not analysis.names_focus,
        f"{focus}-late": next((sentence.index for sentence in sentences if sentence.focus), 0) >= 2,
        "frames-only": analysis.names_focus and not any(sentence.focus for sentence in sentences),
        f"partners:{min(len(partners), 4)}": bool(partners),
        "headline-only": "\n" not in analysis.text,
        "axis": any(_axis(sentence) for sentence in sentences),
    }
    features.update({name: 1.0 for name, holds in said.items() if holds})


def _adjoin(first: Sentence, second: Sentence) -> bool:
    near = second.index - first.index == 1
    return near and bool((first.focus and second.partners) or (first.partners and second.focus))


def _shares(sentences: Sequence[Sentence]) -> tuple[float, float]:
    """The share of the focus, and of third parties and the opponent, among all names."""
    focus = sum(len(sentence.focus) for sentence in sentences)
    others = sum(len(sentence.thirds) + len(sentence.opponent) + len(sentence.frames) for sentence in sentences)
    total = focus + others + sum(len(sentence.partners) for sentence in sentences)
    return focus / total, others / total


def _axis(sentence: Sentence) -> bool:
    """Whether one stretch names the focus and three partners at once ("axis of upheaval")."""
    if len(sentence.partners) < 3:
        return False
    spans = [mention[:2] for mention in sentence.focus]
    return any([mention[:2] for mention in sentence.partners].count(span) >= 3 for span in spans)


def _gap(one: Mention, other: Mention) -> int:
    return max(0, other.start - one.end if one <= other else one.start - other.end)

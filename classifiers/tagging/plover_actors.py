"""Who does it to whom: the source and the target of an event, as ids of actors.

The headline names who acts before whom it is done to, but for what is handed over: there the frame knows who gives.
What third parties and the opponent say or do about a tie comes from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.lexicon.analysis import WAR_FRAME, Analysis
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.frame_features import readings_of, text_arrow_features
from classifiers.tagging.frame_model import frame_model
from classifiers.tagging.frames import PLAIN
from classifiers.topics.active import active
from db.records.tags import Tags

GIVEN = ("AID",)
"""Codes of which the giver is the source, whoever is named first."""
ANSWERS = ("SANCTION", "ACCUSE", "THREATEN", "REQUEST", "COERCE", "REJECT")
"""What third parties do about a tie."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Ids of actors, or ""."""

    source: str
    target: str


def parties_of(title: str, analysis: Analysis, tags: Tags, code: str, host: bool = False) -> list[Parties]:
    """The source and the target of an event, twice where the text tells of gifts in both directions. ``host`` says that
    who is named first receives a visit: the source is who comes."""
    named = named_in(analysis, len(title)) or named_in(analysis, len(analysis.text))
    outside = [each for each in named if active().actors[each].role in ("third", "opponent")]
    if code in ANSWERS and outside and (tags.has("response") or named[0] in outside):
        inside = [each for each in named if each not in outside]
        return [Parties(outside[0], next(iter((*inside, *outside[1:])), ""))]
    frame = tags.frames[0] if tags.frames else None
    if frame and frame.kind == "transfer":
        given = Parties(frame.giver, frame.receiver)
        if code in GIVEN:
            return [given, Parties(given.target, given.source)] if both_ways(analysis, given) else [given]
    if not analysis.joins:
        return [Parties(*[*named, "", ""][:2])]
    own = [each for each in named if each not in outside] or list(tags.values("partner")[:1])
    if active().focus_actor.id not in own:
        own.append(active().focus_actor.id)  # what joins a partner with the opponent is about the focus, named or not
    first = [*own, "", ""]
    return [Parties(first[1], first[0]) if host and first[1] else Parties(first[0], first[1])]


def both_ways(analysis: Analysis, given: Parties) -> bool:
    """Whether one sentence plainly tells that the receiver gives, too."""
    partner = given.target if given.source == active().focus_actor.id else given.source
    arrows = [
        frame_model().gives(text_arrow_features([reading], partner))
        for reading in readings_of(DocumentLayout(analysis))
    ]
    return any(arrow >= PLAIN for arrow in arrows) and any(arrow <= -PLAIN for arrow in arrows)


def named_in(analysis: Analysis, end: int) -> list[str]:
    """The actors that the text names before ``end``, each once, in its order."""
    known = active().actors
    found = [mention.code for mention in analysis.actors if mention.start < end and mention.code != WAR_FRAME]
    return list(dict.fromkeys(code for code in found if code in known))

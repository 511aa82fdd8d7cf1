"""What the lead of a story says plainly of its act: who stands in it, what it is about, and whether it is a step."""

from __future__ import annotations

from classifiers.lexicon.concepts.goods import GOODS
from classifiers.lexicon.concepts.read import named_in
from classifiers.lexicon.concepts.told_acts import asserted
from classifiers.lexicon.concepts.told_verbs import verbs_of
from classifiers.lexicon.mentions import find_actors
from classifiers.text.fold import fold
from db.records.frames import Frame
from flows.digest.compose.story import Story
from flows.digest.compose.subjects import CONCEPT
from flows.digest.compose.told_deeds import by, told_deeds
from flows.digest.content.story import ToldAct

DENIED = "denied"
HANDING = frozenset(("buy", "deliver", "deploy", "sell", "sign"))
"""Concepts of acts whose object is what is given."""
SOUGHT = "sought"
NEAR = 20
"""Characters behind the last party of an act within which its goods are named: "supplies the capital with shells"."""


def named_plainly(story: Story) -> frozenset[str]:
    """The ids of the parties that the main clauses of the lead's headline name, and of those that the headlines of two
    outlets do."""
    found: dict[str, set[str]] = {}
    for each in story.members:
        for party in _parties(each.entry.title, each.score.language):
            found.setdefault(party, set()).add(each.entry.outlet)
    lead = _parties(story.lead.entry.title, story.lead.score.language)
    return frozenset({*lead, *(party for party, outlets in found.items() if len(outlets) > 1)})


def _parties(title: str, language: str) -> frozenset[str]:
    spans = asserted(title, language)
    return frozenset(
        each.code
        for each in find_actors(title, fold(title), language)
        if any(start <= each.start < end for start, end in spans)
    )


def is_told_plainly(story: Story, act: ToldAct) -> bool:
    """Whether the lead tells the act of the story in its phase, and its headline names both sides in one clause that no
    "would" or "if" takes back."""
    frame = _lead_frame(story)
    if frame is None or frame.phase != act.phase or (frame.giver, frame.receiver) != (act.giver, act.receiver):
        return False
    title, language = story.lead.entry.title, story.lead.score.language
    sides = {side for side in (act.giver, act.receiver) if side}
    return bool(sides) and sides <= _parties(title, language)


def denied_by(story: Story) -> str:
    """The word "denied", and by whom where the lead's headline says it; "" where it tells no denial."""
    frame = next(iter(story.lead.score.tags.frames), None)
    told = {deed.concept: deed for deed in reversed(told_deeds(story))}
    # In a language whose verbs we read a denial has one.
    is_denied = verbs_of(story.lead.score.language) is None and (frame is None or frame.vouching == DENIED)
    if "dismiss" in told or not ("deny" in told or is_denied):
        return ""
    doer = told["deny"].doer if "deny" in told else ""
    return f"{DENIED} {by(doer)}" if doer else DENIED


def _lead_frame(story: Story) -> Frame | None:
    return next((frame for frame in story.lead.score.tags.frames[:1] if frame.certainty == "read"), None)


def objects_of(story: Story) -> frozenset[str]:
    """The terms of the goods that stand within the words of the act, or right behind them, in the lead's headline."""
    frame, title = _lead_frame(story), story.lead.entry.title
    is_handed = any(deed.concept in HANDING for deed in told_deeds(story))
    if frame is None or frame.kind != "transfer" or frame.phase == SOUGHT or not frame.spans or not is_handed:
        return frozenset()
    if any(end > len(title) for _, end in frame.spans):
        return frozenset()
    first, last = min(start for start, _ in frame.spans), max(end for _, end in frame.spans)
    spans = [span for span in asserted(title, story.lead.score.language) if span[0] <= first and last <= span[1]]
    found = named_in(title, fold(title), story.lead.score.language)
    return frozenset(
        f"{CONCEPT}{concept}"
        for concept, start, end in found
        if concept in GOODS and any(start >= first and start <= last + NEAR and end <= span[1] for span in spans)
    )

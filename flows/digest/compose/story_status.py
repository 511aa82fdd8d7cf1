"""How far a story's act has come and who stands for it, in the word or two that a reader is shown beside its arrow."""

from __future__ import annotations

from classifiers.tagging.keywords import IN_HEADLINE
from classifiers.text.titles import asks
from classifiers.topics.active import active
from db.records.frames import Frame
from flows.digest.compose import arrows, story_tags
from flows.digest.compose.soundness import is_doubtful, sound
from flows.digest.compose.story import Story
from flows.digest.display_text import ENGLISH, one_line

STATUS_CHARACTERS = 40
UNTOLD = ("", "none", "reported")
"""Statuses of a plain report, which are not shown."""
UNTOLD_OF_FRAMES = ("", "done", "plain")
"""Phase and vouching of a plain report of what happened."""
DENIED, ALLEGED, CONFIRMED = "denied", "alleged", "confirmed"
SOUGHT = "sought"
BOTH = " and "
"""What joins two claimants."""
SHOWN = {"ended": "refused or ended"}
IN_QUESTION = {SOUGHT: "sought or possible"}
"""Of what one side would give: nobody need have asked for what may only come to be."""
HELD_UP = "held up"
"""What is sought and meets with friction: its arrow has the sign of what is not given."""


def status_of(story: Story) -> str:
    """How the lead tells it; ``denied`` where any member says so, since a denial is news, and ``confirmed`` where the
    lead only has it from somebody and others confirm it."""
    if is_doubtful(story):
        return ""
    told_in = sound(story)
    said = [tag.value for tags in told_in for tag in tags.tags if tag.kind == "status"]
    if DENIED in said:
        return DENIED
    if story_tags.is_answer(story):  # what the frame tells is what is answered
        return ""
    frames = [frame for tags in told_in for frame in tags.frames[:1]]
    if not frames:  # scored by a version that knew one word alone
        status = next(iter(said), "")
        return "" if status in UNTOLD else one_line(status, STATUS_CHARACTERS)
    told = (each for each in (_phase(story, frames[0]), _vouching_of(story, frames)) if each not in UNTOLD_OF_FRAMES)
    return one_line(", ".join(told), STATUS_CHARACTERS)


def _phase(story: Story, frame: Frame) -> str:
    # The phase is that of what the lead tells first, which several partners may not have in common.
    own = story.lead.score.tags.values("channel")[:1]
    if own and not set(own) & set(arrows.shown_channels(story)):
        return ""
    # Nobody is told by "talk, under way" what began and did not end.
    if frame.phase == "under way" and story_tags.channels_of(story)[:1] == (active().contact,):
        return ""
    # Of a headline that is told by its keywords alone, the phase is that of some words below it.
    is_keywords = story.lead.score.language not in ENGLISH and story_tags.gloss(story).startswith(IN_HEADLINE)
    if is_keywords and frame.phase not in SHOWN:
        return ""
    if frame.kind == "transfer" and frame.phase == SOUGHT and arrows.is_held_up(story):
        return HELD_UP
    shown = SHOWN | (IN_QUESTION if frame.kind == "transfer" else {})
    return shown.get(frame.phase, frame.phase)


def _vouching_of(story: Story, frames: list[Frame]) -> str:
    """Nobody alleges what a headline only asks in keywords."""
    vouching = _vouching(frames)
    is_asked = asks(story.lead.entry.title) and not frames[0].claimant
    is_keywords = story.lead.score.language not in ENGLISH and story_tags.gloss(story).startswith(IN_HEADLINE)
    return "" if vouching == ALLEGED and is_asked and is_keywords else vouching


def _vouching(frames: list[Frame]) -> str:
    first = frames[0].vouching
    return CONFIRMED if first == ALLEGED and _is_confirmed(frames) else first


def _is_confirmed(frames: list[Frame]) -> bool:
    """Whether two reports say that it is confirmed, or one by two who vouch for it: one official's word is only his."""
    confirming = [each for each in frames if each.vouching == CONFIRMED]
    return len(confirming) > 1 or any(BOTH in each.claimant for each in confirming)

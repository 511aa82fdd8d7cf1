"""The order of stories in an edition: by what they mean to a reader who watches the focus, not by how sure it is that
they belong. The weights and their reasons stand in `flows.config.ranking`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from classifiers.tagging.keywords import IN_HEADLINE
from classifiers.text.figures import Figure
from classifiers.topics.active import active
from db.records import Place
from db.records.frames import Frame
from flows.config.ranking import RankingSettings
from flows.digest.compose import story_tags
from flows.digest.compose.arrows import arrow_partners
from flows.digest.compose.inputs import EditionInputs
from flows.digest.compose.short_forms import english_teller
from flows.digest.compose.soundness import is_doubtful, is_guessed
from flows.digest.compose.story import Story
from flows.digest.compose.updates import Update

FIRST_IN = timedelta(days=90)
"""After so long a tie is news again as if it were the first."""
LEAST_READ = timedelta(days=7)
"""After fewer days of reading nearly everything would be a first."""
MOST_DOUBLINGS, MOST_EVENT_DOUBLINGS = 3, 4
EVENTS_OF_MANY = 2
"""Events of a thread and day that many threads have."""
UNKNOWN_CHANNEL = 1.0
MONEY, MONEY_ZEROS, OTHER_ZEROS = "money", 9, 4
"""A billion of money and ten thousand of anything else are of great size."""
SOUGHT = "sought"
BINDING = frozenset(("a delivery", "a deployment", "a ratification", "a signing"))
MEDIATE = 0.5
"""What is alleged, denied, still to come, going on without an event, or an answer of others is half an act."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the place of a story depends on. ``channel`` is the weight of its channel (0 to 5), less of what is only
    sought; ``direct`` and
    ``figures`` lie between 0 and 1. ``events``: of its thread on that day, itself among them."""

    channel: float
    origins: int
    direct: float
    figures: float
    is_first: bool = False
    has_step: bool = False
    is_update: bool = False
    is_comment: bool = False
    is_state_media_only: bool = False
    is_untold: bool = False
    is_binding: bool = False
    events: int = 1


def importance(story: Weighed, weights: RankingSettings) -> float:
    """The points of a story."""
    return (
        weights.channel * story.channel
        + weights.origins * min(MOST_DOUBLINGS, math.log2(max(1, story.origins)))
        + weights.events * min(MOST_EVENT_DOUBLINGS, math.log2(max(1, story.events / EVENTS_OF_MANY)))
        + weights.first * story.is_first
        + weights.status * story.has_step
        + weights.direct * story.direct
        + weights.figures * story.figures
        + weights.update * (story.is_update and not story.has_step)
        + weights.comment * story.is_comment
        + weights.state_media * story.is_state_media_only
        + weights.untold * story.is_untold
        + weights.binding * story.is_binding
    )


def weighed(story: Story, update: Update | None, inputs: EditionInputs, weights: RankingSettings) -> Weighed:
    """A story as it is weighed in the edition of these inputs."""
    return Weighed(
        channel=channel_weight(story, weights) * (weights.sought if _is_only_sought(story) else 1.0),
        origins=story.origins,
        direct=_directness(story),
        figures=_size(story),
        is_first=bool(first_ties(story, inputs)),
        has_step=update is not None and update.has_moved,
        is_update=update is not None,
        is_comment=story.is_comment,
        is_state_media_only=story.is_state_media_only,
        is_untold=english_teller(story) is None and story_tags.gloss(story).startswith(IN_HEADLINE),
        is_binding=_is_binding(story),
    )


def in_order(stories: Iterable[tuple[Story, Weighed]], weights: RankingSettings) -> list[Story]:
    """The stories, the weightiest first; equals by their outlets, then as they appeared."""
    return [story for story, _ in sorted(stories, key=lambda pair: rank(pair[0], pair[1], weights))]


def rank(story: Story, told: Weighed, weights: RankingSettings) -> tuple[float, int, Place]:
    """By what stories are put in order."""
    return -round(importance(told, weights), 2), -len(story.outlets), story.lead.entry.place


def channel_weight(story: Story, weights: RankingSettings) -> float:
    """The weight of the story's first channel."""
    channel = next(iter(story_tags.channels_of(story)), "")
    known = active().channels.get(channel)
    return weights.channels.get(channel, known.weight if known else UNKNOWN_CHANNEL)


def first_ties(story: Story, inputs: EditionInputs) -> tuple[tuple[str, str], ...]:
    """(partner, channel) of the story's arrow and first channel, where nothing of `FIRST_IN` before the edition told of
    both. None where the store has been read into for too short a time to tell, nor of an opinion or a doubtful act."""
    began = inputs.began
    if began is None or inputs.window.start - began < LEAST_READ or story.is_comment or is_doubtful(story):
        return ()
    edge = inputs.window.start - FIRST_IN
    channels = [each for each in story_tags.channels_of(story)[:1] if each in active().channels]
    ties = ((partner, channel) for partner in arrow_partners(story)[:1] for channel in channels)
    return tuple(tie for tie in ties if tie in inputs.ties and ((last := inputs.ties[tie]) is None or last < edge))


def _is_only_sought(story: Story) -> bool:
    """Whether what would be given or done is only wanted; what others answer is what is known of it."""
    act = story_tags.act_of(story)
    return act is not None and act.phase == SOUGHT and not story_tags.is_answer(story)


def _is_binding(story: Story) -> bool:
    act = story_tags.act_of(story)
    return act is not None and act.phase == "done" and act.vouching != "denied" and not BINDING.isdisjoint(act.deeds)


def _directness(story: Story) -> float:
    frame = next((frame for tags in story.tags for frame in tags.frames), None)
    if frame is None or frame.kind == "none" or is_guessed(story) or is_doubtful(story):
        return 0.0
    return MEDIATE if _is_mediate(frame) or story_tags.has(story, "response") else 1.0


def _is_mediate(frame: Frame) -> bool:
    return frame.vouching in ("alleged", "denied") or frame.phase in (*story_tags.NOT_YET, "under way")


def _size(story: Story) -> float:
    """How large the greatest figure is of what the channel is counted in: 0 to 1."""
    channel = active().channels.get(next(iter(story_tags.channels_of(story)), ""))
    counts = channel.counts if channel else None
    sizes = [_zeros(each) for each in story_tags.figures(story) if counts is None or _is_counted(each, counts)]
    return max(sizes, default=0.0)


def _is_counted(figure: Figure, counts: frozenset[str]) -> bool:
    return figure.counted in counts or figure.unit in counts or (is_money(figure) and MONEY in counts)


def is_money(figure: Figure) -> bool:
    """Whether the unit is a currency: three capitals."""
    return len(figure.unit) == 3 and figure.unit.isupper()


def _zeros(figure: Figure) -> float:
    return min(1.0, math.log10(max(1.0, figure.high)) / (MONEY_ZEROS if is_money(figure) else OTHER_ZEROS))

"""Which stories only state media carry, beside what else the same edition tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.digest.compose.matters import are_of_one_matter
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import channels_of
from flows.digest.content.story import StoryContent


def carried_by_others(stories: Sequence[Story], told: Mapping[int, StoryContent]) -> dict[int, StoryContent]:
    """By their lead entries, the stories that look as if state media alone carried them, while another one of the day
    has the same partner, channel and matter from others: two reports of one event are not always one story."""
    free = [story for story in stories if not told[story.lead.entry.id].state_media_only]
    found = {}
    for story in stories:
        content = told[story.lead.entry.id]
        if content.state_media_only and any(_speaks_of_it(each, story) for each in free):
            found[story.lead.entry.id] = replace(content, state_media_only=False)
    return found


def _speaks_of_it(story: Story, other: Story) -> bool:
    shares_partner = not set(story.partners).isdisjoint(other.partners)
    shares_channel = not set(channels_of(story)).isdisjoint(channels_of(other))
    return shares_partner and shares_channel and are_of_one_matter(story, other)

"""One development told once: of the events of a thread the weightiest is the story, the others stand beneath it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from classifiers.stories.forms import REPORT, form_of
from flows.digest.compose import story_tags
from flows.digest.compose.story import Story
from flows.digest.content.story import StoryContent, StoryPart
from flows.digest.display_text import form_name

NOT_YET = ("sought", "planned")
"""Phases that a deed is told with: "a signing" has not happened where it is planned."""
MOST_PARTS = 4
"""Events named beneath a story; the rest is counted."""


@dataclass
class ThreadStories:
    """The events of one thread in an edition, the weightiest first."""

    head: Story
    others: list[Story] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """The reports of all."""
        return sum(len(story.members) for story in (self.head, *self.others))


def by_thread(ordered: Sequence[Story], thread_ids: Mapping[int, int]) -> list[ThreadStories]:
    """The stories, in the order of the first of each thread."""
    found: dict[tuple[str, int], ThreadStories] = {}
    for story in ordered:
        cluster = story.cluster
        key = ("entry", story.lead.entry.id) if cluster is None else ("thread", thread_ids.get(cluster, cluster))
        if key in found:
            found[key].others.append(story)
        else:
            found[key] = ThreadStories(story)
    return list(found.values())


def with_parts(thread: ThreadStories, told: Mapping[int, StoryContent]) -> StoryContent:
    """The head of a thread with its other events."""
    content = told[thread.head.lead.entry.id]
    parts = [_part(story, told[story.lead.entry.id]) for story in thread.others]
    return replace(
        content,
        parts=tuple(parts[:MOST_PARTS]),
        parts_left=max(0, len(parts) - MOST_PARTS),
        part_entries=thread.entries - len(thread.head.members),
    )


def _part(story: Story, content: StoryContent) -> StoryPart:
    name, news = _name(story), content.news or ""
    return content.as_part(name="" if f"now {name}" in news else name, news=news)  # the news says it already


def _name(story: Story) -> str:
    """What the event is beside the story, by its form, as a reaction, or by what is done."""
    form = form_of(story.lead.entry.title)
    if form != REPORT:
        return form_name(form)
    if story_tags.has(story, "response"):
        return "reaction"
    deed = next(iter(story_tags.deeds(story)), "")
    act = story_tags.act_of(story)
    return f"{deed}, {act.phase}" if deed in story_tags.OF_THE_ACT and act and act.phase in NOT_YET else deed

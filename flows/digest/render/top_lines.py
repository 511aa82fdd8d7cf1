"""The lines with which an edition begins: its weightiest events, a sentence of our own each, and where they stand."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import NamedTuple

from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent

MOST_LINES = 5


class TopLine(NamedTuple):
    """An event: the ``story``, its ``sentence`` (its headline, where there is none), and what is ``new`` in it."""

    story: StoryContent
    sentence: str
    new: str
    since: str


def top_lines(content: EditionContent) -> list[TopLine]:
    """The first stories that surely or likely belong in the edition; none of older editions."""
    if content.front is None:
        return []
    return [_line(story) for story in islice((each for each in content.told() if not each.doubt), MOST_LINES)]


def _line(story: StoryContent) -> TopLine:
    new = (story.news or "") if story.is_update else "new"
    return TopLine(story, story.sentence or story.headline, new, story.since or "")


def numbers_of(content: EditionContent, entries: Collection[int]) -> list[int]:
    """The numbers of the stories that hold these lead entries, in themselves or as one of their parts."""
    wanted = set(entries)
    return [
        story.number
        for story in content.told()
        if story.entry in wanted or any(part.entry in wanted for part in story.parts)
    ]

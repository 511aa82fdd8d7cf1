"""The lines with which an edition begins: its weightiest events, a sentence of our own each."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import NamedTuple

from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent

MOST_LINES = 5
GUESSED = "→?"
ON_TOP = ""


class TopLine(NamedTuple):
    """An event: the ``story``, its ``sentence`` (its headline, where there is none), and what is ``new`` in it."""

    story: StoryContent
    sentence: str
    new: str
    since: str

    @property
    def arrow(self) -> str:
        """Who gives what to whom, and how far that has come."""
        told = (self.story.chain, self.story.status)
        # What is new says it already where the status has changed.
        return ", ".join(each for each in told if each and each not in self.new)


def top_lines(content: EditionContent) -> list[TopLine]:
    """The first stories that surely or likely belong in the edition; none of older editions."""
    if content.front is None:
        return []
    told: dict[str, TopLine] = {}
    for story in islice((each for each in content.told() if not each.doubt), MOST_LINES):
        # Of two acts that our words do not tell apart the second is told in those of its headline.
        words = story.headline if not story.sentence or story.sentence in told else story.sentence
        new = (story.news or "") if story.is_update else "new"
        told[words] = TopLine(story, words, new, story.since or "")
    return list(told.values())


def first_guess(content: EditionContent) -> str | None:
    """Where the first arrow stands that no report says, which is where a reader is told what its mark means: `ON_TOP`
    among the first lines, else the name of the group of stories; None where there is none. What perhaps belongs in an
    edition is told without an arrow, and an edition of an older version without such marks."""
    if content.front is None:
        return None
    if any(_is_guessed(line.story) for line in top_lines(content)):
        return ON_TOP
    return next((group.name for group in content.groups if any(map(_is_guessed, group.stories))), None)


def _is_guessed(story: StoryContent) -> bool:
    return GUESSED in story.chain and not story.doubt


def numbers_of(content: EditionContent, entries: Collection[int]) -> list[int]:
    """The numbers of the stories that hold these lead entries, in themselves or as one of their parts."""
    wanted = set(entries)
    return [
        story.number
        for story in content.told()
        if story.entry in wanted or any(part.entry in wanted for part in story.parts)
    ]

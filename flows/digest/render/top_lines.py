"""The lines with which an edition begins: its weightiest events, a sentence of our own each."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import NamedTuple

from flows.digest.content.arrow_signs import LEGENDS
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent
from flows.digest.update_words import step

MOST_LINES = 5
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
        told = (self.story.chain, *self.story.status.split(", "))
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
        new = step(story.news) if story.is_update else "new"
        told[words] = TopLine(story, words, new, story.since or "")
    return list(told.values())


def legends(content: EditionContent) -> dict[str, list[str]]:
    """What arrows mean that are not plain, each where the first one of its sign stands: under `ON_TOP` among the first
    lines, else under the name of the group of stories. What perhaps belongs in an edition is told without an arrow, and
    an edition of an older version without such signs."""
    found: dict[str, list[str]] = {}
    for sign, means in LEGENDS.items() if content.front is not None else ():
        place = _first_place(content, sign)
        if place is not None:
            found.setdefault(place, []).append(f"{sign} {means}")
    return found


def _first_place(content: EditionContent, sign: str) -> str | None:
    if any(_has(line.story, sign) for line in top_lines(content)):
        return ON_TOP
    return next((group.name for group in content.groups if any(_has(each, sign) for each in group.stories)), None)


def _has(story: StoryContent, sign: str) -> bool:
    return sign in story.chain and not story.doubt


def numbers_of(content: EditionContent, entries: Collection[int]) -> list[int]:
    """The numbers of the stories that hold these lead entries, in themselves or as one of their parts."""
    wanted = set(entries)
    return [
        story.number
        for story in content.told()
        if story.entry in wanted or any(part.entry in wanted for part in story.parts)
    ]

"""What the store's editions tell: each story with its id, its thread and the day on which it opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from db import clusters, editions, threads
from db.records import Edition
from flows.digest.content.codec import content_of
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent

TOLD_BEFORE = ("recomposed", "weekly", "lookback")
"""Kinds of editions whose stories others have told."""


@dataclass(frozen=True, slots=True)
class ToldEdition:
    """An edition, and what of its content tells stories."""

    edition: Edition
    content: EditionContent

    @property
    def told_at(self) -> datetime:
        """When it was made; of a past day that had none, when that day's window closed: it is no news of today."""
        made = self.edition
        return made.window_end if made.kind in ("reconstruction", "lookback") else made.composed_at

    @property
    def stories(self) -> Iterator[StoryContent]:
        """The stories that it tells: in its groups, and those published earlier."""
        yield from self.content.told()
        yield from self.content.late.stories


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as one edition tells it. ``story`` and ``thread`` are numbers of the store; where it holds no story for
    the entry, that of the entry, with "e" before it. ``opened`` is when the story was first known."""

    told: ToldEdition
    content: StoryContent
    story: str
    thread: str
    opened: datetime


def told_editions(store: Database) -> list[ToldEdition]:
    """Every edition, that whose window closed last at the end. Raises ContentError."""
    return [ToldEdition(each, content_of(each.content)) for each in editions.stories_alone(store)]


def tellings_of(store: Database, told: Sequence[ToldEdition]) -> list[Telling]:
    """The tellings of every story, in the order of the editions. An edition that was composed again, and one
    of a week, tell nothing that those of their days do not."""
    found = [(each, story) for each in told if each.edition.kind not in TOLD_BEFORE for story in each.stories]
    held = clusters.clusters_of(store, [story.entry for _, story in found])
    numbers = sorted(set(held.values()))
    thread_of, opened = threads.threads_of(store, numbers), clusters.opened(store, numbers)

    def telling(each: ToldEdition, story: StoryContent) -> Telling:
        number = held.get(story.entry)
        if number is None:
            alone = f"e{story.entry}"
            return Telling(each, story, alone, alone, each.edition.window_start)
        return Telling(each, story, str(number), str(thread_of[number]), opened[number])

    return [telling(each, story) for each, story in found]

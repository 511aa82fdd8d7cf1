"""What the store holds of a followed thread: its stories, the entries that its reader does not know, its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlite_utils import Database

from classifiers.stories.lead import in_lead_order
from classifiers.stories.sources import origins_of
from classifiers.tagging.watchlist import read_watchlist
from db import fetches, models, stories, threads
from db.records import Follow, ScoredEntry
from db.stories import StoredStory
from flows.config.settings import Config
from flows.digest.compose.inputs import ClusterFacts, EditionInputs
from flows.digest.compose.story import Story
from flows.digest.compose.thread_mail import as_one_thread, told_before
from flows.digest.content.story import Trace
from flows.digest.read_inputs import background_of, names_of
from flows.digest.window import Window


@dataclass(frozen=True)
class Thread:
    """The stories of one thread, as they were opened, with every entry that the store holds of them."""

    stories: tuple[StoredStory, ...]

    @cached_property
    def entries(self) -> frozenset[int]:
        """The ids of all its entries."""
        return frozenset(each.entry.id for story in self.stories for each in story.members)

    @property
    def ids(self) -> frozenset[int]:
        """The ids of its stories."""
        return frozenset(story.id for story in self.stories)

    @property
    def last_report(self) -> datetime:
        """When the newest of its entries was first seen."""
        return max(each.entry.first_seen_at for story in self.stories for each in story.members)

    def beside(self, known: frozenset[int]) -> list[ScoredEntry]:
        """The flagged entries that are not among the ``known``."""
        members = (each for story in self.stories for each in story.members)
        return [each for each in members if each.entry.id not in known and each.score.flagged]


def thread_of(store: Database, story_id: int) -> Thread:
    """The thread that the story belongs to; without any story where the store does not hold it."""
    return Thread(tuple(stories.with_ids(store, threads.development(store, story_id))))


def window_of(follow: Follow, now: datetime) -> Window:
    """From when the thread was last looked at until now, in whole seconds."""
    end = now.replace(microsecond=0) + timedelta(seconds=1)
    return Window(min(follow.looked_at, end - timedelta(seconds=1)), end)


def inputs_of_thread(
    store: Database, current: Config, thread: Thread, follow: Follow, new: Sequence[ScoredEntry], now: datetime
) -> EditionInputs:
    """What a mail is composed from that tells the reader of these ``new`` entries."""
    window = window_of(follow, now)
    traces = _traces(thread, follow.known, window, current)
    names = names_of(read_watchlist(current.claims.file))
    known = background_of(store, new, len(thread.stories), names)
    return EditionInputs(
        name=f"thread-{follow.story_id}",
        window=window,
        flagged=new,
        coverage=fetches.coverage_of_window(store, *window),
        model=models.champion(store),
        known=as_one_thread(known, thread.stories[0].id, traces),
        told=traces,
    )


def _traces(thread: Thread, known: frozenset[int], window: Window, current: Config) -> list[Trace]:
    """What the reader knows of the thread, the newest first."""
    found = []
    for story in reversed(thread.stories):
        members = [each for each in story.members if each.entry.id in known]
        if members:
            facts = ClusterFacts(origins=origins_of([each.entry for each in members]).independent)
            told = Story(tuple(in_lead_order(members)), story.id, facts)
            found.append(told_before(told, window, current.digest))
    return found

"""What the store holds of a followed thread: its stories, the entries that its reader does not know, its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

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
from flows.digest.compose.thread_mail import Told, as_one_thread, told_before
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
    store: Database,
    current: Config,
    thread: Thread,
    follow: Follow,
    told: Told,
    new: Sequence[ScoredEntry],
    now: datetime,
) -> EditionInputs:
    """What a mail is composed from that tells the reader of these ``new`` entries beside what mails ``told`` before."""
    window = window_of(follow, now)
    traces = [told_before(each, window, current.digest) for each in known_stories(thread, follow, told, current)]
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


def known_stories(thread: Thread, follow: Follow, told: Told, current: Config) -> list[Story]:
    """What the reader knows of the thread, the newest first, in the pieces in which it was told: each event of a mail;
    of what no mail told, each story of a day, as editions would have told it."""
    zone = ZoneInfo(current.digest.time_zone)
    pieces: dict[tuple[int, str], list[ScoredEntry]] = {}
    for story in thread.stories:
        for each in story.members:
            if each.entry.id in follow.known:
                mail = next((number for number, ids in enumerate(told) if each.entry.id in ids), None)
                day = each.entry.first_seen_at.astimezone(zone).date().isoformat()
                pieces.setdefault((story.id, day if mail is None else f"mail {mail}"), []).append(each)
    found = [_piece(members, story) for (story, _), members in pieces.items()]
    return sorted(found, key=lambda each: min(one.entry.appeared_at for one in each.members), reverse=True)


def _piece(members: Sequence[ScoredEntry], story: int) -> Story:
    facts = ClusterFacts(origins=origins_of([each.entry for each in members]).independent)
    return Story(tuple(in_lead_order(members)), story, facts)

"""The steps of a followed thread in the order of time: its stories, and what mails told as news of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from db import editions, follows
from db.records import Follow, ScoredEntry
from db.stories import StoredStory
from flows.digest.compose.thread_mail import Told, day_of, told_entries
from flows.digest.content.codec import content_of
from flows.digest.content.followed import DatedStep
from flows.digest.display_text import ENGLISH, language_tag, one_line, web_link
from flows.stories.account import ThreadStep, by_lead, step_of

MOST_STEPS = 15
"""Steps of a thread that a mail lists, the newest; the earlier ones are counted."""
MOST_OUTLETS = 4
LONGEST_NAME = 160


@dataclass(frozen=True)
class Step:
    """A step of the thread, the entry that leads it, and whether it is new."""

    told: ThreadStep
    lead: ScoredEntry
    is_new: bool

    @property
    def language(self) -> str:
        """The tag of its headline's language, or an empty string."""
        return language_tag(self.lead.score.language, self.lead.entry.language)

    @property
    def headline(self) -> str:
        """Its headline on one line."""
        return one_line(self.told.headline, LONGEST_NAME) or "(no headline)"

    @property
    def gloss(self) -> str:
        """Our sentence beside a headline that is not in English; else empty."""
        return "" if self.language in ENGLISH else self.told.gloss


def told_by_mails(store: Database, follow: Follow) -> Told:
    """What earlier mails told the reader of the thread."""
    made = (editions.find(store, each.edition) for each in follows.mails(store, follow.id))
    return [ids for each in made if each for ids in told_entries(content_of(each.content))]


def timeline(stories: Sequence[StoredStory], told: Told, new: Told) -> list[Step]:
    """The steps in the order of time: what was told as news of a story (``new``: now), and what else it holds."""
    found = [step for story in stories for step in _steps(story, told, new)]
    return sorted(found, key=lambda each: (each.told.at, each.told.story))


def _steps(story: StoredStory, told: Told, new: Told) -> Iterator[Step]:
    left = {each.entry.id for each in story.members}
    for is_new, groups in ((False, told), (True, new)):
        for ids in groups:
            if part := left.intersection(ids):
                left -= part
                yield _step(story, part, is_new=is_new)
    if left:
        yield _step(story, left, is_new=False)


def _step(story: StoredStory, ids: Collection[int], *, is_new: bool) -> Step:
    part = replace(story, members=tuple(each for each in story.members if each.entry.id in ids))
    return Step(step_of(part), by_lead(part)[0], is_new)


def name_of(first: Step) -> tuple[str, str]:
    """What a thread with that first step is called: by its headline, or our sentence in place of a foreign one; and the
    language of that."""
    return (first.gloss.rstrip("."), "") if first.gloss else (first.headline, first.language)


def dated(steps: Sequence[Step], now: datetime, zone: ZoneInfo) -> tuple[tuple[DatedStep, ...], int]:
    """The newest steps as a mail lists them, and how many came before."""
    shown = steps[-MOST_STEPS:]
    return tuple(_dated(each, now, zone) for each in shown), len(steps) - len(shown)


def _dated(step: Step, now: datetime, zone: ZoneInfo) -> DatedStep:
    told = step.told
    return DatedStep(
        day=day_of(told.at, now, zone),
        story=told.story,
        headline=step.headline,
        link=web_link(step.lead.entry.link),
        language=step.language,
        gloss=step.gloss,
        status=", ".join(each for each in (told.phase, told.vouching) if each not in ("", "plain")),
        outlets=tuple(one_line(each, 60) for each in told.outlets[:MOST_OUTLETS]),
        outlets_left=max(0, len(told.outlets) - MOST_OUTLETS),
        is_new=step.is_new,
    )

"""What is told of one stored story, gathered once for the command, the export and whoever else shows stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from classifiers.stories.lead import in_lead_order
from classifiers.stories.trends import WEEKS as USUAL_WEEKS
from db import stories, story_counts, threads
from db.records import ScoredEntry
from db.records.frames import Frame
from db.records.tags import Quantity, Tags
from db.stories import StoredStory
from flows.stories.event_export import COLUMNS

if TYPE_CHECKING:
    from classifiers.stories.sources import Origins
    from classifiers.stories.summary import ChosenSentence
    from classifiers.stories.trends import Trend
    from classifiers.tagging.watchlist import Watchlist

FAR = datetime(9999, 1, 1, tzinfo=UTC)
WEEKS = 1 + USUAL_WEEKS
"""Weeks of stories that trends look at: the present one and those before it that tell what is usual."""


@dataclass(frozen=True, slots=True)
class ThreadStep:
    """A story of a thread: when it was first told, its lead's headline and act (a sentence of our own, "" where the act
    is not certain), how far it had come and how it was vouched for, and who told it."""

    story: int
    at: datetime
    headline: str
    gloss: str
    phase: str
    vouching: str
    outlets: tuple[str, ...]


@dataclass(frozen=True)
class StoryAccount:
    """A story with what is made of it: who told it, a summary, its links, the steps of its thread in order of time."""

    story: StoredStory
    origins: Origins
    summary: tuple[ChosenSentence, ...]
    links: tuple[stories.Link, ...]
    thread: tuple[ThreadStep, ...]


def by_lead(story: StoredStory) -> list[ScoredEntry]:
    """The members in the order in which they speak for the story, its lead first: as in the digest."""
    return in_lead_order(story.members)


def account_of(store: Database, story: StoredStory) -> StoryAccount:
    """Everything that is told of the story."""
    from classifiers.stories.sources import origins_of
    from classifiers.stories.summary import summarise

    entries = [each.entry for each in story.members]
    thread = threads.threads_of(store, [story.id])[story.id]
    return StoryAccount(
        story,
        origins_of(entries),
        summarise(entries),
        tuple(stories.links_of(store, story.id)),
        tuple(map(step_of, stories.with_ids(store, threads.stories_of(store, thread)))),
    )


def step_of(story: StoredStory) -> ThreadStep:
    """The story as a step of its thread."""
    from classifiers.tagging.gloss import gloss_of, told_of

    lead = by_lead(story)[0]
    frame = next(iter(lead.score.tags.frames), Frame("none"))
    return ThreadStep(
        story.id,
        min(each.entry.appeared_at for each in story.members),
        lead.entry.title,
        gloss_of(lead.score.tags, told_of(lead.entry, lead.score.language)) if frame.kind != "none" else "",
        "" if frame.is_doubtful else frame.phase,
        "" if frame.is_doubtful else frame.vouching,
        tuple(dict.fromkeys(each.entry.outlet for each in story.members)),
    )


def tags_of(scored: ScoredEntry, watchlist: Watchlist) -> Tags:
    """The tags and claims of an entry as its score keeps them, or made now where the score is older than tags."""
    if scored.score.tags != Tags():
        return scored.score.tags
    from classifiers.tagging.scoring import analysis_of
    from classifiers.tagging.tags import tagged

    return tagged(analysis_of(scored.entry), watchlist, probability=scored.score.probability)


def event_rows(story: StoredStory, watchlist: Watchlist) -> list[dict[str, Any]]:
    """The events of a story as flat records of the export, the main one first: plain JSON, their lists not joined yet.
    ``watchlist`` is for scores that are older than tags."""
    from classifiers.tagging.plover import events_of

    members = by_lead(story)
    told = [tags_of(each, watchlist) for each in members]
    common = _tag_cells(members[0], told) | _story_cells(story, members[0])
    common["claim_names"] = [watchlist.names.get(claim, claim) for claim in common["claims"]]
    rows = []
    for event in events_of(members[0].entry, told[0]):
        cells = {"event_id": event.id, "event": event.code, "mode": event.mode, "context": list(event.contexts)}
        cells |= {"event_rule": event.rule, "source": event.source, "target": event.target} | common
        rows.append({column: cells[column] for column in COLUMNS})
    return rows


def _tag_cells(lead: ScoredEntry, told: Sequence[Tags]) -> dict[str, Any]:
    """What the lead entry is tagged with, and the claims of all."""
    from classifiers.tagging.gloss import gloss_of, told_of

    tags = told[0]
    frame = tags.frames[0] if tags.frames else Frame("none", certainty="guessed")
    return {
        "partners": list(dict.fromkeys((*tags.values("partner"), *lead.score.partners))),
        "channels": list(tags.values("channel")),
        "direction": next(iter(tags.values("direction")), "none"),
        "friction": tags.has("friction"),
        "response": tags.has("response"),
        "phase": frame.phase,
        "vouching": frame.vouching,
        "claimant": frame.claimant,
        "certainty": frame.certainty if frame.kind == "transfer" or frame.is_doubtful else "",
        "theatres": list(tags.values("theatre")),
        "quantities": [_quantity(each) for each in tags.quantities if not each.negated],
        "gloss": gloss_of(tags, told_of(lead.entry, lead.score.language)),
        "claims": list(dict.fromkeys(link.claim for each in told for link in each.claims)),
    }


def _quantity(told: Quantity) -> str:
    """A number with its unit and what it counts, such as "20 to 99 soldiers"."""
    amount = f"{told.amount:.15g}" if told.high == told.amount else f"{told.amount:.15g} to {told.high:.15g}"
    return " ".join(filter(None, (amount, told.unit, told.counted)))


def _story_cells(story: StoredStory, lead: ScoredEntry) -> dict[str, Any]:
    """When, by whom and how surely the story was told."""
    from classifiers.stories.sources import origins_of

    origins = origins_of([each.entry for each in story.members])
    moments = [each.entry.appeared_at for each in story.members]
    return {
        "story": story.id,
        "time": min(moments).isoformat(timespec="seconds"),
        "last": max(moments).isoformat(timespec="seconds"),
        "headline": lead.entry.title,
        "language": lead.score.language,
        "entries": len(story.members),
        "independent_origins": origins.independent,
        "only_state_media": origins.only_state_media,
        "outlets": list(dict.fromkeys(each.entry.outlet for each in story.members)),
        "links": [each.entry.link for each in story.members if each.entry.link],
        "probability": round(max(each.score.probability for each in story.members), 4),
    }


@dataclass(frozen=True)
class TrendAccount:
    """The trends of a day, those of the seven days that end with it (UTC), and the silent claims, each with its last
    day with a story (None: none in `WEEKS`)."""

    day: list[Trend]
    week: list[Trend]
    silent: dict[str, date | None]


def trends_until(store: Database, last: date, claims: Sequence[str], silent_days: int) -> TrendAccount:
    """The trends until ``last``, and those of ``claims`` without a story for so many days."""
    from classifiers.stories.trends import silent, trends

    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    start = end - timedelta(weeks=WEEKS)
    # No end: a story of a day may have been read later.
    rows = [row for row in story_counts.story_days(store, start, FAR) if row.kind != "all"]
    feeds = story_counts.feeds_read(store, start, end)
    return TrendAccount(
        trends(rows, feeds, last, "day"), trends(rows, feeds, last, "week"), silent(rows, claims, last, silent_days)
    )

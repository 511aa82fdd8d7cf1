"""What is told of one stored story, gathered once for the command, the export and whoever else shows stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from db import stories, trends, usual
from db.stories import StoredStory
from db.tag_types import Tags
from db.types import ScoredEntry

if TYPE_CHECKING:
    from classifiers.origins import Origins
    from classifiers.summary import Told
    from classifiers.trends import Trend

FAR = datetime(9999, 1, 1, tzinfo=UTC)
WEEKS = 9
"""Weeks of stories that trends look at: the present one and the eight that tell what is usual."""


@dataclass(frozen=True)
class StoryAccount:
    """A story with what is made of it: who told it, a summary, its links."""

    story: StoredStory
    origins: Origins
    summary: tuple[Told, ...]
    links: tuple[stories.Link, ...]


def lead_of(story: StoredStory) -> ScoredEntry:
    """The entry whose headline stands for all: never one of state media where others tell the story too."""
    return min(story.members, key=_as_lead)


def _as_lead(scored: ScoredEntry) -> tuple[bool, float, datetime, int]:
    entry = scored.entry
    return entry.kind == "state_media", -scored.score.probability, entry.first_seen_at, entry.id


def account_of(store: Database, story: StoredStory) -> StoryAccount:
    """Everything that is told of the story."""
    from classifiers.origins import origins_of
    from classifiers.summary import summarise

    entries = [each.entry for each in story.members]
    return StoryAccount(story, origins_of(entries), summarise(entries), tuple(stories.links_of(store, story.id)))


def tags_of(scored: ScoredEntry) -> Tags:
    """The tags of an entry as its score keeps them, or made now where the score is older than tags."""
    if scored.score.tags != Tags():
        return scored.score.tags
    from classifiers.reading import read_text
    from classifiers.tags import tags_of as made_of
    from classifiers.text import entry_text

    entry = scored.entry
    return made_of(read_text(entry_text(entry.title, entry.summary, entry.body), entry.language))


def event_row(story: StoredStory) -> dict[str, Any]:
    """The story as one flat record of the event export: plain JSON, lists joined by nobody yet."""
    from classifiers.events import event_of
    from classifiers.origins import origins_of

    lead = lead_of(story)
    tags = tags_of(lead)
    channels = tags.values("channel")
    direction = next(iter(tags.values("direction")), "none")
    event = event_of(lead.entry, channels, direction)
    origins = origins_of([each.entry for each in story.members])
    moments = [each.entry.published_at or each.entry.first_seen_at for each in story.members]
    return {
        "story": story.id,
        "event": event.code,
        "event_rule": event.rule,
        "source": event.source,
        "target": event.target,
        "partners": list(dict.fromkeys((*tags.values("partner"), *lead.score.partners))),
        "channels": list(channels),
        "direction": direction,
        "claims": list(dict.fromkeys(link.claim for each in story.members for link in tags_of(each).claims)),
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


def trends_until(store: Database, last: date) -> tuple[list[Trend], list[Trend]]:
    """The trends of the day ``last`` and of the seven days that end with it (UTC)."""
    from classifiers.trends import trends as told

    start, end = _weeks_before(last)
    rows, feeds = _rows(store, start), trends.feeds_read(store, start, end)
    return told(rows, feeds, last, "day"), told(rows, feeds, last, "week")


def silent_since(store: Database, claims: Sequence[str], last: date, days: int) -> dict[str, date | None]:
    """Claim → its last day with a story (None: none in nine weeks), for those without one for so many days."""
    from classifiers.trends import silent

    return silent(_rows(store, _weeks_before(last)[0]), claims, last, days)


def _rows(store: Database, start: datetime) -> list[trends.DayCount]:
    # No end: a story of a day may have been read later.
    return [row for row in usual.story_days(store, start, FAR) if row.kind != "all"]


def _weeks_before(last: date) -> tuple[datetime, datetime]:
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    return end - timedelta(weeks=WEEKS), end

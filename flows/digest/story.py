"""Stories: flagged entries that report the same thing, gathered, led by one of them, told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db.types import Entry, Score, ScoredEntry
from flows.digest.window import Window
from flows.digest.wording import excerpt, language_tag, one_line, partner_name, web_link

HEADLINE_CHARACTERS = 240
SUMMARY_WORDS = 50
REASON_CHARACTERS = 90
MAX_OTHERS = 12
"""Other outlets named with a story; the rest is counted."""
KIND_NAMES = {
    "wire": "wire",
    "press": "press",
    "think_tank": "think tank",
    "official": "official",
    "state_media": "state media",
}


@dataclass(frozen=True)
class Story:
    """A story cluster as one edition tells it: the lead entry first, then the other members, best first."""

    members: tuple[ScoredEntry, ...]

    @property
    def lead(self) -> ScoredEntry:
        """The member whose headline stands for all."""
        return self.members[0]

    @property
    def probability(self) -> float:
        """The highest among the members."""
        return max(each.score.probability for each in self.members)

    @property
    def partners(self) -> tuple[str, ...]:
        """Partner ids, those of the lead entry first."""
        return tuple(dict.fromkeys(partner for each in self.members for partner in each.score.partners))

    @property
    def partner(self) -> str:
        """The partner under which the story stands, or an empty string."""
        return next(iter(self.partners), "")

    @property
    def outlets(self) -> tuple[str, ...]:
        """The distinct outlets, that of the lead entry first."""
        return tuple(dict.fromkeys(each.entry.outlet for each in self.members))


def is_late(scored: ScoredEntry, before: datetime) -> bool:
    """Whether the entry states that it was published before that moment."""
    published = believed(scored.entry)
    return published is not None and published < before


def believed(entry: Entry) -> datetime | None:
    """When the entry was published, where it says so and the date is not absurd."""
    return entry.published_at if entry.published_status == "stated" else None


def gather(entries: Sequence[ScoredEntry], clusters: Mapping[int, int]) -> list[Story]:
    """The entries as stories, the most probable first, then those told by more outlets."""
    together: dict[tuple[str, object], list[ScoredEntry]] = {}
    for each in entries:
        together.setdefault(_key(each.entry, clusters), []).append(each)
    stories = [Story(tuple(sorted(members, key=_as_lead))) for members in together.values()]
    return sorted(stories, key=lambda story: (-_percent(story.probability), -len(story.outlets), story.lead.entry.id))


def _key(entry: Entry, clusters: Mapping[int, int]) -> tuple[str, object]:
    if entry.id in clusters:
        return "cluster", clusters[entry.id]
    letters = "".join(char for char in entry.title.casefold() if char.isalnum())
    return ("title", letters) if letters else ("entry", entry.id)


def _as_lead(scored: ScoredEntry) -> tuple[bool, float, datetime, int]:
    """State media never speak for a story that others tell too; then the surest, then the first."""
    entry = scored.entry
    return entry.kind == "state_media", -scored.score.probability, entry.first_seen_at, entry.id


def _percent(probability: float) -> int:
    """Whole percent; 99 at the most, since no model is certain."""
    return min(99, round(100 * probability))


def tell(story: Story, window: Window, zone: ZoneInfo) -> dict[str, Any]:
    """The story as plain JSON."""
    entry, score = story.lead.entry, story.lead.score
    others = _others(story)
    published = believed(entry)
    headline = one_line(entry.title, HEADLINE_CHARACTERS) or "(no headline)"
    return {
        "entry": entry.id,
        "headline": headline,
        "link": web_link(entry.link),
        "outlet": one_line(entry.outlet, 60),
        "kind": KIND_NAMES[entry.kind],
        "state_media": entry.kind == "state_media",
        "language": language_tag(score.language, entry.language),
        "published": None if published is None else published.astimezone(UTC).isoformat(timespec="seconds"),
        "time": _time(published, window, zone),
        "percent": _percent(story.probability),
        "probability": round(story.probability, 4),
        "reason": _reason(score),
        "summary": _summary(entry, headline),
        "partners": [partner_name(partner) for partner in story.partners],
        "partner_ids": list(story.partners),
        "entries": len(story.members),
        "outlets": len(story.outlets),
        "others": others[:MAX_OTHERS],
        "others_left": max(0, len(others) - MAX_OTHERS),
    }


def _others(story: Story) -> list[dict[str, Any]]:
    first: dict[str, Entry] = {}
    for each in story.members[1:]:
        if each.entry.outlet != story.lead.entry.outlet:
            first.setdefault(each.entry.outlet, each.entry)
    return [
        {
            "outlet": one_line(entry.outlet, 60),
            "link": web_link(entry.link),
            "state_media": entry.kind == "state_media",
        }
        for entry in first.values()
    ]


def _time(published: datetime | None, window: Window, zone: ZoneInfo) -> str:
    if published is None:
        return "undated"
    local = published.astimezone(zone)
    if timedelta(0) <= window.end - published < timedelta(days=6):
        return f"{local:%a %H:%M}"
    year = "" if local.year == window.end.astimezone(zone).year else f" {local.year}"
    return f"{local.day} {local:%b}{year}"


def _reason(score: Score) -> str:
    """The two strongest reasons that speak for the entry, on one line."""
    speaking = sorted((reason for reason in score.reasons if reason.weight > 0), key=lambda reason: -reason.weight)
    return "; ".join(filter(None, (one_line(reason.text, REASON_CHARACTERS) for reason in speaking[:2])))


def _summary(entry: Entry, headline: str) -> str:
    """What the summary adds to the headline: many feeds only repeat it."""
    told = excerpt(entry.summary or entry.body, SUMMARY_WORDS)
    return "" if told.rstrip("…. ").casefold() in headline.casefold() else told

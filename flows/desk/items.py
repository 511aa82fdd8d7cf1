"""What the pages of the desk show: entries as plain words, and the list of those that are worth a judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlite_utils import Database

from classifiers.tagging.gloss import gloss_of, told_of
from db import entries, labels, scores
from db.records import Entry, Label, Score, ScoredEntry
from flows.digest.display_text import excerpt, language_tag, one_line, partner_name, percent, web_link

DAYS = 7
"""The list reaches so far back from the newest entry."""
MOST = 40
"""Entries in one part of the list."""
SEARCHED = 400
"""Entries below the threshold that are looked through for those parts."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as a page shows it: clean text, a link that is safe or empty; ``gloss`` is its act in our own words."""

    id: int
    headline: str
    link: str
    outlet: str
    state_media: bool
    language: str
    seen: str
    summary: str
    gloss: str
    percent: int | None
    flagged: bool
    partners: str
    reasons: tuple[str, ...]
    label: Label | None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list; ``left`` are those of it that are not shown."""

    name: str
    note: str
    items: tuple[Item, ...]
    left: int


def item_of(store: Database, entry_id: int) -> Item | None:
    """The entry of that number, or None."""
    entry = entries.find(store, entry_id)
    if entry is None:
        return None
    return _item(entry, scores.newest(store, entry_id), labels.newest_of(store, [entry_id]).get(entry_id))


def sections(store: Database) -> list[Section]:
    """What the last days brought, in the order in which a judgement teaches most: the review band and the flagged from
    the threshold outwards, then what is near the band. What is labelled already stays, and shows how."""
    newest = entries.newest_seen(store)
    if newest is None:
        return []
    window = newest - timedelta(days=DAYS), newest + timedelta(seconds=1)
    below = scores.below(store, *window, SEARCHED)
    flagged = sorted(scores.flagged(store, *window), key=lambda each: (each.score.probability, each.entry.id))
    return [
        _section(store, "In the review band", "below the threshold, the nearest first", _in_band(below, review=True)),
        _section(store, "Flagged", "the least sure first", flagged),
        _section(store, "Near misses", "below the band, the nearest first", _in_band(below, review=False)),
    ]


def _in_band(below: Sequence[ScoredEntry], *, review: bool) -> list[ScoredEntry]:
    return [each for each in below if each.score.review == review]


def _section(store: Database, name: str, note: str, found: Sequence[ScoredEntry]) -> Section:
    shown = found[:MOST]
    known = labels.newest_of(store, [each.entry.id for each in shown])
    items = tuple(_item(each.entry, each.score, known.get(each.entry.id)) for each in shown)
    return Section(name, note, items, len(found) - len(shown))


def _item(entry: Entry, score: Score | None, label: Label | None) -> Item:
    speaking = [] if score is None else sorted(score.reasons, key=lambda reason: -abs(reason.weight))[:3]
    return Item(
        id=entry.id,
        headline=one_line(entry.title, 240) or "(no headline)",
        link=web_link(entry.link),
        outlet=one_line(entry.outlet, 60),
        state_media=entry.kind == "state_media",
        language=language_tag(score.language if score else "", entry.language),
        seen=f"{entry.first_seen_at:%Y-%m-%d %H:%M} UTC",
        summary=excerpt(entry.summary or entry.body, 60),
        gloss=one_line(gloss_of(score.tags, told_of(entry, score.language)), 160) if score else "",
        percent=None if score is None else percent(score.probability),
        flagged=score is not None and score.flagged,
        partners=", ".join(partner_name(partner) for partner in score.partners[:4]) if score else "",
        reasons=tuple(one_line(reason.text, 120) for reason in speaking),
        label=label,
    )

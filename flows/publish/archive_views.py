"""The archive's pages as records, made of what all editions tell. Pure: no store, no clock, no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from flows.digest.display_text import channel_name, counted, one_line, partner_name
from flows.digest.subject import subject
from flows.publish import paths
from flows.publish.story_views import pair_place, story_view
from flows.publish.tellings import Telling, ToldEdition
from flows.publish.views import (
    ArchiveView,
    ClaimView,
    EditionLine,
    FeedPlace,
    GridRow,
    IndexView,
    PairView,
    Place,
    StoryView,
    ThreadView,
)

NEWEST_THREADS = 30
KINDS = {
    "recent": "in between",
    "recomposed": "composed again",
    "reconstruction": "reconstruction",
    "alert": "alert",
    "weekly": "weekly",
    "lookback": "weekly, composed later",
}
"""Kind of an edition → what the list calls it; daily ones are called nothing."""


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim of the watchlist: its id, its short name, what it says."""

    id: str
    name: str
    text: str


def archive_view(
    title: str, told: Sequence[ToldEdition], tellings: Sequence[Telling], claims: Sequence[KnownClaim]
) -> ArchiveView:
    """All pages but those of the editions. ``told`` and ``tellings`` in the order of the editions."""
    views = sorted(map(story_view, tellings), key=lambda each: each.told_at, reverse=True)
    newest = newest_of(views)
    threads, pairs = _threads(views), _pairs(newest)
    of_claims = _claims(views, newest, claims)
    return ArchiveView(_index(title, told, threads, of_claims, pairs), threads, of_claims, pairs)


def newest_of(views: Iterable[StoryView]) -> list[StoryView]:
    """Each story as it was told last; ``views`` come the newest first."""
    found: dict[str, StoryView] = {}
    for each in views:
        found.setdefault(each.story, each)
    return list(found.values())


def _threads(views: Sequence[StoryView]) -> tuple[ThreadView, ...]:
    together: dict[str, list[StoryView]] = {}
    for each in views:
        together.setdefault(each.thread.path, []).append(each)
    return tuple(map(_thread, together.values()))


def _thread(tellings: Sequence[StoryView]) -> ThreadView:
    # A gloss says less than a headline that readers understand.
    named = next((each for each in tellings if not each.is_glossed and not each.in_language), tellings[0])
    return ThreadView(
        place=Place(named.title, named.thread.path),
        language="" if named.is_glossed else named.language,
        tellings=tuple(tellings),
        claims=_once(bearing.place for each in tellings for bearing in each.bears),
        pairs=_once(pair for each in newest_of(tellings) for pair in each.pairs),
    )


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple({each.path: each for each in places}.values())


def _claims(
    views: Sequence[StoryView], newest: Sequence[StoryView], known: Sequence[KnownClaim]
) -> tuple[ClaimView, ...]:
    """The claims of the watchlist, then those that editions name and it does not know any more: tellings that a later
    one has overtaken lead to them too."""
    told = {bearing.claim: bearing.place.name for each in reversed(views) for bearing in each.bears}
    listed = {each.id: each for each in known}
    former = [KnownClaim(claim, name, "") for claim, name in sorted(told.items()) if claim not in listed]
    return tuple(
        ClaimView(
            id=each.id,
            place=Place(one_line(each.name, 120), paths.claim_page(each.id)),
            text=each.text,
            stories=tuple(story for story in newest if each.id in {bearing.claim for bearing in story.bears}),
        )
        for each in (*known, *former)
    )


def _pairs(newest: Sequence[StoryView]) -> tuple[PairView, ...]:
    together: dict[tuple[str, str], list[StoryView]] = {}
    for story in newest:
        for partner, channel in product(story.tied_ids, story.channels):
            if channel != OTHER:
                together.setdefault((partner, channel), []).append(story)
    return tuple(
        PairView(pair_place(partner, channel), partner, channel, tuple(stories))
        for (partner, channel), stories in sorted(together.items())
    )


def feed_places(claims: Sequence[ClaimView], pairs: Sequence[PairView]) -> tuple[FeedPlace, ...]:
    """The feeds that there are: all stories, then each partner, then each claim, with stories or without."""
    partners = _in_order({each.partner for each in pairs}, tuple(active().partners), every=True)
    return (
        paths.feed("all", "All flagged stories"),
        *(paths.feed(f"partner-{each}", partner_name(each)) for each in partners),
        *(paths.feed(f"claim-{each.id}", each.place.name) for each in claims),
    )


def _index(
    title: str,
    told: Sequence[ToldEdition],
    threads: tuple[ThreadView, ...],
    claims: tuple[ClaimView, ...],
    pairs: tuple[PairView, ...],
) -> IndexView:
    channels = _in_order({each.channel for each in pairs}, tuple(active().channels))
    partners = _in_order({each.partner for each in pairs}, tuple(active().partners))
    found = {(each.partner, each.channel): each for each in pairs}
    return IndexView(
        title=one_line(title, 80),
        editions=tuple(map(_line, reversed(told))),
        threads=threads[:NEWEST_THREADS],
        threads_in_all=len(threads),
        claims=claims,
        channels=tuple(map(channel_name, channels)),
        grid=tuple(_row(partner, [found.get((partner, channel)) for channel in channels]) for partner in partners),
        feeds=feed_places(claims, pairs),
    )


def _row(partner: str, pairs: Sequence[PairView | None]) -> GridRow:
    cells = tuple((len(each.stories), each.place) if each else (0, None) for each in pairs)
    return GridRow(partner_name(partner), cells)


def _line(each: ToldEdition) -> EditionLine:
    edition = each.edition
    return EditionLine(
        name=edition.name,
        place=Place(each.content.day, paths.edition_page(edition.name)),
        kind=f"{KINDS[edition.kind]}, {each.told_at:%H:%M} UTC" if edition.kind in KINDS else "",
        told=one_line(each.content.headline or _told(each), 200),
        told_at=each.told_at,
        window_end=edition.window_end,
    )


def _told(each: ToldEdition) -> str:
    counts = each.content.counts
    if not counts.stories:
        return subject(each.content).rpartition(": ")[2]  # a quiet day, or one on which nothing could be read
    updates = f", {counted(counts.updates, 'update', 'updates')}" if counts.updates else ""
    return f"{counted(counts.stories, 'story', 'stories')}{updates}"


def _in_order(found: set[str], known: Sequence[str], *, every: bool = False) -> list[str]:
    return [each for each in known if every or each in found] + sorted(found.difference(known))

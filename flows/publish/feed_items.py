"""What a feed says: its stories as items, the same for Atom and for JSON Feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from flows.digest.display_text import channel_name, partner_name
from flows.publish import paths
from flows.publish.archive_views import feed_places
from flows.publish.pages import feed_entry
from flows.publish.tellings import Telling
from flows.publish.views import ArchiveView, FeedPlace, StoryView

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a feed while no edition was made: it must have one, and no clock is asked."""
SINCE = "2026"
"""The year in the ids of the feeds themselves (RFC 4151 wants a date)."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One story in a feed. ``id`` stays the same for ever, ``updated`` (UTC) moves when an edition tells something new
    of it; ``link`` is that of its first source (or of its page, or empty), ``page`` its page on the web, or empty."""

    id: str
    title: str
    link: str
    page: str
    published: datetime
    updated: datetime
    content: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written in a form; ``root`` is where the archive lies on the web, or empty."""

    id: str
    title: str
    author: str
    place: FeedPlace
    root: str
    updated: datetime
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What all feeds share: the title of the digest, where the archive lies on the web (or nowhere), the domain of the
    ids, how many stories a feed holds at the most."""

    title: str
    root: str
    authority: str
    most: int


def feeds_of(view: ArchiveView, tellings: Sequence[Telling], facts: FeedFacts) -> Iterable[Feed]:
    """All feeds of the archive: of all stories, of each partner, of each claim."""
    items = _Items(view, tellings, facts)
    every, *others = feed_places(view.claims, view.pairs)
    yield items.feed(every, items.stories, facts.title)
    for place in others:
        told = [each for each in items.stories if place.atom in items.subjects(each)]
        yield items.feed(place, told, f"{facts.title}: {place.name}")


class _Items:
    """Makes items of stories, each once."""

    def __init__(self, view: ArchiveView, tellings: Sequence[Telling], facts: FeedFacts) -> None:
        self._facts = facts
        self._opened = {each.story: each.opened for each in tellings}
        self._told: dict[str, list[StoryView]] = {}
        for thread in view.threads:
            for each in thread.tellings:
                self._told.setdefault(each.story, []).append(each)
        self._made: dict[str, FeedItem] = {}
        # Of a feed without stories, which no later edition changes.
        self._first_edition = min((each.told_at for each in view.index.editions), default=BEFORE_ALL)
        self._subjects = {story: self._subjects_of(told[0]) for story, told in self._told.items()}
        self.stories = sorted(self._told, key=lambda story: (self._updated(story), story), reverse=True)

    def subjects(self, story: str) -> set[str]:
        """The Atom files of the partners and claims that the story is of."""
        return self._subjects[story]

    def _subjects_of(self, newest: StoryView) -> set[str]:
        keys = {f"partner-{each}" for each in newest.partner_ids} | {f"claim-{each.claim}" for each in newest.bears}
        return {paths.feed(key, "").atom for key in keys}

    def feed(self, place: FeedPlace, stories: Sequence[str], title: str) -> Feed:
        """The feed of these stories, the newest first."""
        items = tuple(map(self._item, stories[: self._facts.most]))
        return Feed(
            id=f"tag:{self._facts.authority},{SINCE}:axiswatch/{quote(place.atom.removesuffix('.atom'))}",
            title=title,
            author=self._facts.title,
            place=place,
            root=self._facts.root,
            updated=max((each.updated for each in items), default=self._first_edition),
            items=items,
        )

    def _item(self, story: str) -> FeedItem:
        if story not in self._made:
            self._made[story] = self._new_item(story)
        return self._made[story]

    def _new_item(self, story: str) -> FeedItem:
        newest, first = self._told[story][0], self._told[story][-1]
        page = self._facts.root + newest.thread.path if self._facts.root else ""
        tags = [*map(partner_name, newest.partner_ids), *map(channel_name, newest.channels)]
        return FeedItem(
            id=f"tag:{self._facts.authority},{self._opened[story]:%Y-%m-%d}:axiswatch/story/{story}",
            title=newest.title,
            link=newest.link or page,
            page=page,
            published=first.told_at,
            updated=self._updated(story),
            content=feed_entry(newest, page),
            tags=tuple(dict.fromkeys(tags)),
        )

    def _updated(self, story: str) -> datetime:
        """When something new was told of it last: being told again is not enough."""
        tellings = self._told[story]
        return next((each.told_at for each in tellings if each.is_update and each.update), tellings[-1].told_at)

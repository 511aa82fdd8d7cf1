"""The content of an edition, and the edition that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from flows.digest.content.activity import ClaimActivity, Levels, Matrix
from flows.digest.content.followed import FollowedThread
from flows.digest.content.footer import CoverageContent, JudgingModel, UnknownLanguages
from flows.digest.content.front import Front
from flows.digest.content.record import ABSENT, Record, keyed
from flows.digest.content.story import NearMiss, RepeatedStory, StoryContent, Trace
from flows.digest.content.week import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowContent(Record):
    """What the edition covers: ``start`` and ``end`` in ISO 8601 (UTC), and both as clocks of its zone show them."""

    start: str
    end: str
    local_start: str = field(metadata=keyed("from"))
    local_end: str = field(metadata=keyed("to"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Record):
    """``flagged`` entries; of ``stories`` (``updates`` among them) some are ``shown``, the others held back."""

    flagged: int
    stories: int
    shown: int
    held_back: int
    held_back_entries: int
    outlets: int
    max_stories: int
    updates: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryGroup(Record):
    """Stories under one heading: those of a partner (an id, or empty), those that lead the edition, those that go on
    ("under way"), or those that only perhaps belong in it ("perhaps")."""

    partner: str
    name: str
    stories: tuple[StoryContent, ...]
    leads: bool = False
    part: Literal["", "under way", "perhaps"] = field(default="", metadata=ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(Record):
    """Stories told before that go on without news, by name and with the reason; all of them counted, and their
    entries."""

    total: int = 0
    entries: int = 0
    stories: tuple[RepeatedStory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Late(Record):
    """Stories published more than ``hours`` before the window, the first of them; all counted, and their entries."""

    hours: int | None = None
    stories: tuple[StoryContent, ...] = ()
    total: int = 0
    entries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Record):
    """A picture: ``cid`` by which a page names it, ``type`` as in ``image/png``, ``data`` in base64, its size in CSS
    pixels, and ``alt``, its figures in words."""

    cid: str
    type: str
    title: str
    alt: str
    width: int
    height: int
    data: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionContent(Record):
    """Everything that a rendering shows of an edition, chosen, ordered, cut and cleaned.

    ``marks`` are lines at its head that say what is particular about it; ``view`` is the part that one reader wishes
    to see, in words. ``images`` and ``past`` are None where the edition is an alert: it has no pictures and no day.
    ``headline`` is that of an alert. ``desk_is_local`` belongs to the links of near misses. ``page`` is its address on
    the web. ``front`` is None in older editions: they begin with ``overview``, which the others show with the figures.
    ``week`` is what a weekly edition tells, ``followed`` the thread that a mail of one tells; None in all others.
    """

    format: int
    name: str
    title: str
    day: str
    time_zone: str
    window: WindowContent
    counts: Counts
    groups: tuple[StoryGroup, ...]
    coverage: CoverageContent
    model: JudgingModel | None
    overview: tuple[str, ...] = ()
    claims: ClaimActivity = field(default_factory=ClaimActivity)
    repeated: Repeated = field(default_factory=Repeated)
    late: Late = field(default_factory=Late)
    near: tuple[NearMiss, ...] = ()
    levels: Levels = field(default_factory=Levels)
    matrix: Matrix = field(default_factory=Matrix, metadata=keyed("grid"))
    languages: UnknownLanguages = field(default_factory=UnknownLanguages)
    page: str = ""
    trace: tuple[Trace, ...] = ()
    marks: tuple[str, ...] = field(default=(), metadata=ABSENT)
    images: tuple[Image, ...] | None = field(default=None, metadata=ABSENT)
    past: bool | None = field(default=None, metadata=ABSENT)
    desk_is_local: bool | None = field(default=None, metadata=ABSENT)
    view: str = field(default="", metadata=ABSENT)
    headline: str = field(default="", metadata=ABSENT)
    front: Front | None = field(default=None, metadata=ABSENT)
    week: Week | None = field(default=None, metadata=ABSENT)
    followed: FollowedThread | None = field(default=None, metadata=ABSENT)

    def told(self) -> Iterator[StoryContent]:
        """The stories of its groups, in the order in which it shows them."""
        for group in self.groups:
            yield from group.stories

    def without_judge_links(self) -> EditionContent:
        """The same without the links by which a reader judges: for whom they lead nowhere, or who is not meant."""
        near = tuple(replace(story, judge=()) for story in self.near)
        groups = tuple(
            replace(group, stories=tuple(replace(story, judge=()) for story in group.stories)) for group in self.groups
        )
        return replace(self, near=near, groups=groups)


@dataclass(frozen=True, slots=True)
class TypedEdition:
    """What renderings and mails know of an edition: its name, when it was composed, its content."""

    name: str
    composed_at: datetime
    content: EditionContent

"""What the archive's pages show, as records: the same for a page on disk and for one that a server gives.

A path is relative to the root of the archive. Nothing here knows a reader, a token or a form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the archive by its name for readers."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """An outlet that tells a story, with the link to its own words (or an empty one)."""

    outlet: str
    link: str
    state_media: bool


@dataclass(frozen=True, slots=True)
class BearingView:
    """A claim that a story bears on, and how: "supports", "cuts against", "updates"."""

    claim: str
    place: Place
    stance: str


@dataclass(frozen=True, slots=True)
class PartView:
    """Another event of the thread, in a line: what it is beside the story, its headline, its outlet."""

    name: str
    headline: str
    gloss: str
    language: str
    link: str
    outlet: str
    news: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story as one edition tells it.

    ``story`` is its id, that of all its tellings. ``title`` is English where there is a gloss, then ``headline`` are
    the words of the outlet; ``language`` is the headline's (a tag, or empty), ``in_language`` its name for readers of
    English. ``act`` says who gives what to whom and how far that has come, ``update`` what is new since the telling
    before. ``told_at`` is when the edition was made (UTC), ``published`` what a reader sees of the source's own time.
    """

    story: str
    thread: Place
    edition: Place
    told_at: datetime
    is_alert: bool
    title: str
    headline: str
    language: str
    in_language: str
    link: str
    sources: tuple[SourceView, ...]
    sources_left: int
    outlets: int
    origins: int
    state_media_only: bool
    act: str
    is_update: bool
    update: str
    summary: str
    summary_language: str
    published: str
    percent: int
    partner_ids: tuple[str, ...]
    tied_ids: tuple[str, ...]
    channels: tuple[str, ...]
    bears: tuple[BearingView, ...]
    pairs: tuple[Place, ...]
    parts: tuple[PartView, ...]
    parts_left: int

    @property
    def is_glossed(self) -> bool:
        """Whether the title is ours and the headline another's."""
        return self.title != self.headline

    @property
    def dated(self) -> datetime:
        """By what lists show it."""
        return self.told_at

    @property
    def day(self) -> str:
        """``21 Nov 2026``."""
        return f"{self.told_at.day} {self.told_at:%b %Y}"


@dataclass(frozen=True, slots=True)
class ThreadView:
    """One development: its tellings, the newest first."""

    place: Place
    language: str
    tellings: tuple[StoryView, ...]
    claims: tuple[Place, ...]
    pairs: tuple[Place, ...]

    @property
    def newest(self) -> StoryView:
        """What was told of it last."""
        return self.tellings[0]

    @property
    def dated(self) -> datetime:
        """When it was told last."""
        return self.newest.told_at


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim: what it says, and the stories that bear on it, the newest first, each as it was told last."""

    id: str
    place: Place
    text: str
    stories: tuple[StoryView, ...]

    def stance(self, story: StoryView) -> str:
        """How the story bears on this claim."""
        return next((each.stance for each in story.bears if each.claim == self.id), "")

    def count(self, stance: str) -> int:
        """How many of the stories take that stance."""
        return sum(self.stance(each) == stance for each in self.stories)

    @property
    def in_words(self) -> str:
        """``3 support it, 1 cuts against it``; empty where there are no stories."""
        verbs = {"supports": "support", "cuts against": "cut", "updates": "update", "disputes": "dispute"}
        ends = {"supports": " it", "cuts against": " against it", "updates": " it", "disputes": " it"}
        told = ((self.count(stance), verb, ends[stance]) for stance, verb in verbs.items())
        return ", ".join(f"{count} {verb}{'s' if count == 1 else ''}{end}" for count, verb, end in told if count)


@dataclass(frozen=True, slots=True)
class PairView:
    """A partner and a channel: the stories that are of both, the newest first, each as it was told last."""

    place: Place
    partner: str
    channel: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in the list: its page, its day in words, what kind it is (empty for a daily one), what it tells."""

    name: str
    place: Place
    kind: str
    told: str
    told_at: datetime
    window_end: datetime

    @property
    def dated(self) -> datetime:
        """The day that it tells, not the one on which it was made."""
        return self.window_end


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """A feed in its two forms: what it is about, and the paths of both."""

    name: str
    atom: str
    json: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A partner and how many stories each channel has of it, with the pair's page where there is any."""

    partner: str
    cells: tuple[tuple[int, Place | None], ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """The front page: editions and threads, the newest first; claims; partner by channel; the feeds."""

    title: str
    editions: tuple[EditionLine, ...]
    threads: tuple[ThreadView, ...]
    threads_in_all: int
    claims: tuple[ClaimView, ...]
    channels: tuple[str, ...]
    grid: tuple[GridRow, ...]
    feeds: tuple[FeedPlace, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """All of the archive but the editions' own pages."""

    index: IndexView
    threads: tuple[ThreadView, ...]
    claims: tuple[ClaimView, ...]
    pairs: tuple[PairView, ...]

"""The records that travel between the rooms: frozen dataclasses, standard library only.

Every ``datetime`` in a record is aware and in UTC. Tuples stand where order matters and nothing changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from db.records.alarms import AlarmEvent as AlarmEvent
from db.records.alarms import BookedAlarm as BookedAlarm
from db.records.alarms import Telling as Telling
from db.records.editions import Delivery as Delivery
from db.records.editions import DeliveryState as DeliveryState
from db.records.editions import Edition as Edition
from db.records.editions import EditionKind as EditionKind
from db.records.follows import Follow as Follow
from db.records.follows import FollowEnd as FollowEnd
from db.records.follows import FollowMail as FollowMail
from db.records.tags import Tags
from db.records.unsubscriptions import Unsubscription as Unsubscription

FeedKind = Literal["wire", "press", "think_tank", "official", "state_media"]
PublishedStatus = Literal["stated", "absent", "future", "ancient"]
FetchOutcome = Literal["ok", "unchanged", "failed", "postponed"]
LabelValue = Literal["relevant", "not_relevant", "unsure"]
ModelStatus = Literal["candidate", "champion", "retired", "refused"]
ModelKind = Literal["trained", "refitted"]
"""Refitted: fitted again on the data of an earlier version, whose features or file can no longer be used."""
RunOutcome = Literal["running", "completed", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed as a person lists it: where it is and what kind of outlet speaks there."""

    url: str
    outlet: str
    country: str = ""
    language: str = ""
    kind: FeedKind = "press"
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscribed feed as the store knows it."""

    id: int
    url: str
    outlet: str
    country: str
    language: str
    kind: FeedKind
    topic: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One element of a feed, normalised and ready to be stored.

    ``keys`` are the identities by which the store recognises the entry again, strongest first; what each of them proves
    says `db.entry_keys`. There is at least one.
    """

    keys: tuple[str, ...]
    title: str
    summary: str = ""
    body: str = ""
    link: str = ""
    guid: str = ""
    author: str = ""
    language: str = ""
    published_at: datetime | None = None
    published_status: PublishedStatus = "absent"


Place = tuple[datetime, str, str, str, int]
"""See `Entry.place`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored entry with what its reader needs to know of the feed that it came from."""

    id: int
    feed_id: int
    outlet: str
    kind: FeedKind
    country: str
    title: str
    summary: str
    body: str
    link: str
    author: str
    language: str
    published_at: datetime | None
    published_status: PublishedStatus
    first_seen_at: datetime

    @property
    def appeared_at(self) -> datetime:
        """When it was published, or first seen where it does not say that."""
        return self.published_at or self.first_seen_at

    @property
    def place(self) -> Place:
        """An order in which it does not matter what was read first: of one moment by outlet and title."""
        return self.appeared_at, self.outlet, self.title, self.link, self.id

    @property
    def published_on(self) -> date | None:
        """The day on which it was published (UTC), where it says that."""
        return self.published_at.date() if self.published_at else None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt to read one feed: a row of the fetch log.

    ``seen`` elements stood in the body; ``capped`` of them were past the number that is taken, ``rejected`` could
    not be stored, for ``reasons`` (reason → count). ``new``, ``duplicate`` and ``edited`` are filled in by the store.
    """

    feed_id: int
    started_at: datetime
    outcome: FetchOutcome
    run_id: str = ""
    status: int | None = None
    bytes: int = 0
    milliseconds: int = 0
    final_url: str = ""
    error: str = ""
    seen: int = 0
    capped: int = 0
    rejected: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    new: int = 0
    duplicate: int = 0
    edited: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a set of fetches read and did not read: seen = new + duplicate + edited + capped + rejected."""

    feeds: int = 0
    read: int = 0
    unchanged: int = 0
    """How many fetches found that nothing had changed since the last one."""
    failed: int = 0
    seen: int = 0
    new: int = 0
    duplicate: int = 0
    edited: int = 0
    capped: int = 0
    rejected: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    """(outlet or address, newest error) of each feed of which no fetch succeeded."""
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that moved a score, in words a reader understands.

    ``weight`` is its share of the log-odds (positive: towards relevant). ``spans`` are character
    offsets (start, end) into the text that was scored (`classifiers.text.fold.entry_text`).
    """

    text: str
    weight: float
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """The judgement of one model version on one entry.

    ``partners`` are the partner ids that the text ties to the focus of the topic, strongest first.
    ``known_language`` is False where the lexicon does not cover the text's language: such a score is
    never to be read as "not relevant".
    """

    entry_id: int
    model_version: str
    probability: float
    flagged: bool
    review: bool
    language: str
    known_language: bool
    partners: tuple[str, ...]
    reasons: tuple[Reason, ...]
    scored_at: datetime
    tags: Tags = field(default_factory=Tags)
    """Given where someone will read them: flagged, or in the review band."""


@dataclass(frozen=True, slots=True)
class ScoredEntry:
    """A stored entry beside its score."""

    entry: Entry
    score: Score
    edited_at: datetime | None = None
    """Of an entry that was first flagged after an edit: when that was noticed."""


@dataclass(frozen=True, slots=True)
class Label:
    """A person's judgement of an entry. Labels are appended, never changed; the newest wins."""

    entry_id: int
    value: LabelValue
    labelled_at: datetime
    via: str = "command"
    labeller: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many story clusters that began on ``day`` are about one thing. ``kind``: all, partner, channel or claim;
    ``id``: which one."""

    day: date
    kind: str
    id: str
    stories: int


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A fitted model with its threshold, what it was trained on and what it reached."""

    id: str
    status: ModelStatus
    created_at: datetime
    threshold: float
    review_floor: float
    data_hash: str
    code_version: str
    spec: Mapping[str, Any]
    metrics: Mapping[str, Any]
    note: str = ""
    kind: ModelKind = "trained"

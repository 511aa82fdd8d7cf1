"""The state of things at one moment, as far as alarms are raised by it: plain records, which nothing here reads from
anywhere. A part that could not be looked at is None (or empty), and then nothing is raised or ended by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class FlowFailures:
    """A time in which runs of a flow failed: since when and until when, how often, the runs completed since, whether
    the flow works again by that (``over``), and what was said of the last failure."""

    flow: str
    since: datetime
    last: datetime
    failures: int
    completed: int
    over: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowTimes:
    """When a flow was last completed (None: never), and from when on it is late."""

    flow: str
    completed_at: datetime | None
    late_from: datetime


@dataclass(frozen=True, slots=True)
class WayCopies:
    """The copies of an edition that go by one way and whose hour has come: accepted ones, others, and what was last
    said of one of these."""

    way: str
    accepted: int
    others: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class DigestState:
    """The daily edition that was due last: its name, when it was due, whether it is there, its copies."""

    name: str
    due_at: datetime
    is_there: bool
    copies: tuple[WayCopies, ...] = ()


@dataclass(frozen=True, slots=True)
class DiskState:
    """Bytes of the disk of the store, and the folder by which it is named."""

    folder: str
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class FeedsState:
    """Feeds that are read, and those that failed twice in a row or more often."""

    feeds: int
    failing: int


@dataclass(frozen=True, slots=True)
class Retrained:
    """What the last completed run of retrain came to."""

    status: Literal["champion", "refused", "too few"]
    model: str
    note: str


@dataclass(frozen=True, slots=True)
class WatchState:
    """Everything. ``damage``: what is wrong with the store, empty where it is sound, None where that was not looked at.
    ``newest_entry_at``: of the newest entry, or when the first run began where there is none yet."""

    at: datetime
    failures: tuple[FlowFailures, ...] = ()
    times: tuple[FlowTimes, ...] = ()
    newest_entry_at: datetime | None = None
    feeds: FeedsState | None = None
    digest: DigestState | None = None
    disk: DiskState | None = None
    damage: str | None = None
    retrained: Retrained | None = None

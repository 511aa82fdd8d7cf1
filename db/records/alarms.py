"""The records of the book of alarms. `db.records` hands them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

AlarmEvent = Literal["raised", "recovered"]
TellingState = Literal["sending", "waiting", "accepted", "given_up"]
"""``sending``: it was leaving when its process ended, or is just now; ``waiting``: to be tried, or tried again."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Where one event of an alarm stands on one way out of this machine: tries, those of them after which nobody knows
    whether it has arrived (``unsure``), what was last said."""

    state: TellingState
    at: datetime
    tries: int = 0
    unsure: int = 0
    detail: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether it is not tried any more."""
        return self.state in ("accepted", "given_up")


@dataclass(frozen=True, slots=True)
class BookedAlarm:
    """One alarm: of what kind, of what, since when that holds, what was said of it when it was raised, and where each
    telling stands: (event, way) → telling. ``recovered_at`` is None while it is open; ``ending`` is what was said
    then."""

    kind: str
    subject: str
    since: datetime
    raised_at: datetime
    lines: tuple[str, ...]
    recovered_at: datetime | None = None
    ending: tuple[str, ...] = ()
    tellings: Mapping[tuple[AlarmEvent, str], Telling] = field(default_factory=dict)
    id: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """By which it is known while it is open: there is one alarm for a kind and a subject."""
        return self.kind, self.subject

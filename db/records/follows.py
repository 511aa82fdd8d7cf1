"""The records of readers who follow threads. `db.records` hands them on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FollowEnd = Literal["reader", "quiet", "unsubscribed", "same thread"]
"""Why nobody follows any more: the reader said so; nothing came for long; they get no mails at all; the thread became
one with another that they follow."""


@dataclass(frozen=True, slots=True)
class Follow:
    """That a reader follows a thread. ``story_id`` is the story cluster that opened it, ``known`` the ids of its
    entries that were there or told of when it was last looked at."""

    id: int
    story_id: int
    address: str
    followed_at: datetime
    looked_at: datetime
    known: frozenset[int]
    ended_at: datetime | None = None
    ended_by: FollowEnd | None = None


@dataclass(frozen=True, slots=True)
class FollowMail:
    """A mail of a thread: the name of its edition, when it was composed, and how many steps it tells."""

    edition: str
    composed_at: datetime
    steps: int

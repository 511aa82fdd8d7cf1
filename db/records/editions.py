"""The records of digests: the edition and where its copies stand. `db.records` hands them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

DeliveryState = Literal["prepared", "handed_over", "accepted", "refused", "deferred"]
EditionKind = Literal["daily", "recent", "recomposed", "reconstruction", "alert", "weekly", "lookback", "thread"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated sending: composed once, stored, rendered from the store. ``content`` is plain JSON.

    Daily ones follow each other without a gap; a recent one covers what came since the last; a recomposed one tells
    a day that has an edition again; a reconstruction tells a past day that had none; an alert tells one story; a weekly
    one tells what the daily ones of its week told, a lookback the same of a past week that had none; one of a thread
    tells one reader its next steps.
    """

    id: int
    name: str
    window_start: datetime
    window_end: datetime
    composed_at: datetime
    model_version: str
    config_hash: str
    content: Mapping[str, Any]
    kind: EditionKind = "daily"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The state of one edition on its way to one recipient. ``way`` is the name of a way of delivery.

    ``attempts`` counts the tries; ``unsure`` those that ended after its content had begun to leave and before the
    answer came, so that it may have arrived. ``next_try_at`` is None where nothing is tried any more.
    """

    id: int
    edition_id: int
    recipient: str
    way: str
    state: DeliveryState
    message_id: str
    updated_at: datetime
    detail: str = ""
    attempts: int = 0
    unsure: int = 0
    next_try_at: datetime | None = None
    in_reply_to: str = ""

    @property
    def given_up(self) -> bool:
        """Whether it neither arrived nor was refused, and is tried no more."""
        return self.state == "deferred" and self.next_try_at is None

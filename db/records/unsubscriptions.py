"""The record of a reader who asked to get no more mails. `db.records` hands it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """One request. ``address`` is in lower case (casefolded); ``taken_back_at`` says when the operator undid it."""

    address: str
    asked_at: datetime
    taken_back_at: datetime | None = None

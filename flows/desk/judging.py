"""What the press of a button stores: a label, once."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from db import labels
from db.records import Label, LabelValue
from flows.desk.tokens import LIST


def keep(store: Database, edition: str, entry: int, verdict: LabelValue, now: datetime) -> bool:
    """Store the label; a second press of the same button stores nothing. False where there is no such entry."""
    via, note = ("desk", "") if edition == LIST else ("mail", f"edition {edition}")
    before = labels.newest_of(store, [entry]).get(entry)
    if before is not None and before.value == verdict:
        return True
    try:
        labels.append(store, Label(entry, verdict, now, via=via, note=note))
    except LookupError:
        return False
    return True

"""What the store holds of one claim: the entries that bear on it, newest first, with their acts and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from db import tags
from db.entries import ENTRY_COLUMNS, entry_from
from db.records import Entry
from db.records.tags import ClaimLink, Tags


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """An entry that bears on a claim: the link, and all that the entry is tagged with."""

    entry: Entry
    link: ClaimLink
    tags: Tags


def of_claim(store: Database, claim: str) -> list[ClaimEntry]:
    """The entries that bear on a claim, newest first."""
    rows = store.query(
        f"SELECT {ENTRY_COLUMNS} FROM entry_claims JOIN entries ON entries.id = entry_claims.entry_id"
        " JOIN feeds ON feeds.id = entries.feed_id WHERE entry_claims.claim = ?"
        " ORDER BY coalesce(entries.published_at, entries.first_seen_at) DESC, entries.id DESC",
        [claim],
    )
    entries = [entry_from(row) for row in rows]
    told = tags.of(store, [entry.id for entry in entries])
    return [
        ClaimEntry(entry, next(link for link in told[entry.id].claims if link.claim == claim), told[entry.id])
        for entry in entries
    ]

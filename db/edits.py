"""The table of edits: what stood in an entry before its feed changed it.

An edited entry keeps its id, its first-seen time and its date, takes the new text, and waits for a score again. What
counts are the fields in ``FIELDS``, and the link where it leads to another address than any that is known of the
entry; links that differ in their tracking alone do not. A version that stood there before is no edit: a feed that
flaps between two of them leaves one row and not one for each pass. So is what stood there before `db.pruning` gave up
the body.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from db.full_text import pairs
from db.records import NewEntry
from db.times import to_text

FIELDS = ("title", "summary", "body", "author")
MOST_EDITS = 50
"""Edits kept of one entry. One that changes more often (a counter in the text, a ticker) stays as it was then."""


def edit(
    connection: sqlite3.Connection,
    entry_id: int,
    feed_id: int,
    entry: NewEntry,
    now: datetime,
    *,
    leads_elsewhere: bool,
) -> bool:
    """Bring a stored entry in line with how its own feed shows it now; returns whether that was an edit.

    ``leads_elsewhere``: its link is to an address that was not known. Another feed's copy of it changes nothing.
    Part of a write transaction.
    """
    stored = connection.execute(
        f"SELECT {', '.join((*FIELDS, 'link'))} FROM entries WHERE id = ? AND feed_id = ?", (entry_id, feed_id)
    ).fetchone()
    if stored is None:
        return False
    *text, link = stored
    leads_elsewhere = leads_elsewhere and link != entry.link
    shown = [getattr(entry, name) for name in FIELDS]
    is_reworded = text != shown
    if not (is_reworded or leads_elsewhere) or not _is_unheard_of(connection, entry_id, shown):
        return False
    changes = {name: old for name, old, new in zip(FIELDS, text, shown, strict=True) if old != new}
    if leads_elsewhere:
        changes["link"], link = link, entry.link
    # Where only the link changes, the text stays current, and its hash must not count as that of a former version.
    version = version_of(text if is_reworded else [*text, changes["link"]])
    connection.execute(
        "INSERT INTO entry_edits (entry_id, edited_at, version, changes) VALUES (?, ?, ?, ?)",
        (entry_id, to_text(now), version, json.dumps(changes, ensure_ascii=False)),
    )
    _update(connection, entry_id, entry, link)
    return True


def _is_unheard_of(connection: sqlite3.Connection, entry_id: int, shown: list[str]) -> bool:
    edits = {row[0] for row in connection.execute("SELECT version FROM entry_edits WHERE entry_id = ?", (entry_id,))}
    pruned = {row[0] for row in connection.execute("SELECT version FROM pruned_bodies WHERE entry_id = ?", (entry_id,))}
    return version_of(shown) not in edits | pruned and len(edits) < MOST_EDITS


def _update(connection: sqlite3.Connection, entry_id: int, entry: NewEntry, link: str) -> None:
    text = pairs(f"{entry.title}\n{entry.summary}")
    connection.execute(
        "UPDATE entries SET title = ?, summary = ?, body = ?, author = ?, link = ?, pairs = ? WHERE id = ?",
        (entry.title, entry.summary, entry.body, entry.author, link, text, entry_id),
    )
    connection.execute("INSERT INTO unscored (entry_id) VALUES (?) ON CONFLICT DO NOTHING", (entry_id,))


def version_of(fields: Sequence[str]) -> str:
    """The hash by which a version of an entry is known again."""
    return hashlib.blake2b("\0".join(fields).encode(errors="surrogatepass"), digest_size=12).hexdigest()

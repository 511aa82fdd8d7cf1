"""The table of entries, and the one transaction in which a feed's batch is written."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from sqlite_utils import Database

from db.connect import writing
from db.edits import edit
from db.entry_keys import find as find_keys
from db.entry_keys import remember
from db.feed_days import add, day_of
from db.full_text import index, match_query, pairs
from db.records import Entry, Fetch, NewEntry
from db.times import to_moment, to_text

EntryOutcome = Literal["new", "duplicate", "edited"]
ENTRY_COLUMNS = (
    "entries.id, entries.feed_id, feeds.outlet, feeds.kind, feeds.country, entries.title, entries.summary,"
    " entries.body, entries.link, entries.author, entries.language, entries.published_at, entries.published_status,"
    " entries.first_seen_at"
)
"""What `entry_from` reads; needs ``entries JOIN feeds``."""
RANKED = 20_000
"""Entries that a search ranks: a word that all of a million hold takes a twentieth of a second, and all of them 1.6."""


def append_batch(store: Database, fetch: Fetch, batch: Sequence[NewEntry], now: datetime) -> Fetch:
    """Store what one fetch brought and log the fetch, in one transaction.

    An entry that is known by its keys (see `db.entry_keys`) is a duplicate; those that it shows for the first time are
    remembered, so that a feed may change its guids and later its links. One that its own feed has changed since is an
    edit (see `db.edits`). Returns the fetch with the counts as stored.
    """
    counts, days, met = Counter[EntryOutcome](), Counter[date](), set[int]()
    with writing(store) as connection:
        for entry in batch:
            kind, is_fresh = _append(connection, fetch.feed_id, entry, now, met)
            counts[kind] += 1
            if is_fresh and (day := day_of(entry, now)):
                days[day] += 1
        add(connection, fetch.feed_id, days)
        logged = replace(fetch, new=counts["new"], duplicate=counts["duplicate"], edited=counts["edited"])
        _log(connection, logged)
    return logged


def _append(
    connection: sqlite3.Connection, feed_id: int, entry: NewEntry, now: datetime, met: set[int]
) -> tuple[EntryOutcome, bool]:
    """What the entry was, and whether it is new by any of its keys. ``met`` are the ids that the batch has touched."""
    known = find_keys(connection, entry)
    is_new = known.entry_id is None
    entry_id = _insert(connection, feed_id, entry, now) if known.entry_id is None else known.entry_id
    remembered = remember(connection, entry, entry_id, known)
    is_elsewhere = any(key[:2] in ("u:", "a:") for key in remembered)
    # One document may hold an entry twice: the first of them counts, or they would edit each other for ever.
    is_edit = (
        not is_new
        and entry_id not in met
        and edit(connection, entry_id, feed_id, entry, now, leads_elsewhere=is_elsewhere)
    )
    met.add(entry_id)
    return "new" if is_new else "edited" if is_edit else "duplicate", is_new or bool(remembered)


def append_past(connection: sqlite3.Connection, feed_id: int, entry: NewEntry) -> bool:
    """Store an entry of the past, first seen when it was published; returns whether it is new.

    One that is known by its keys is a duplicate, never an edit: what is stored is younger than an archive. ``entry``
    has a date. Part of a write transaction.
    """
    assert entry.published_at is not None
    known = find_keys(connection, entry)
    is_new = known.entry_id is None
    entry_id = _insert(connection, feed_id, entry, entry.published_at) if known.entry_id is None else known.entry_id
    remember(connection, entry, entry_id, known)
    return is_new


def _insert(connection: sqlite3.Connection, feed_id: int, entry: NewEntry, now: datetime) -> int:
    paired = pairs(f"{entry.title}\n{entry.summary}")
    cursor = connection.execute(
        "INSERT INTO entries (feed_id, guid, link, title, summary, body, author, language,"
        " published_at, published_status, first_seen_at, pairs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            feed_id,
            entry.guid,
            entry.link,
            entry.title,
            entry.summary,
            entry.body,
            entry.author,
            entry.language,
            None if entry.published_at is None else to_text(entry.published_at),
            entry.published_status,
            to_text(now),
            paired,
        ),
    )
    assert cursor.lastrowid is not None  # it was an INSERT
    index(connection, cursor.lastrowid, entry.title, entry.summary, paired)
    connection.execute("INSERT INTO unscored (entry_id) VALUES (?)", (cursor.lastrowid,))
    return cursor.lastrowid


def _log(connection: sqlite3.Connection, fetch: Fetch) -> None:
    connection.execute(
        "INSERT INTO fetches (feed_id, run_id, started_at, outcome, status, bytes, milliseconds, final_url, error,"
        " seen, new, duplicate, edited, capped, rejected, reasons)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            fetch.feed_id,
            fetch.run_id,
            to_text(fetch.started_at),
            fetch.outcome,
            fetch.status,
            fetch.bytes,
            fetch.milliseconds,
            fetch.final_url,
            fetch.error,
            fetch.seen,
            fetch.new,
            fetch.duplicate,
            fetch.edited,
            fetch.capped,
            fetch.rejected,
            json.dumps(dict(fetch.reasons), sort_keys=True),
        ),
    )


def unscored(store: Database, batch_size: int) -> Iterator[list[Entry]]:
    """The entries that wait for a score, oldest first, in batches. Between two batches the caller is expected
    to have stored the scores of the first: an entry that is still waiting is passed over, not given again."""
    last_id = 0
    while True:
        rows = store.query(
            f"SELECT {ENTRY_COLUMNS} FROM unscored JOIN entries ON entries.id = unscored.entry_id"
            " JOIN feeds ON feeds.id = entries.feed_id WHERE unscored.entry_id > ?"
            " ORDER BY unscored.entry_id LIMIT ?",
            [last_id, batch_size],
        )
        batch = [entry_from(row) for row in rows]
        if not batch:
            return
        yield batch
        last_id = batch[-1].id


def count_unscored(store: Database) -> int:
    """How many entries wait for a score."""
    return int(next(store.query("SELECT count(*) AS n FROM unscored"))["n"])


def seen_between(store: Database) -> tuple[datetime, datetime] | None:
    """When the first and the last entry were first seen; None where there is none."""
    row = next(store.query("SELECT min(first_seen_at) AS first, max(first_seen_at) AS last FROM entries"))
    return (to_moment(row["first"]), to_moment(row["last"])) if row["first"] else None


def find(store: Database, entry_id: int) -> Entry | None:
    """The entry with that id, or None."""
    rows = store.query(
        f"SELECT {ENTRY_COLUMNS} FROM entries JOIN feeds ON feeds.id = entries.feed_id WHERE entries.id = ?", [entry_id]
    )
    return next((entry_from(row) for row in rows), None)


def entries_of(store: Database, entry_ids: Sequence[int]) -> list[Entry]:
    """The entries with these ids, by id; those that are not there are left out."""
    rows = store.query(
        f"SELECT {ENTRY_COLUMNS} FROM json_each(?) JOIN entries ON entries.id = json_each.value"
        " JOIN feeds ON feeds.id = entries.feed_id ORDER BY entries.id",
        [json.dumps(list(entry_ids))],
    )
    return [entry_from(row) for row in rows]


def count_seen(store: Database, start: datetime, end: datetime) -> int:
    """How many entries were first seen in [start, end)."""
    found = store.execute(
        "SELECT count(*) FROM entries WHERE first_seen_at >= ? AND first_seen_at < ?", [to_text(start), to_text(end)]
    )
    return int(found.fetchone()[0])


def first_seen(store: Database) -> datetime | None:
    """When the oldest entry was first seen, or None where there is none."""
    found = store.execute("SELECT min(first_seen_at) FROM entries").fetchone()[0]
    return None if found is None else to_moment(found)


def count_archived(store: Database, start: datetime, end: datetime) -> int:
    """How many of those first seen in [start, end) came from archives: they count as seen when they were published."""
    found = store.execute(
        "SELECT count(*) FROM entries WHERE first_seen_at >= ? AND first_seen_at < ?"
        " AND published_at = first_seen_at AND published_status = 'stated'",
        [to_text(start), to_text(end)],
    )
    return int(found.fetchone()[0])


def newest_seen(store: Database) -> datetime | None:
    """When the newest entry was first seen; None in an empty store."""
    found = store.execute("SELECT max(first_seen_at) FROM entries").fetchone()[0]
    return None if found is None else to_moment(found)


def search(store: Database, words: str, limit: int = 20) -> list[Entry]:
    """Entries whose title or summary hold all the words, best first; of words that more entries hold than are
    ``RANKED``, the best of the newest. What a user typed is never taken for syntax."""
    query = match_query(words)
    if not query:
        return []
    rows = store.query(
        "WITH newest AS MATERIALIZED (SELECT rowid AS id, rank AS place FROM entries_fts WHERE entries_fts MATCH ?"
        f" ORDER BY rowid DESC LIMIT {RANKED}) SELECT {ENTRY_COLUMNS} FROM newest JOIN entries USING (id)"
        " JOIN feeds ON feeds.id = entries.feed_id ORDER BY newest.place, newest.id LIMIT ?",
        [query, limit],
    )
    return [entry_from(row) for row in rows]


def entry_from(row: Mapping[str, Any]) -> Entry:
    """A row of ``ENTRY_COLUMNS`` as a record."""
    return Entry(
        id=row["id"],
        feed_id=row["feed_id"],
        outlet=row["outlet"],
        kind=row["kind"],
        country=row["country"],
        title=row["title"],
        summary=row["summary"],
        body=row["body"],
        link=row["link"],
        author=row["author"],
        language=row["language"],
        published_at=None if row["published_at"] is None else to_moment(row["published_at"]),
        published_status=row["published_status"],
        first_seen_at=to_moment(row["first_seen_at"]),
    )

"""Addresses in the store that are spelled otherwise than they would be today, and how they come to one spelling.

How an address is spelled is for the parser to say; here stands only what has to be altered together.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

from db.connect import writing
from db.records import NewEntry
from db.times import to_moment

_ENTRIES = (
    "SELECT feed_id, id, link, guid, title, published_at FROM entries WHERE (instr(link, '://%') AND id IN"
    " (SELECT entry_id FROM entry_keys WHERE key >= 'u:%' AND key < 'u:&'))"
)


def feed_addresses(store: Database) -> dict[int, str]:
    """The address of every feed by its id, in the order of their ids."""
    return {row["id"]: row["url"] for row in store.query("SELECT id, url FROM feeds ORDER BY id")}


def rename_feed(store: Database, feed_id: int, url: str) -> bool:
    """Give the feed that address; False, and nothing altered, where another feed has it."""
    with writing(store) as connection:
        taken = connection.execute("SELECT 1 FROM feeds WHERE url = ?", [url]).fetchone()
        if taken is None:
            connection.execute("UPDATE feeds SET url = ? WHERE id = ?", [url, feed_id])
        return taken is None


def entries_to_respell(store: Database, feed_ids: Sequence[int]) -> list[tuple[int, int, NewEntry]]:
    """What these feeds brought, and what is linked to a host that is percent-encoded, whoever brought it: the ids of
    feed and entry, and of the entry what its keys are made of (link, guid, title, date)."""
    # The entries of a feed are found by reading all entries, which every pass would do without need.
    theirs = " OR feed_id IN (SELECT value FROM json_each(:feeds))" if feed_ids else ""
    rows = store.query(f"{_ENTRIES}{theirs} ORDER BY id", {"feeds": json.dumps(list(feed_ids))})
    return [
        (
            row["feed_id"],
            row["id"],
            NewEntry(
                keys=(),
                title=row["title"],
                link=row["link"],
                guid=row["guid"],
                published_at=to_moment(row["published_at"]) if row["published_at"] else None,
            ),
        )
        for row in rows
    ]


def respell_entry(store: Database, entry_id: int, link: str, keys: Sequence[str]) -> None:
    """Give the entry that link, and have it known by these keys as well; a key of another entry stays that one's."""
    with writing(store) as connection:
        connection.execute("UPDATE entries SET link = ? WHERE id = ?", [link, entry_id])
        connection.executemany(
            "INSERT INTO entry_keys (key, entry_id) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
            [(key, entry_id) for key in keys],
        )

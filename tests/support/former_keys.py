"""Stores as they were while any key that was known made a duplicate: the rules of keys as they stood until then."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from classifiers.text.letters import letters_and_digits
from db import feeds
from db.connect import writing
from db.full_text import index
from db.records import FeedSpec, NewEntry
from db.times import to_text
from flows.feeds.parsing.links import identity, web_address
from tests.support.feed_documents import NOW


def store_as_before(store: Database, url: str, entries: Sequence[NewEntry], day: str | None = None) -> int:
    """Put the entries of a document of the feed ``url`` into the store as it was done before; returns how many it took
    for new. ``day`` is the day that was read of their dates, where that was another than now."""
    others = [FeedSpec(feed.url, feed.outlet) for feed in feeds.enabled(store) if feed.url != url]
    feed_id = feeds.subscribe(store, [*others, FeedSpec(url, url)], NOW)[-1].id
    new = 0
    with writing(store):
        for entry, keys in zip(entries, _keys(entries, url, day), strict=True):
            known = [row["entry_id"] for key in keys for row in store["entry_keys"].rows_where("key = ?", [key])]
            entry_id = known[0] if known else _insert(store, feed_id, entry)
            new += not known
            for key in keys:
                store.execute("INSERT INTO entry_keys VALUES (?, ?) ON CONFLICT (key) DO NOTHING", [key, entry_id])
    return new


def _insert(store: Database, feed_id: int, entry: NewEntry) -> int:
    published = None if entry.published_at is None else to_text(entry.published_at)
    cursor = store.execute(
        "INSERT INTO entries (feed_id, guid, link, title, summary, body, author, language, published_at,"
        " published_status, first_seen_at, pairs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        [
            *(feed_id, entry.guid, entry.link, entry.title, entry.summary, entry.body, entry.author, entry.language),
            *(published, entry.published_status, to_text(NOW)),
        ],
    )
    assert cursor.lastrowid is not None
    assert store.conn is not None
    index(store.conn, cursor.lastrowid, entry.title, entry.summary, "")
    return cursor.lastrowid


def _keys(entries: Sequence[NewEntry], url: str, day: str | None) -> Iterable[tuple[str, ...]]:
    feed = identity(url) or url
    addresses = [_addresses(entry) for entry in entries]
    by_guid: dict[str, set[str]] = defaultdict(set)
    by_address: dict[str, set[str]] = defaultdict(set)
    for entry, own in zip(entries, addresses, strict=True):
        by_guid[entry.guid].add(own[0] if own else entry.link or letters_and_digits(entry.title))
        for address in own:
            by_address[address].add(entry.guid or letters_and_digits(entry.title))
    for entry, own in zip(entries, addresses, strict=True):
        keys = [f"g:{_hash(feed, entry.guid)}"] if entry.guid and len(by_guid[entry.guid]) == 1 else []
        keys += [f"u:{address}" for address in own if len(by_address[address]) == 1]
        published = "" if entry.published_at is None else entry.published_at.date().isoformat()
        title = f"t:{_hash(feed, letters_and_digits(entry.title), published if day is None else day)}"
        yield tuple(keys) or (title,)


def _addresses(entry: NewEntry) -> tuple[str, ...]:
    found = [identity(entry.link)] if entry.link else []
    if entry.guid.startswith(("http://", "https://")):
        found.append(identity(web_address(entry.guid)))
    return tuple(dict.fromkeys(address for address in found if address))


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(errors="surrogatepass"), digest_size=10).hexdigest()

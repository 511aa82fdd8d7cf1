"""The table of feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.times import to_text
from db.types import Feed, FeedSpec


def subscribe(store: Database, specs: Sequence[FeedSpec], now: datetime) -> list[Feed]:
    """Bring the table in line with the configured list: new feeds are added, known ones described afresh,
    and those no longer listed disabled (their entries stay). Returns the enabled feeds in list order, each once."""
    with writing(store) as connection:
        connection.execute("UPDATE feeds SET enabled = 0")
        for spec in specs:
            connection.execute(
                "INSERT INTO feeds (url, outlet, country, language, kind, topic, enabled, added_at)"
                " VALUES (:url, :outlet, :country, :language, :kind, :topic, 1, :now)"
                " ON CONFLICT (url) DO UPDATE SET outlet = excluded.outlet, country = excluded.country,"
                " language = excluded.language, kind = excluded.kind, topic = excluded.topic, enabled = 1",
                {
                    "url": spec.url,
                    "outlet": spec.outlet,
                    "country": spec.country,
                    "language": spec.language,
                    "kind": spec.kind,
                    "topic": spec.topic,
                    "now": to_text(now),
                },
            )
        # In the transaction: another process may subscribe to another list at any time.
        known = {feed.url: feed for feed in enabled(store)}
    return [known[url] for url in dict.fromkeys(spec.url for spec in specs)]


def enabled(store: Database) -> list[Feed]:
    """The feeds that are read, in the order in which they were added."""
    return [_feed(row) for row in store.query("SELECT * FROM feeds WHERE enabled = 1 ORDER BY id")]


def _feed(row: Mapping[str, Any]) -> Feed:
    return Feed(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        country=row["country"],
        language=row["language"],
        kind=row["kind"],
        topic=row["topic"],
        enabled=bool(row["enabled"]),
    )

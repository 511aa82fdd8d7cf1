"""The table of feeds, read alone or with the state of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.feed_states import FeedState, ensure, state_from
from db.records import Feed, FeedSpec
from db.times import to_text

BEYOND = timedelta(days=9)
"""No check is put off for this long: a later time was written under a wrong clock, and the feed counts as due."""
_INSERT = (
    "INSERT INTO feeds (url, outlet, country, language, kind, topic, enabled, added_at)"
    " VALUES (:url, :outlet, :country, :language, :kind, :topic, :enabled, :now) ON CONFLICT (url) DO"
)
_FEED_STATE = "SELECT feed_states.*, feeds.* FROM feed_states JOIN feeds ON feeds.id = feed_states.feed_id"


def subscribe(store: Database, specs: Sequence[FeedSpec], now: datetime) -> list[Feed]:
    """Bring the table in line with the configured list: new feeds are added, known ones described afresh,
    and those no longer listed disabled (their entries stay). Returns the enabled feeds in list order, each once."""
    with writing(store) as connection:
        connection.execute("UPDATE feeds SET enabled = 0")
        for spec in specs:
            connection.execute(
                f"{_INSERT} UPDATE SET outlet = excluded.outlet, country = excluded.country,"
                " language = excluded.language, kind = excluded.kind, topic = excluded.topic, enabled = 1",
                _columns(spec, now, enabled=True),
            )
        ensure(connection, now)
        # In the transaction: another process may subscribe to another list at any time.
        known = {feed.url: feed for feed in enabled(store)}
    return [known[url] for url in dict.fromkeys(spec.url for spec in specs)]


def feed_of(store: Database, spec: FeedSpec, now: datetime) -> Feed:
    """The feed with that address, as it stands in the store; an unknown one is stored as disabled, so that it is never
    fetched."""
    with writing(store) as connection:
        connection.execute(f"{_INSERT} NOTHING", _columns(spec, now, enabled=False))
        return _feed(next(store.query("SELECT * FROM feeds WHERE url = ?", [spec.url])))


def _columns(spec: FeedSpec, now: datetime, *, enabled: bool) -> dict[str, Any]:
    return {**asdict(spec), "enabled": int(enabled), "now": to_text(now)}


def enabled(store: Database) -> list[Feed]:
    """The feeds that are read, in the order in which they were added."""
    return [_feed(row) for row in store.query("SELECT * FROM feeds WHERE enabled = 1 ORDER BY id")]


def due(store: Database, now: datetime) -> list[Feed]:
    """The enabled feeds whose next check has come and whose host has not asked for quiet, those that wait longest
    first."""
    rows = store.query(
        "SELECT feeds.* FROM feed_states JOIN feeds ON feeds.id = feed_states.feed_id"
        " LEFT JOIN host_pauses ON host_pauses.host = feed_states.host AND host_pauses.until > :now"
        " WHERE feed_states.feed_id IN (SELECT feed_id FROM feed_states WHERE next_check_at <= :now"
        " UNION ALL SELECT feed_id FROM feed_states WHERE next_check_at > :beyond)"
        " AND feeds.enabled = 1 AND host_pauses.host IS NULL ORDER BY feed_states.next_check_at, feeds.id",
        {"now": to_text(now), "beyond": to_text(now + BEYOND)},
    )
    return [_feed(row) for row in rows]


def with_states(store: Database, feed_ids: Sequence[int]) -> list[tuple[Feed, FeedState]]:
    """These feeds with their states, in the order of their ids."""
    rows = store.query(
        f"{_FEED_STATE} WHERE feed_states.feed_id IN (SELECT value FROM json_each(?)) ORDER BY feed_states.feed_id",
        [json.dumps(list(feed_ids))],
    )
    return [(_feed(row), state_from(row)) for row in rows]


def all_with_states(store: Database) -> list[tuple[Feed, FeedState]]:
    """Every enabled feed with its state, in the order of their ids."""
    rows = store.query(f"{_FEED_STATE} WHERE feeds.enabled = 1 ORDER BY feeds.id")
    return [(_feed(row), state_from(row)) for row in rows]


def needing_notice(store: Database, failures: int, successes: int) -> list[tuple[Feed, FeedState]]:
    """The enabled feeds, with their states, that need a notice: without one so far, those that are gone or have failed
    ``failures`` times in a row; after one, those that have answered ``successes`` times in a row."""
    rows = store.query(
        f"{_FEED_STATE} WHERE feeds.enabled = 1 AND ((feed_states.noticed_at IS NULL"
        " AND (feed_states.failures >= ? OR feed_states.gone_at IS NOT NULL))"
        " OR (feed_states.noticed_at IS NOT NULL AND feed_states.successes >= ?)) ORDER BY feeds.id",
        [failures, successes],
    )
    return [(_feed(row), state_from(row)) for row in rows]


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

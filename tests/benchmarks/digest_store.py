"""A store of many entries for the benchmark of the digest: every day the same number, so that only its age differs."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.connect import open_store
from db.records import ModelVersion
from db.times import to_text

END = datetime(2026, 11, 22, 6, tzinfo=UTC)
A_DAY, FLAGGED_EVERY, FEEDS, FETCHES_A_DAY = 2740, 20, 300, 24
"""A year of it is a million entries, of which fifty thousand are flagged."""
PARTNERS = ("china", "iran", "north_korea", "belarus", "india", "africa", "gulf", "brics_sco")
CHANNELS = ("arms", "troops", "dual_use", "energy_trade", "finance", "diplomacy", "exercises", "transport")
CLAIMS = ("troops-kp", "ammo-missiles", "energy-cn", "treaties", "visits", "fissures")
MODEL = ModelVersion("m-1", "champion", END, 0.6, 0.3, "", "", {}, {})


def fill(path: Path, entries: int) -> None:
    """Make the store at ``path``. The full-text index stays empty: no edition reads it."""
    store = open_store(path)
    connection = store.conn
    assert connection is not None
    for trigger in ("update", "delete"):
        connection.execute(f"DROP TRIGGER IF EXISTS entries_fts_{trigger}")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    with connection:
        _feeds(connection, entries)
        _many(connection, "entries", _entries(entries))
        _many(connection, "scores", _scores(entries))
        connection.execute(
            "INSERT INTO first_flagged SELECT entries.id, first_seen_at FROM scores JOIN entries"
            " ON entries.id = entry_id WHERE flagged = 1"
        )
        _stories(connection, entries)
    connection.execute("ANALYZE")
    store.close()


def _many(connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    first = next(rows)
    marks = ", ".join("?" * len(first))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", first)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _at(number: int, entries: int) -> str:
    """When the entry of that number was first seen: the last of them just before the end."""
    return to_text(END - timedelta(seconds=(entries - number) * 86400 / A_DAY + 1))


def _feeds(connection: sqlite3.Connection, entries: int) -> None:
    connection.executemany(
        "INSERT INTO feeds (id, url, outlet, country, language, kind, topic, enabled, added_at)"
        " VALUES (?, ?, ?, 'GB', 'en', 'press', '', 1, ?)",
        [(feed, f"https://feed{feed}.example/rss", f"Outlet {feed}", to_text(END)) for feed in range(1, FEEDS + 1)],
    )
    connection.execute(
        "INSERT INTO model_versions (id, status, created_at, threshold, review_floor, data_hash, code_version, spec,"
        " metrics, note) VALUES ('m-1', 'champion', ?, 0.6, 0.3, '', '', '{}', '{}', '')",
        [to_text(END)],
    )
    hours = entries * 24 // A_DAY
    connection.executemany(
        "INSERT INTO fetches (feed_id, run_id, started_at, outcome, status, bytes, milliseconds, final_url, error,"
        " seen, new, duplicate, edited, capped, rejected, reasons) VALUES (?, 'r', ?, 'ok', 200, 9, 9, '', '', 20, 1,"
        " 19, 0, 0, 0, '{}')",
        (
            (feed, to_text(END - timedelta(hours=back, seconds=1)))
            for back in range(hours)
            for feed in range(1 + back % 4, FEEDS + 1, 4)
        ),
    )


def _entries(entries: int) -> Iterator[tuple[object, ...]]:
    for number in range(1, entries + 1):
        moment = _at(number, entries)
        title = f"Headline {number // 40 if number % FLAGGED_EVERY == 0 else number} on Russia and a partner of it"
        summary = f"Report {number} says what was agreed in the talks, by whom, and what comes of it in the next year."
        yield (
            number, number % FEEDS + 1, str(number), f"https://news.example/{number}", title, summary, "", "", "en",
            moment, "stated", moment, "",
        )  # fmt: skip


def _scores(entries: int) -> Iterator[tuple[object, ...]]:
    reasons = json.dumps([["one sentence names Russia and China", 2.0, [[0, 9]]], ["delivery", 1.0, [[10, 19]]]])
    draw = random.Random(1)
    for number in range(1, entries + 1):
        flagged = number % FLAGGED_EVERY == 0
        probability = draw.uniform(0.6, 1) if flagged else draw.uniform(0, 0.6) ** 3
        partners = json.dumps([PARTNERS[number // 40 % len(PARTNERS)]] if flagged else [])
        review = int(not flagged and probability > 0.2)
        yield (
            number, number, "m-1", probability, int(flagged), review, "en", 1, partners, reasons, _at(number, entries)
        )  # fmt: skip


def _stories(connection: sqlite3.Connection, entries: int) -> None:
    """Two flagged entries a story, with tags and every other one with a claim."""
    flagged = range(FLAGGED_EVERY, entries + 1, FLAGGED_EVERY)
    connection.executemany(
        "INSERT INTO story_clusters (id, lead_entry_id, opened_at, last_joined_at) VALUES (?, ?, ?, ?)",
        ((each // 40, each, _at(each, entries), _at(each, entries)) for each in flagged if each % 40 == 0),
    )
    connection.executemany(
        "INSERT INTO cluster_entries (entry_id, cluster_id) VALUES (?, ?)", ((each, each // 40) for each in flagged)
    )
    connection.executemany(
        "INSERT INTO entry_tags (entry_id, kind, value, place, negated, spans) VALUES (?, ?, ?, ?, 0, '[[0, 5]]')",
        (
            (each, kind, value, place)
            for each in flagged
            for place, (kind, value) in enumerate(
                (("channel", CHANNELS[each // 40 % 7]), ("direction", "mutual"), ("status", "reported"))
            )
        ),
    )
    connection.executemany(
        "INSERT INTO entry_claims (entry_id, claim, stance, strength, reason, spans)"
        " VALUES (?, ?, 'supports', 0.8, 'named', '[]')",
        ((each, CLAIMS[each // 40 % len(CLAIMS)]) for each in flagged if each % 80 == 0),
    )

"""What a store can give up with age: the log of fetches and runs, the bodies of entries that came to nothing.

No row of entries, keys, scores, labels, stories, editions or deliveries is ever taken away: an entry is known again for
ever. A body is given up only where the entry was never flagged nor labelled, is in no story, waits for no score, and no
edition asked a reader to judge it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from db.connect import writing
from db.edits import FIELDS, version_of
from db.times import to_text

BATCH = 500
"""Rows changed in one transaction: some hundredths of a second in which nobody else writes, and a log of a few MB, for
which a nearly full disk still has room."""
APPENDED = ("entries", "entry_edits", "articles", "fetches")
"""The tables that lose something, to whose pages nothing is added afterwards."""
ROW_BYTES = 60
"""About what SQLite stores of a row of a log beside its texts: numbers, and its places in two indexes."""
_NOT_IN_USE = (
    "NOT EXISTS (SELECT 1 FROM first_flagged WHERE first_flagged.entry_id = {id})"
    " AND NOT EXISTS (SELECT 1 FROM labels WHERE labels.entry_id = {id})"
    " AND NOT EXISTS (SELECT 1 FROM cluster_entries WHERE cluster_entries.entry_id = {id})"
    " AND NOT EXISTS (SELECT 1 FROM unscored WHERE unscored.entry_id = {id})"
    " AND {id} NOT IN (SELECT value FROM json_each(:named))"
)
_BODIES = f"first_seen_at < :before AND body <> '' AND {_NOT_IN_USE.format(id='entries.id')}"
_EDITS = (
    f"edited_at < :before AND json_extract(changes, '$.body') <> '' AND {_NOT_IN_USE.format(id='entry_edits.entry_id')}"
)
_ARTICLES = f"tried_at < :before AND text <> '' AND {_NOT_IN_USE.format(id='articles.entry_id')}"
_FETCHES, _RUNS = "started_at < :before", "started_at < :before AND outcome <> 'running'"


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of what can be given up: what it is called, how many rows, about how many bytes."""

    name: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Ages:
    """What is older than these moments can be given up; None: nothing of it."""

    log: datetime | None
    bodies: datetime | None


@dataclass(frozen=True, slots=True)
class _Kind:
    """``where`` chooses rows of ``table`` by their ``key``, ``size`` sums their bytes, ``change`` gives up those whose
    keys are in a JSON list. ``has_names``: keys are texts, and not numbers from 1 on."""

    name: str
    table: str
    key: str
    where: str
    size: str
    change: str
    of_log: bool = False
    has_names: bool = False


_LOG_SIZE = f"coalesce(sum(length(CAST({{}} AS BLOB))), 0) + {ROW_BYTES} * count(*)"
_LISTED = "IN (SELECT value FROM json_each(?))"
_KINDS = (
    _Kind(
        "rows of the log of fetches",
        "fetches",
        "id",
        _FETCHES,
        _LOG_SIZE.format("run_id || started_at || final_url || error || reasons"),
        f"DELETE FROM fetches WHERE id {_LISTED}",
        of_log=True,
    ),
    _Kind(
        "rows of the log of runs",
        "runs",
        "id",
        _RUNS,
        _LOG_SIZE.format("id || flow || started_at || detail"),
        f"DELETE FROM runs WHERE id {_LISTED}",
        of_log=True,
        has_names=True,
    ),
    _Kind(
        "bodies of entries never flagged nor labelled",
        "entries",
        "id",
        _BODIES,
        "coalesce(sum(length(CAST(body AS BLOB))), 0)",
        f"UPDATE entries SET body = '' WHERE id {_LISTED}",
    ),
    _Kind(
        "bodies that stood in such entries before an edit",
        "entry_edits",
        "id",
        _EDITS,
        "coalesce(sum(length(CAST(json_extract(changes, '$.body') AS BLOB))), 0)",
        f"UPDATE entry_edits SET changes = json_remove(changes, '$.body') WHERE id {_LISTED}",
    ),
    _Kind(
        "articles behind such entries",
        "articles",
        "entry_id",
        _ARTICLES,
        "coalesce(sum(length(CAST(text AS BLOB))), 0)",
        f"DELETE FROM articles WHERE entry_id {_LISTED}",
    ),
)


def prunable(store: Database, ages: Ages) -> list[Part]:
    """What the store could give up, by kind; nothing is changed."""
    named = _named_by_editions(store)
    return [_counted(store, kind, before, named) for kind, before in _aged(ages)]


def _counted(store: Database, kind: _Kind, before: datetime, named: str) -> Part:
    found = store.execute(
        f"SELECT count(*), {kind.size} FROM {kind.table} WHERE {kind.where}", _told(kind, before, named)
    ).fetchone()
    return Part(kind.name, int(found[0]), int(found[1]))


def prune(store: Database, ages: Ages, now: datetime, progress: Callable[[int], None] = lambda _: None) -> int:
    """Give all of it up, in transactions of ``BATCH`` rows: a kill loses nothing, and the next call goes on. Returns
    the rows changed; ``progress`` hears of each batch how many. Raises StoreError."""
    named, changed = _named_by_editions(store), 0
    # Some builds of SQLite overwrite what is deleted with zeros, all of which goes through the log first.
    store.execute("PRAGMA secure_delete = FAST")
    for kind, before in _aged(ages):
        last: int | str = "" if kind.has_names else 0
        while keys := _next(store, kind, _told(kind, before, named) | {"last": last}):
            last = keys[-1]
            with writing(store) as connection:
                if kind.table == "entries":
                    _remember(store, keys, now)
                connection.execute(kind.change, [json.dumps(keys)])
            changed += len(keys)
            progress(len(keys))
    return changed


def _next(store: Database, kind: _Kind, told: dict[str, int | str]) -> list[int | str]:
    """The keys of the next batch, in order: those before ``last`` need not be looked at again."""
    where = f"{kind.key} > :last AND {kind.where}"
    chosen = f"SELECT {kind.key} FROM {kind.table} WHERE {where} ORDER BY {kind.key} LIMIT {BATCH}"
    return [row[0] for row in store.execute(chosen, told)]


def _aged(ages: Ages) -> list[tuple[_Kind, datetime]]:
    aged = [(kind, ages.log if kind.of_log else ages.bodies) for kind in _KINDS]
    return [(kind, before) for kind, before in aged if before is not None]


def _told(kind: _Kind, before: datetime, named: str) -> dict[str, int | str]:
    told: dict[str, int | str] = {"before": to_text(before)}
    return told if kind.of_log else told | {"named": named}


def _named_by_editions(store: Database) -> str:
    """The entries below the threshold that editions asked readers to judge, as a JSON list."""
    rows = store.execute(
        "SELECT DISTINCT json_extract(near.value, '$.entry')"
        " FROM editions, json_each(editions.content, '$.near') AS near"
    )
    return json.dumps([row[0] for row in rows if row[0] is not None])


def _remember(store: Database, keys: list[int | str], now: datetime) -> None:
    """Keep the hashes of the entries as they are: their feeds may go on showing them so."""
    rows = store.execute(
        f"SELECT id, {', '.join(FIELDS)} FROM entries WHERE id {_LISTED}", [json.dumps(keys)]
    ).fetchall()
    store.conn.executemany(
        "INSERT INTO pruned_bodies (entry_id, version, pruned_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(entry_id, version_of(fields), to_text(now)) for entry_id, *fields in rows],
    )

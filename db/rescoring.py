"""Stored entries scored anew, shard by shard: what a shard holds, and the one transaction in which it is written.

The scores of a shard and the mark behind it (in the log of runs) are committed together, so a run that is killed and
begun again neither leaves an entry out nor scores one twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db import models, runs
from db.connect import writing
from db.entries import ENTRY_COLUMNS
from db.scores import ScoreRows, append_rows, is_newest
from db.times import to_text

COLUMNS = tuple(column.rpartition(".")[2] for column in ENTRY_COLUMNS.split(", "))
"""The names of what a row of `rows_of` holds, in order: what `db.entries.entry_from` reads."""
Row = Sequence[Any]
_NEWEST = is_newest("first_flagged.entry_id")


@dataclass(frozen=True, slots=True)
class Shard:
    """The entries with ids from ``first`` to ``last``, both included. ``edits``: the newest edit before it was read."""

    first: int
    last: int
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Extent:
    """What there is to score: ids from ``first`` to ``last``, and how many entries in between are of the window."""

    first: int
    last: int
    entries: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a shard came to: entries ``scored``, of these ``flagged``, ``newly`` so and ``no_longer``. ``left`` were
    edited meanwhile or wait for a score anyway: whoever scores what waits has the newer text."""

    scored: int = 0
    flagged: int = 0
    newly: int = 0
    no_longer: int = 0
    left: int = 0


class ChampionChangedError(Exception):
    """Another model judges than the one that scored: what is scored from now on would be mixed."""


def extent(store: Database, start: datetime, end: datetime) -> Extent:
    """What was first seen in [start, end)."""
    found = store.execute(
        "SELECT coalesce(min(id), 1), coalesce(max(id), 0), count(*) FROM entries"
        " WHERE first_seen_at >= ? AND first_seen_at < ?",
        [to_text(start), to_text(end)],
    ).fetchone()
    return Extent(*map(int, found))


def newest_edit(store: Database) -> int:
    """The number of the newest edit, 0 where there is none: an entry with a later one is not what was read."""
    return int(store.execute("SELECT coalesce(max(id), 0) FROM entry_edits").fetchone()[0])


def read(store: Database, first: int, last: int, start: datetime, end: datetime) -> Iterator[Row]:
    """The entries of the ids ``first`` to ``last`` that were first seen in [start, end) and wait for no score, by id,
    as rows of ``COLUMNS``; read as they are asked for, all of one moment."""
    yield from store.execute(
        f"SELECT {ENTRY_COLUMNS} FROM entries JOIN feeds ON feeds.id = entries.feed_id"
        " WHERE entries.id BETWEEN ? AND ? AND entries.first_seen_at >= ? AND entries.first_seen_at < ?"
        " AND NOT EXISTS (SELECT 1 FROM unscored WHERE unscored.entry_id = entries.id) ORDER BY entries.id",
        [first, last, to_text(start), to_text(end)],
    )


def write(
    store: Database, model: str, shard: Shard, rows: ScoreRows, run_id: str, mark: Mapping[str, Any]
) -> dict[str, Any]:
    """Store the scores of a shard, and with them ``mark`` as what the run tells of itself, the counts of the shard
    added to those that it has (the fields of `Written`); returns it so. Entries' fingerprints are made anew when they
    are next asked for.

    Raises ChampionChangedError where ``model`` judges no longer, StoreError where nothing can be written.
    """
    with writing(store) as connection:
        champion = models.champion(store)
        if champion is None or champion.id != model:
            raise ChampionChangedError(
                f"the model {champion.id if champion else '?'} judges now, and no longer {model}"
            )
        sound = rows.without(_touched(store, shard))
        before, now = _flagged(store, sound), set(sound.flagged_ids())
        append_rows(store, sound)
        connection.execute("DELETE FROM signs WHERE entry_id BETWEEN ? AND ?", [shard.first, shard.last])
        left = len(rows.scores) - len(sound.scores)
        written = asdict(Written(len(sound.scores), len(now), len(now - before), len(before - now), left))
        told = {**mark, **{name: mark.get(name, 0) + number for name, number in written.items()}}
        runs.note(store, run_id, told)
    return told


def _touched(store: Database, shard: Shard) -> set[int]:
    """The entries of the shard that were edited after it was read."""
    found: Iterator[tuple[int]] = store.execute(
        "SELECT entry_id FROM unscored WHERE entry_id BETWEEN ?1 AND ?2"
        " UNION SELECT entry_id FROM entry_edits WHERE id > ?3 AND entry_id BETWEEN ?1 AND ?2",
        [shard.first, shard.last, shard.edits],
    )
    return {row[0] for row in found}


def _flagged(store: Database, rows: ScoreRows) -> set[int]:
    """Those of the entries that their newest score flags so far."""
    ids = rows.entry_ids()
    if not ids:
        return set()
    found = store.execute(
        "SELECT first_flagged.entry_id FROM first_flagged JOIN scores ON scores.entry_id = first_flagged.entry_id"
        f" WHERE first_flagged.entry_id BETWEEN ? AND ? AND scores.flagged = 1 AND {_NEWEST}",
        [ids[0], ids[-1]],
    )
    return {row[0] for row in found}.intersection(ids)

"""A store of our own examples, scored and clustered, for tests of what scores it again; and its tables as text."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from classifiers.relevance.examples import seed_examples
from db.connect import open_store
from db.records import NewEntry
from flows.config.settings import load_config
from flows.rescoring.pool import ScorePool
from flows.rescoring.rescore import Order, Rescored, Run, rescore
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.run_log import logged_run
from flows.stories.judging import judge_waiting
from tests.support.store_records import NOON, stored

EXAMPLES = 60
DAYS = (NOON - timedelta(days=10), NOON - timedelta(days=3))
"""When the first and the second half of the examples were first seen."""
SMALL = 7
"""Ids in a shard of the tests."""
TABLES = (
    *("first_flagged", "entry_tags", "entry_quantities", "entry_claims", "entry_frames"),
    *("story_clusters", "cluster_entries", "story_threads", "editions", "unscored", "unclustered"),
)


def make(folder: Path) -> Path:
    """A config beside a store of examples, judged by the model that is trained for it; returns the config."""
    config = folder / "axiswatch.toml"
    config.write_text(f"[desk]\nport = 0\n[scale]\nshard = {SMALL}\n", encoding="utf-8")
    (folder / "var").mkdir()
    current = load_config(config)
    examples = [
        NewEntry((f"g:{each.id}",), *each.text.partition("\n")[::2], language=each.language)
        for each in seed_examples()[:EXAMPLES]
    ]
    with closing(open_store(current.store.path)) as store:
        for day, half in zip(DAYS, (examples[: EXAMPLES // 2], examples[EXAMPLES // 2 :]), strict=True):
            stored(store, *half, at=day)
    judge_waiting(current, Clock(NOON.isoformat()))
    return config


def rescored(config: Path, order: Order, workers: int = 1, slow: bool = False) -> Rescored:
    """The examples scored again, in small shards; ``slow`` says a line for each that is written, and waits for one."""
    current, clock = config_at(str(config)), Clock((NOON + timedelta(hours=1)).isoformat())

    def hear(done: int, total: int) -> None:
        if slow:
            print(done, total, flush=True)
            sys.stdin.readline()

    with logged_run(current.store.path, "rescore", clock) as record, ScorePool(workers) as pool:
        run = Run(current.store.path, record.run_id, record.detail)
        return rescore(current, order, run, clock, pool.answers, hear)


def scores_of(store: Path) -> list[tuple[object, ...]]:
    """Every newest score with all that it says, by entry, but for its number and its moment."""
    return _rows(
        store,
        "SELECT entry_id, model_version, probability, flagged, review, language, known_language, partners, reasons"
        " FROM scores WHERE id IN (SELECT max(id) FROM scores GROUP BY entry_id) ORDER BY entry_id",
    )


def all_of(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that scoring writes, scores with their numbers and moments."""
    return {name: sorted(_rows(store, f"SELECT * FROM {name}"), key=repr) for name in (*TABLES, "scores")}


def spoil(store: Path) -> None:
    """Let the store be as an earlier model might have left it: it flagged the first half alone, and tagged nothing."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE scores SET probability = 0.01, flagged = 0, review = 0, reasons = '[]'")
        connection.execute("UPDATE scores SET probability = 0.9, flagged = 1 WHERE entry_id <= ?", [EXAMPLES // 2])
        for table in ("entry_tags", "entry_quantities", "entry_claims", "entry_frames"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute(
            "INSERT INTO first_flagged SELECT id, first_seen_at FROM entries WHERE id <= ? ON CONFLICT DO NOTHING",
            [EXAMPLES // 2],
        )
        for table in ("first_flagged", "cluster_entries"):
            connection.execute(f"DELETE FROM {table} WHERE entry_id > ?", [EXAMPLES // 2])


def _rows(store: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(query).fetchall()


def moment(days: float) -> datetime:
    """So many days before noon."""
    return NOON - timedelta(days=days)


if __name__ == "__main__":
    rescored(Path(sys.argv[1]), Order(), slow=True)

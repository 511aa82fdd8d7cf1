"""Several real processes at one store: first opens, writers side by side, a kill in mid-transaction."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db import entries, feeds, scores
from db.connect import open_store, writing
from db.migrations import SCRIPTS
from tests.support.store_records import MINUTE, NOON, feed, fetch_of, new_entry, score, stored, version

SPAWN = multiprocessing.get_context("spawn")
BATCHES, BATCH = 60, 50


def opens(path: Path, line: Connection) -> None:
    line.send("ready")
    line.recv()
    with closing(open_store(path)) as store:
        line.send([row["name"] for row in store.query("SELECT name FROM _sqlite_migrations ORDER BY id")])


def appends(path: Path, line: Connection) -> None:
    """Thousands of entries: half of each batch of its own, half of them shared with the other process."""
    name = SPAWN.current_process().name
    line.send("ready")
    line.recv()
    with closing(open_store(path)) as store:
        where = feeds.enabled(store)[0]
        for number in range(BATCHES):
            own = [new_entry(f"{name}-{number}-{each}") for each in range(BATCH // 2)]
            both = [new_entry(f"both-{number}-{each}", link=name) for each in range(BATCH // 2)]
            entries.append_batch(store, fetch_of(where, own + both), own + both, NOON)
    line.send("done")


def rescores(path: Path, line: Connection) -> None:
    """Scores written while another process writes the same ones."""
    line.send("ready")
    line.recv()
    with closing(open_store(path)) as store:
        waiting = [entry for batch in entries.unscored(store, 1000) for entry in batch]
        for entry in waiting:
            scores.append(store, [score(entry)])
    line.send("done")


def stops_in_mid_transaction(path: Path, line: Connection) -> None:
    line.send("ready")
    line.recv()
    with closing(open_store(path)) as store, writing(store) as connection:
        # So little cache that the pages of the open transaction are in the file already.
        connection.execute("PRAGMA cache_size = 5")
        batch = [new_entry(f"lost-{each}", summary="long " * 200) for each in range(2000)]
        entries.append_batch(store, fetch_of(feeds.enabled(store)[0], batch), batch, NOON)
        line.send("in the middle")
        line.recv()


def begun(path: Path, *works: Callable[[Path, Connection], None]) -> list[tuple[Any, Connection]]:
    """The works, each in a process that waits for its start."""
    started = []
    for work in works:
        here, there = SPAWN.Pipe()
        process = SPAWN.Process(target=work, args=(path, there), daemon=True)
        process.start()
        there.close()  # so that a process that dies ends the wait for it
        started.append((process, here))
    assert [line.recv() for _, line in started] == ["ready"] * len(works)
    return started


def together(path: Path, *works: Callable[[Path, Connection], None]) -> list[Any]:
    """What the works sent after they were let go at once."""
    started = begun(path, *works)
    for _, line in started:
        line.send("go")
    answers = [line.recv() for _, line in started]
    for process, _ in started:
        process.join()
    return answers


def count(store: Database, what: str) -> int:
    return int(store.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def test_two_first_opens_at_once_make_one_schema(path: Path) -> None:
    assert together(path, opens, opens) == [list(SCRIPTS)] * 2


def test_two_writers_lose_nothing(store: Database, path: Path) -> None:
    feed(store)
    assert together(path, appends, appends) == ["done", "done"]
    assert count(store, "entries") == BATCHES * BATCH // 2 * 3
    assert count(store, "entry_keys") == count(store, "unscored") == count(store, "entries")
    sums = store.execute("SELECT count(*), sum(seen), sum(new), sum(duplicate) FROM fetches").fetchone()
    assert sums == (2 * BATCHES, 2 * BATCHES * BATCH, count(store, "entries"), BATCHES * BATCH // 2)


def test_two_scorers_of_the_same_entries(store: Database, path: Path) -> None:
    version(store)
    stored(store, *[new_entry(str(each)) for each in range(300)])
    assert together(path, rescores, rescores) == ["done", "done"]
    assert count(store, "scores") == count(store, "unclustered") == 300
    assert count(store, "unscored") == 0


def test_a_kill_in_mid_transaction_leaves_what_was_committed(store: Database, path: Path) -> None:
    kept = stored(store, new_entry("kept"))
    ((process, line),) = begun(path, stops_in_mid_transaction)
    line.send("go")
    assert line.recv() == "in the middle"
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    store.close()
    with closing(open_store(path)) as again:
        assert again.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        again.execute("INSERT INTO entries_fts (entries_fts, rank) VALUES ('integrity-check', 1)")
        assert [count(again, table) for table in ("entries", "entry_keys", "unscored", "fetches")] == [1, 1, 1, 1]
        assert stored(again, new_entry("lost-0"), at=NOON + MINUTE)[0].id == kept[0].id + 1


def test_a_writer_that_reads_first_gets_its_turn(store: Database, path: Path) -> None:
    """In a deferred transaction that fails at once beside another writer, whatever the timeout."""
    feed(store)
    ((process, line),) = begun(path, appends)
    line.send("go")
    for number in range(200):
        with writing(store) as connection:
            connection.execute("SELECT count(*) FROM fetches").fetchone()
            connection.execute(
                "INSERT INTO runs (id, flow, started_at, outcome, detail) VALUES (?, '', '', 'running', '{}')", [number]
            )
    assert line.recv() == "done"
    process.join()
    assert count(store, "runs") == 200
    assert count(store, "entries") == BATCHES * BATCH

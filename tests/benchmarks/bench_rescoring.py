"""How long scoring stored entries again takes, beside scoring the same texts from memory with as many processes.

    python -m tests.benchmarks.bench_rescoring FOLDER [--entries 100000] [--times 3] [--dask]

The store is made in FOLDER unless one is there: our own examples among texts that name nobody, nine in ten. Timed is
from the plan to the last shard that is written, without Prefect's start; --dask has two workers of a local Dask cluster
score as well. The ways take turns, so that what else runs on the machine weighs on all; the seconds of cores tell more
than those of the clock where much does. Memory is that of this process and its workers, at its highest.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread

from classifiers.relevance.champion import ensure_champion
from classifiers.relevance.examples import seed_examples
from classifiers.relevance.model import Model
from classifiers.tagging.scoring import score_batch
from db import feeds
from db.connect import open_store
from db.entries import append_past, entry_from
from db.records import Entry, FeedSpec, NewEntry
from db.rescoring import COLUMNS, read
from flows.config.settings import load_config
from flows.rescoring.plan import Span
from flows.rescoring.pool import ScorePool
from flows.rescoring.rescore import Order, Run, rescore
from flows.runtime.clock import Clock
from flows.stories.judging import judge_waiting

WORKERS, BATCH, EVERY = 2, 1000, 10
SEEN = datetime(2026, 11, 1, tzinfo=UTC)
FILLER = "The council of the town met on the question of the new bridge and heard what its builders had to say of it. "


def main() -> None:
    """Print a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--dask", action="store_true")
    options = parser.parse_args()
    config = _made(options.folder, options.entries)
    ways: dict[str, Callable[[Path], float]] = {"from memory": _from_memory, "from the store": _from_store}
    if options.dask:
        ways["on two Dask workers"] = _on_dask
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ways}
    for name in itertools.chain.from_iterable([list(ways)] * options.times):
        found[name].append(_measured(ways[name], config))
        print(name, *(f"{part:.1f}" for part in found[name][-1]), flush=True)
    base_wall, base_busy = (min(each[part] for each in found["from memory"]) for part in (0, 1))
    for name, times in found.items():
        wall, busy, memory = (pick(each[part] for each in times) for part, pick in enumerate((min, min, max)))
        told = f"{wall:7.1f} s (x {wall / base_wall:.2f}), {busy:7.1f} s of cores (x {busy / base_busy:.2f})"
        print(f"{name:20} {told}, {memory:5.0f} MB", flush=True)


def _made(folder: Path, entries: int) -> Path:
    config = folder / "axiswatch.toml"
    if config.exists():
        return config
    (folder / "var").mkdir(parents=True)
    config.write_text("[desk]\nport = 0\n", encoding="utf-8")
    current = load_config(config)
    with closing(open_store(current.store.path)) as store:
        feed = feeds.subscribe(store, [FeedSpec("https://a.example/rss", "Outlet")], SEEN)[0].id
        examples = itertools.cycle(seed_examples())
        for start in range(0, entries, 10_000):
            store.execute("BEGIN IMMEDIATE")
            for number in range(start, min(start + 10_000, entries)):
                append_past(store.conn, feed, _entry(number, next(examples).text if number % EVERY == 0 else ""))
            store.execute("COMMIT")
    judge_waiting(current, Clock(SEEN.isoformat()))
    return config


def _entry(number: int, text: str) -> NewEntry:
    title, _, summary = (text or f"Report {number} of the town\n{FILLER * (1 + number % 4)}").partition("\n")
    return NewEntry((f"g:{number}",), title, summary, language="en", published_at=SEEN, published_status="stated")


def _measured(way: Callable[[Path], float], config: Path) -> tuple[float, float, float]:
    """Seconds that the way says, seconds of cores, and MB at the highest, of a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_in_child, args=(way, config, there))
    child.start()
    there.close()  # so that a child that breaks is heard of
    found: tuple[float, float, float] = here.recv()
    child.join()
    return found


def _in_child(way: Callable[[Path], float], config: Path, told: Connection) -> None:
    over, highest = Event(), [0]

    def watch() -> None:
        while not over.wait(0.2):
            highest[0] = max(highest[0], _memory_of_tree())

    watcher = Thread(target=watch)
    watcher.start()
    seconds = way(config)
    over.set()
    watcher.join()
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = sum(each.ru_utime + each.ru_stime for each in (mine, theirs))
    told.send((seconds, busy, highest[0] / 1e6))


def _memory_of_tree() -> int:
    """Bytes of this process and those that it has started, what they share counted once for each."""
    pages, waiting = 0, [os.getpid()]
    while waiting:
        pid = waiting.pop()
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return pages * resource.getpagesize()


def _from_memory(config: Path) -> float:
    current = load_config(config)
    span = Span()
    with closing(open_store(current.store.path)) as store:
        policy = current.classifier
        model = ensure_champion(store, policy.models, policy.target_recall, SEEN)
        rows = read(store, 1, 10**9, span.start, span.end)
        entries = [entry_from(dict(zip(COLUMNS, row, strict=True))) for row in rows]
    score_batch(model, entries[:BATCH], SEEN)  # what is read once is read
    context = multiprocessing.get_context("fork")
    began = time.perf_counter()
    running = [context.Process(target=_score_part, args=(model, entries, part)) for part in range(WORKERS)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    return time.perf_counter() - began


def _score_part(model: Model, entries: list[Entry], part: int) -> None:
    for start in range(part * BATCH, len(entries), WORKERS * BATCH):
        score_batch(model, entries[start : start + BATCH], SEEN)


def _from_store(config: Path) -> float:
    from flows.runtime.run_log import logged_run  # Prefect, which reads where its server is when it is imported

    current, clock, timer = load_config(config), Clock(), _Timer()
    with logged_run(current.store.path, "rescore", clock) as record, ScorePool(WORKERS) as pool:
        run = Run(current.store.path, record.run_id, record.detail)
        rescore(current, Order(anew=True), run, clock, pool.answers, timer)
    return timer.seconds


def _on_dask(config: Path) -> float:
    from flows.runtime.prefect_server import local_api

    own = config.with_name("dask.toml")
    own.write_text(config.read_text(encoding="utf-8") + f'[scale]\ndask = "local"\nworkers = {WORKERS}\n')
    timer = _Timer()
    with local_api(config.parent / "prefect", debug=False):
        from flows.rescore import on_progress
        from flows.rescore import rescore as rescore_flow

        on_progress.set(timer)
        asyncio.run(rescore_flow(config=str(own), anew=True))
    return timer.seconds


class _Timer:
    """Seconds from the first word of the progress to the last."""

    def __init__(self) -> None:
        self._heard: list[float] = []

    def __call__(self, _done: int, _total: int) -> None:
        self._heard.append(time.perf_counter())

    @property
    def seconds(self) -> float:
        return self._heard[-1] - self._heard[0]


if __name__ == "__main__":
    main()

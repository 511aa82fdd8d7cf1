"""A cold ingest beside lemon24/reader: ``python -m tests.benchmarks.bench_reader [FOLDER] [--feeds 300]``.

Both read the same feeds from the same loopback server (see `bench_ingest`) into a new store, in one run. Reader
fetches, parses and stores, by ``update_feeds`` with one worker, with as many as there are cores, and with 24 (ours has
as many connections); ours also scores. They take turns; the best of ``--rounds`` of each counts. The seconds of all
cores (user and system, children included) stand beside: on a busy machine they tell more than the wall. Reader is
no requirement of the tests: ``pip install -c constraints.txt -e '.[bench]'``.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.bench_ingest import CONCURRENCY, ingest, scoring, serve

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "feeds"


class ReaderPass(NamedTuple):
    """Wall seconds, the seconds of all cores, and how many entries the store then holds."""

    seconds: float
    cores: float
    entries: int


def cores() -> float:
    """Seconds that this process and its ended children have taken of any core."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def by_reader(urls: Sequence[str], workers: int) -> ReaderPass:
    """``update_feeds`` into a new store."""
    make_reader = importlib.import_module("reader").make_reader
    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(str(Path(folder) / "reader.db"))
        for url in urls:
            reader.add_feed(url)
        began, used = time.perf_counter(), cores()
        reader.update_feeds(workers=workers)
        done = ReaderPass(time.perf_counter() - began, cores() - used, reader.get_entry_counts().total)
        reader.close()
    return done


def by_us(urls: Sequence[str], score: Callable[[Path], None]) -> ReaderPass:
    """Our ingest into a new store, with the scoring of all that is stored."""
    used = cores()
    with tempfile.TemporaryDirectory() as folder:
        told = ingest(Path(folder) / "ours.db", urls, score)
    return ReaderPass(told.seconds, cores() - used, told.stored)


def main() -> int:
    """Print the walls and their ratios. Without reader or captures: one line, and no failure."""
    parser = argparse.ArgumentParser(description="A cold ingest beside lemon24/reader.")
    parser.add_argument("folder", type=Path, nargs="?", default=CAPTURES)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    if importlib.util.find_spec("reader") is None:
        print("passed over: reader is not installed; pip install -c constraints.txt -e '.[bench]'")
        return 0
    if not arguments.folder.is_dir():
        print(f"passed over: no captures at {arguments.folder}; name a folder of feed files")
        return 0
    here, there = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(arguments.folder, arguments.feeds, there), daemon=True
    )
    server.start()
    root = here.recv()
    compare([f"{root}/{number}" for number in range(arguments.feeds)], arguments.rounds)
    here.send("stop")
    server.join(5)
    return 0


def compare(urls: Sequence[str], rounds: int) -> None:
    """All of them in turn, so often; then the table."""
    score = scoring()
    ways: dict[str, Callable[[], ReaderPass]] = {
        f"reader, workers={workers}": partial(by_reader, urls, workers)
        for workers in sorted({1, os.cpu_count() or 1, CONCURRENCY})
    }
    ways["axiswatch, scored"] = partial(by_us, urls, score)
    took: dict[str, list[ReaderPass]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            took[name].append(way())
    ours = min(took["axiswatch, scored"])
    print(f"{len(urls)} feeds, {ours.entries} entries; best of {rounds}")
    for name in ways:
        best = min(took[name])
        print(
            f"{name:18} {best.seconds:6.2f} s ({best.cores:5.2f} s of cores)  {best.entries} entries;"
            f" ours is {ours.seconds / best.seconds:.2f} of it ({ours.cores / best.cores:.2f})"
        )


if __name__ == "__main__":
    sys.exit(main())

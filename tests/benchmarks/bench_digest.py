"""Composing and rendering an edition: ``python -m tests.benchmarks.bench_digest [--entries 1000000] [--keep FOLDER]``.

Both stores take in as much a day (137 flagged entries of 2,740) and differ in age alone: a year against some days.
Measured are reading the facts, composing, drawing the charts and rendering text, mail and page; what an edition costs
the first time in a process (imports included) is told apart. The bounds: 2 s, and 1.5 times the small store.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from db import editions
from db.connect import open_store
from tests.benchmarks.digest_store import END, fill

if TYPE_CHECKING:
    from flows.digest.content.edition import TypedEdition

SMALL = 10_000
MOST_SECONDS, MOST_TIMES = 2.0, 1.5
REPEATS = 5


@dataclass(frozen=True, slots=True)
class EditionMeasures:
    """Seconds of the first edition, and the best of those after it: facts, composing, charts, rendering."""

    first: float
    best: tuple[float, float, float, float]

    @property
    def total(self) -> float:
        """An edition in a process that has made one."""
        return sum(self.best)


def main() -> int:
    """Print both, and whether the bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="a folder in which the stores stay for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = (options.entries, SMALL)
        paths = [_stored(options.keep or Path(folder), size) for size in sizes]
        # Each in a process of its own, so that both have a first edition.
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
            large, small = processes.map(_measured, paths)
    for name, told in ((options.entries, large), (SMALL, small)):
        facts, composing, charts, rendering = told.best
        print(
            f"{name:>9,} entries: {told.total:.2f} s (facts {facts:.2f}, composing {composing:.2f},"
            f" charts {charts:.2f}, rendering {rendering:.2f}); the first in a process {told.first:.2f} s"
        )
    times = large.total / small.total
    holds = max(large.first, large.total) < MOST_SECONDS and times < MOST_TIMES
    print(f"large / small = {times:.2f} (at most {MOST_TIMES}); {'holds' if holds else 'DOES NOT HOLD'}")
    return 0 if holds else 1


def _stored(folder: Path, entries: int) -> Path:
    path = folder / f"digest-{entries}.db"
    if not path.exists():
        began = time.perf_counter()
        fill(path, entries)
        print(f"made a store of {entries:,} entries in {time.perf_counter() - began:.0f} s", flush=True)
        _earlier(path)
    return path


def _measured(path: Path) -> EditionMeasures:
    runs = [_edition(path) for _ in range(1 + REPEATS)]
    return EditionMeasures(sum(runs[0][:4]), min((run[:4] for run in runs[1:]), key=sum))


def _earlier(path: Path) -> None:
    """A week of editions before, which the new one holds its stories against."""
    from flows.digest.content.codec import to_json

    with closing(open_store(path)) as store:
        for back in range(7, 0, -1):
            content = to_json(_edition(path, back)[4].content)
            window = END - timedelta(days=back + 1), END - timedelta(days=back)
            name = f"{window[1]:%Y-%m-%d}"
            editions.insert(
                store, name=name, window=window, composed_at=END, model_version="m-1", config_hash="", content=content
            )


def _edition(path: Path, back: int = 0) -> tuple[float, float, float, float, TypedEdition]:
    began = time.perf_counter()
    from classifiers.tagging.watchlist import shipped
    from flows.config.settings import DigestSettings
    from flows.digest.compose.edition import compose
    from flows.digest.content.edition import TypedEdition
    from flows.digest.read_inputs import inputs_of
    from flows.digest.render.charts import illustrated
    from flows.digest.render.pages import render_pages, render_parts
    from flows.digest.window import Window

    end, settings = END - timedelta(days=back), DigestSettings()
    window = Window(end - timedelta(days=1), end)
    with closing(open_store(path)) as store:
        facts = inputs_of(store, settings, f"{end:%Y-%m-%d}", window, end, shipped())
    read = time.perf_counter()
    content = compose(facts, settings)
    composed = time.perf_counter()
    content = illustrated(content)
    drawn = time.perf_counter()
    edition = TypedEdition(facts.name, end, content)
    render_parts(edition)
    render_pages(edition)
    ended = time.perf_counter()
    return read - began, composed - read, drawn - composed, ended - drawn, edition


if __name__ == "__main__":
    sys.exit(main())

"""Scheduling N feeds of which 2 % are due: ``python -m tests.benchmarks.bench_schedule [--feeds 10000]``.

A pass is timed as the monitor does it, beyond the fetches: read the list, bring the table of feeds in line with it, ask
which are due, take their states, conclude. Writing the 2 % is timed apart. Peak memory is the process's.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from db import feed_states, feeds
from db.connect import open_store, writing
from db.records import Feed
from flows.config.settings import FeedsSettings, FetchSettings
from flows.feeds.schedule.notices import conclude
from flows.feeds.subscriptions.user_feeds import listed

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
SHARE = 50
"""One in so many is due."""


def write_list(file: Path, count: int) -> None:
    """A list of so many feeds on a tenth as many hosts."""
    tables = (
        f'[[feed]]\nurl = "https://h{n // 10}.example/feed/{n}"\noutlet = "Outlet {n}"\ncountry = "Norway"\n'
        for n in range(count)
    )
    file.write_text("".join(tables))


def prepared(store: Database, settings: FeedsSettings) -> None:
    """All feeds read before; one in ``SHARE`` is due."""
    subscribed = feeds.subscribe(store, listed(settings), NOW)
    with writing(store):
        for feed, state in feeds.with_states(store, [feed.id for feed in subscribed]):
            due_at = NOW - timedelta(minutes=1) if feed.id % SHARE == 0 else NOW + timedelta(hours=2)
            feed_states.save(store, replace(state, next_check_at=due_at, last_success_at=NOW, full_at=NOW, successes=9))


def scheduled(store: Database, settings: FeedsSettings) -> list[Feed]:
    """One scheduling pass."""
    feeds.subscribe(store, listed(settings), NOW)
    due = feeds.due(store, NOW)
    feeds.with_states(store, [feed.id for feed in due])
    conclude(store, "run", NOW, FetchSettings())
    return due


def timed(work: Callable[[], object]) -> float:
    """Wall seconds of the fastest of five."""
    seconds = []
    for _ in range(5):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=10_000)
    count = parser.parse_args().feeds
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feeds.toml"
        write_list(file, count)
        settings = FeedsSettings(file=file, added=Path(folder) / "none.toml")
        with closing(open_store(Path(folder) / "a.db")) as store:
            prepared(store, settings)
            due = scheduled(store, settings)
            whole = timed(lambda: scheduled(store, settings))
            asked = timed(lambda: feeds.due(store, NOW))
            reading = timed(lambda: listed(settings))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} feeds, {len(due)} due: a pass {whole:.3f} s (reading the list {reading:.3f} s),")
    print(f"asking which are due {asked * 1000:.1f} ms; peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()

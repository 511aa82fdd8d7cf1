"""Monitor: ingest, then classify. What runs every twenty minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from prefect import flow

from db.types import Coverage
from flows import classify, ingest
from flows.books import Clock, booked, settings, steps_aside


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the feeds: its run in the books, what was read, what was judged."""

    run_id: str
    coverage: Coverage
    judged: classify.Judged


@flow(name="monitor")
async def monitor(config: str = "", now: str = "") -> Pass | None:
    """Read every configured feed once and classify what is new; None where the run steps aside.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    Feeds that cannot be read do not fail the run: only our own faults do.
    """
    current, clock = settings(config), Clock(now)
    if steps_aside(current.store.path, "monitor", clock, timedelta(minutes=current.schedule.monitor_minutes)):
        return None
    with booked(current.store.path, "monitor", clock) as book:
        coverage = await ingest.read_all(config, current, book.run_id, clock)
        book.detail |= ingest.told(coverage)
        judged = await classify.judge(config, clock.now().isoformat())
        book.detail |= classify.told(judged)
    return Pass(book.run_id, coverage, judged)

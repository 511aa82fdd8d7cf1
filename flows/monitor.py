"""Monitor: ingest, then classify, then the post that is due. What runs every twenty minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from prefect import flow

from db.types import Coverage
from flows import classify, fulltext, ingest
from flows.books import Clock, alone, booked, settings, steps_aside
from flows.config import Config
from flows.flow_hooks import WATCHED, works
from flows.post import post_after_pass


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the feeds: its run in the books, what was read, what was judged."""

    run_id: str
    coverage: Coverage
    judged: classify.Judged


@flow(name="monitor", **WATCHED)
async def monitor(config: str = "", now: str = "", everything: bool = False) -> Pass | None:
    """Read the feeds that are due once and classify what is new; None where the run steps aside.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock);
    ``everything`` reads feeds that are not due as well. It steps aside where another process is reading. Feeds that
    cannot be read do not fail the run: only our own faults do.
    """
    current, clock = settings(config), Clock(now)
    if steps_aside(current.store.path, "monitor", clock, timedelta(minutes=current.schedule.monitor_minutes)):
        return None
    with alone(current.store.path, "monitor", clock) as is_alone:
        done = await _passed(config, current, clock, everything=everything) if is_alone else None
    if done is not None:
        await works(current, "monitor", clock.now(), config)
        await post_after_pass(current, clock)
    return done


async def _passed(config: str, current: Config, clock: Clock, *, everything: bool) -> Pass:
    with booked(current.store.path, "monitor", clock) as book:
        coverage = await ingest.read_all(config, current, book.run_id, clock, everything=everything)
        book.detail |= ingest.told(coverage)
        judged = await classify.judge(config, clock.now().isoformat())
        book.detail |= classify.told(judged)
        if current.fulltext.enabled:
            book.detail |= fulltext.told(await fulltext.read_wanted(config, clock.now().isoformat()))
    return Pass(book.run_id, coverage, judged)

"""Monitor: ingest, then classify, then the post that is due. What runs every twenty minutes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from db.records import Coverage
from flows import classify, ingest
from flows.articles.pipeline import Tally, read_articles
from flows.config.settings import Config
from flows.digest.pending import post_after_pass
from flows.runtime.clock import Clock
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.run_log import alone, booked, settings, steps_aside
from flows.stories.judging import Judged


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the feeds: its run in the books, what was read, what was judged."""

    run_id: str
    coverage: Coverage
    judged: Judged


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
            book.detail |= articles_told(await read_wanted(config, clock.now().isoformat()))
    return Pass(book.run_id, coverage, judged)


@task(name="read articles", cache_policy=NO_CACHE)
async def read_wanted(config: str, now: str) -> Tally:
    """Read the articles that are wanted; ``config`` is the path of a config file, ``now`` an ISO moment."""
    return await read_articles(settings(config), Clock(now).now())


def articles_told(tally: Tally) -> dict[str, object]:
    """The tally for the books."""
    return {"articles": asdict(tally)}

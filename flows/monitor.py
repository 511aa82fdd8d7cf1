"""Monitor: ingest, then classify, then send the mails that are due. What runs every twenty minutes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from db.records import Coverage
from flows import classify, ingest
from flows.articles.pipeline import Tally, read_articles
from flows.config.settings import Config
from flows.digest.pending import send_pending
from flows.publish.after_sending import publish_news
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, begins, looks, works
from flows.runtime.reports import report_feeds
from flows.runtime.run_log import close_cut_off, logged_run, only_reader, steps_aside
from flows.runtime.secrets import proxy_password_of
from flows.stories.judging import Classified


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the feeds: its run in the log of runs, what was read, what was judged."""

    run_id: str
    coverage: Coverage
    judged: Classified


@flow(name="monitor", **WATCHED)
async def monitor(config: str = "", now: str = "", everything: bool = False) -> Pass | None:
    """Read the feeds that are due once and classify what is new; None where the run steps aside.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock);
    ``everything`` reads feeds that are not due as well. It steps aside where another process is reading. Feeds that
    cannot be read do not fail the run: only our own faults do.
    """
    current, clock = config_at(config), Clock(now)
    if steps_aside(current.store.path, "monitor", clock, timedelta(minutes=current.schedule.monitor_minutes)):
        return None
    with only_reader(current.store.path, "monitor", clock) as is_alone:
        done = await _passed(config, current, clock, everything=everything) if is_alone else None
    if done is not None:
        await report_feeds(current, done.run_id, done.coverage)
        await works(current, "monitor", clock.now(), config)
        await send_pending(current, clock)
        await publish_news(current, clock)
        await looks(current, clock.now())
    return done


async def _passed(config: str, current: Config, clock: Clock, *, everything: bool) -> Pass:
    close_cut_off(current.store.path, clock.now())
    await begins(current)
    with logged_run(current.store.path, "monitor", clock) as record:
        coverage = await ingest.read_all(config, current, record.run_id, clock, everything=everything)
        record.detail |= ingest.run_detail(coverage)
        judged = await classify.judge(config, clock.now().isoformat())
        record.detail |= classify.run_detail(judged)
        if current.fulltext.enabled:
            record.detail |= articles_detail(await read_wanted(config, clock.now().isoformat()))
    return Pass(record.run_id, coverage, judged)


@task(name="read articles", cache_policy=NO_CACHE)
async def read_wanted(config: str, now: str) -> Tally:
    """Read the articles that are wanted; ``config`` is the path of a config file, ``now`` an ISO moment."""
    current = config_at(config)
    return await read_articles(current, Clock(now).now(), await proxy_password_of(current))


def articles_detail(tally: Tally) -> dict[str, object]:
    """The tally for the log of runs."""
    return {"articles": asdict(tally)}

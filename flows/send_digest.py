"""Send the digest: window → edition → render → deliver. What was sent once is not sent again."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.config.schedules import DUE
from flows.digest.dispatch import Sent, anything_due
from flows.digest.sending import send_edition
from flows.publish.after_sending import publish_news
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.reports import report_edition
from flows.runtime.run_log import logged_run
from flows.runtime.secrets import password_of

logger = logging.getLogger(__name__)


@task(name="compose and deliver", cache_policy=NO_CACHE)
async def send(config: str, day: str, now: str) -> Sent:
    """`send_edition` in a thread, so that Prefect's heartbeat goes on."""
    current = config_at(config)
    password = await password_of(current)
    return await asyncio.to_thread(send_edition, current, day, Clock(now), password)


def run_detail(sent: Sent) -> dict[str, object]:
    """The result for the log of runs."""
    states = Counter(each.state for each in sent.deliveries)
    detail = {"edition": sent.edition.name if sent.edition else "", "repeated": sent.repeated}
    more = {"missed": list(sent.missed), "weekly": sent.weekly}
    return detail | {"deliveries": dict(states)} | {name: told for name, told in more.items() if told}


@flow(name="digest", **WATCHED)
async def send_digest(config: str = "", day: str = "", now: str = "") -> Sent:
    """Compose the edition and send it to whoever has not got it. A failure raises the operator's alarm.

    ``config`` is the path of a config file (empty: the usual places); ``day`` an ISO date, empty for the window that
    closed last, "due" for what is due now, "recent", "weekly", or the name of a stored edition; ``now`` an ISO moment
    (empty: the clock). A run that was due long ago does what is still to be done, and marks it late. Where day is "due"
    and nothing is, it ends at once and leaves no line in the log of runs.
    """
    current, clock = config_at(config), Clock(now)
    if day == DUE and not anything_due(current, clock.now()):
        return Sent(None)
    with logged_run(current.store.path, "digest", clock) as record:
        sent = await send(config, day, clock.now().isoformat())
        record.detail |= run_detail(sent)
    await report_edition(sent.edition, record.detail["deliveries"])
    await works(current, "digest", clock.now(), config)
    await publish_news(current, clock)
    return sent

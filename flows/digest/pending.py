"""Pending: what is to be sent between two digests: alerts, next steps of followed threads, mails whose next try or hour
has come, missed editions."""

from __future__ import annotations

import asyncio
import logging
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from db import editions
from db.connect import open_store
from db.file_lock import locked
from flows.config.settings import Config
from flows.digest import editions as digest_editions
from flows.digest.alert_editions import compose_alerts
from flows.digest.dispatch import deliver_edition, deliver_waiting, readers_of
from flows.digest.sending import send_edition, send_week
from flows.digest.thread_editions import compose_threads
from flows.digest.weekly.weeks import is_week_due, newest_week, week_of
from flows.digest.window import Window
from flows.runtime import flow_health
from flows.runtime.clock import Clock
from flows.runtime.flow_hooks import fails, works
from flows.runtime.operator_alerts import raise_alarm
from flows.runtime.run_log import logged_run
from flows.runtime.secrets import password_of

logger = logging.getLogger(__name__)

GRACE = timedelta(minutes=15)
"""The digest's own run has so long before a pass over the feeds makes the edition in its place."""

STILL_DAILY = timedelta(days=digest_editions.MOST_MISSED + 1)
"""Where the last daily edition is older, nobody sends daily ones any more."""


@dataclass(frozen=True, slots=True)
class PendingSent:
    """The names of the editions of which something was sent or tried."""

    alerts: tuple[str, ...] = ()
    retried: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()


async def send_pending(current: Config, clock: Clock) -> PendingSent:
    """Send what is due after a pass over the feeds. Never raises: the pass is sound whatever becomes of the mail, and
    the operator's alarm tells of it."""
    try:
        password = await password_of(current)
        sent = await asyncio.to_thread(send_due, current, clock, password)
        if sent != PendingSent():
            with logged_run(current.store.path, "post", clock) as record:
                record.detail |= asdict(sent)
    except Exception as error:
        logger.exception("post")
        await fails(current, "post", [f"{type(error).__name__}: {error}"], clock.now())
        return PendingSent()
    await works(current, "post", clock.now())
    return sent


def send_due(current: Config, clock: Clock, password: str = "") -> PendingSent:
    """Alerts first, then the next steps of followed threads, then the mails that wait for their next try or their
    reader's hour, then a missed edition."""
    with locked(current.store.path, "composing"):
        fresh, silent_rules = compose_alerts(current, clock.now())
        followed, troubles = compose_threads(current, clock.now())
    if silent_rules:
        raise_alarm(current, "alerts", silent_rules, clock.now(), password)
    if troubles:
        raise_alarm(current, "threads", troubles, clock.now(), password)
    for edition in (*fresh, *followed):
        deliver_edition(current, edition, clock, password, readers=readers_of(current, edition))
    retried = tuple(each.edition.name for each in deliver_waiting(current, clock, password) if each.edition)
    made = (*_make_good(current, clock, password), *_make_week_good(current, clock, password))
    alerts, threads = (tuple(each.name for each in composed) for composed in (fresh, followed))
    return PendingSent(alerts, retried, made, threads)


def _make_good(current: Config, clock: Clock, password: str) -> tuple[str, ...]:
    """Send the daily edition that is overdue, where daily ones are sent at all, and tell the operator of it."""
    now = clock.now()
    due = digest_editions.window_of(current, digest_editions.newest_day(current, now))
    if now - due.end < GRACE or not _is_daily_overdue(current, due, now):
        return ()
    sent = send_edition(current, "", clock, password, inside_pass=True)
    names = (*sent.missed, *([sent.edition.name] if sent.edition else []))
    late = [f"nobody sent the edition {name} at its hour; sent late" for name in names]
    raise_alarm(current, "schedule", late, now, password)
    return names


def _is_daily_overdue(current: Config, due: Window, now: datetime) -> bool:
    """Where none was sent yet that daily ones are wanted shows in that the digest's own run has tried, and failed."""
    with closing(open_store(current.store.path)) as store:
        last = editions.latest(store)
    if last is None or last.kind != "daily":
        return flow_health.is_failing(current, "digest") and digest_editions.is_due(current, now)
    return last.window_end < due.end <= last.window_end + STILL_DAILY


def _make_week_good(current: Config, clock: Clock, password: str) -> tuple[str, ...]:
    """Send the weekly edition that is overdue, and tell the operator of it."""
    now = clock.now()
    if not is_week_due(current, now) or now - week_of(current, newest_week(current, now)).end < GRACE:
        return ()
    sent = send_week(current, clock, password)
    names = (sent.edition.name,) if sent.edition else ()
    raise_alarm(
        current, "schedule", [f"nobody sent the edition {name} at its hour; sent late" for name in names], now, password
    )
    return names

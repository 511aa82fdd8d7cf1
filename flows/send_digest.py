"""Send the digest: window → edition → render → deliver. What was sent once is not sent again."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from sqlite_utils import Database

from db import clusters, deliveries, editions, entries, fetches, models, runs, scores
from db.connect import open_store
from db.types import Delivery, Edition
from flows.books import Clock, booked, settings, steps_aside
from flows.classify import judge_waiting
from flows.config import Config, smtp_password
from flows.digest.deliver import FINISHED, deliver
from flows.digest.edition import compose
from flows.digest.window import Window, daily_window, last_24_hours, latest_day

logger = logging.getLogger(__name__)

RECENT = "recent"
"""In place of a day: what was first seen since the last edition, 24 hours back at the most."""
NEAR = 3
STALE = timedelta(hours=12)
WAIT_SECONDS = 120.0
"""How long the digest waits for a pass that is under way: what that has read belongs to its window."""
PASS_LASTS = timedelta(minutes=15)
"""A pass that began longer ago is taken for dead."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one sending came to. ``edition`` is None where there was nothing new to send; ``repeated`` says that
    every copy had left before and none was sent now."""

    edition: Edition | None
    deliveries: tuple[Delivery, ...] = ()
    repeated: bool = False

    @property
    def outbox_path(self) -> str:
        """The first file in the outbox, or an empty string where the edition went by mail or nowhere."""
        return next((each.detail for each in self.deliveries if each.way == "outbox" and each.state == "accepted"), "")


@task(name="compose and deliver", cache_policy=NO_CACHE)
async def send(config: str, day: str, now: str) -> Sent:
    """`send_edition` in a thread, so that Prefect's heartbeat goes on."""
    return await asyncio.to_thread(send_edition, settings(config), day, Clock(now))


def send_edition(current: Config, day: str, clock: Clock) -> Sent:
    """Find or compose the edition and bring it to whoever has not got it.

    ``day`` is an ISO date (the daily edition of that day), empty (the daily edition whose window closed last) or
    ``RECENT``. Raises ValueError for another text.
    """
    with closing(open_store(current.store.path)) as store:
        name, window = _recent(store, clock) if day == RECENT else _daily(current, day, clock)
        edition = editions.find(store, name) if name else editions.latest(store)
    if edition is None:
        _wait_for_passes(current, clock)
        judge_waiting(current, clock)
        edition = _frozen(current, name, window, clock)
    return _delivered(current, edition, clock, nothing_new=not name)


def _daily(current: Config, day: str, clock: Clock) -> tuple[str, Window]:
    """The daily edition bears the date of its window's last second, which is the day of its sending or before."""
    zone, hour = current.digest.time_zone, current.digest.hour
    newest = daily_window(latest_day(clock.now(), zone, hour), zone, hour)
    if not day:
        return _dated(newest, zone), newest
    try:
        asked = date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(f"{day!r} is no date; write it as 2024-11-18") from error
    window = daily_window(asked if hour == 0 else asked - timedelta(days=1), zone, hour)
    if window.end > clock.now():
        raise ValueError(f"the edition of {day} closes at {window.end:%Y-%m-%d %H:%M} UTC; ask again then")
    return day, window


def _dated(window: Window, zone: str) -> str:
    return (window.end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date().isoformat()


def _recent(store: Database, clock: Clock) -> tuple[str, Window]:
    """The window since the last edition, and its name: empty where nothing came in and that edition is fresh."""
    window = last_24_hours(clock.now())
    latest = editions.latest(store)
    if latest is not None and latest.window_end > window.start:
        window = Window(latest.window_end, max(window.end, latest.window_end + timedelta(seconds=1)))
        if not entries.count_seen(store, *window):
            return "", window
    return f"{window.end:%Y-%m-%d-%H%M%S}", window


def _wait_for_passes(current: Config, clock: Clock) -> None:
    patience = time.monotonic() + (0 if clock.is_moved else WAIT_SECONDS)
    with closing(open_store(current.store.path)) as store:
        while runs.under_way(store, ("monitor", "ingest"), clock.now() - PASS_LASTS) and time.monotonic() < patience:
            time.sleep(1)


def _frozen(current: Config, name: str, window: Window, clock: Clock) -> Edition:
    with closing(open_store(current.store.path)) as store:
        flagged = scores.flagged(store, *window)
        model = models.champion(store)
        content = compose(
            name=name,
            title=current.digest.title,
            window=window,
            time_zone=current.digest.time_zone,
            entries=flagged,
            clusters=clusters.clusters_of(store, [each.entry.id for each in flagged]),
            coverage=fetches.coverage_of_window(store, *window),
            model=model,
            max_stories=current.digest.max_stories,
            late_hours=current.digest.late_hours,
            unknown_languages=scores.unknown_languages(store, *window),
            near=scores.below(store, *window, NEAR),
        )
        return editions.insert(
            store,
            name=name,
            window=window,
            composed_at=clock.now(),
            model_version=model.id if model else "",
            config_hash=current.digest_hash(),
            content=content,
        )


def _delivered(current: Config, edition: Edition, clock: Clock, *, nothing_new: bool) -> Sent:
    with closing(open_store(current.store.path)) as store:
        before = deliveries.of_edition(store, edition.id)
    after = tuple(deliver(current.store.path, edition, current.delivery, smtp_password(), clock.now()))
    repeated = bool(before) and {each.id for each in after} <= {each.id for each in before if each.state in FINISHED}
    return Sent(None if nothing_new and repeated else edition, after, repeated)


def told(sent: Sent) -> dict[str, object]:
    """The result for the books."""
    states = Counter(each.state for each in sent.deliveries)
    return {"edition": sent.edition.name if sent.edition else "", "repeated": sent.repeated, "deliveries": dict(states)}


@flow(name="digest")
async def send_digest(config: str = "", day: str = "", now: str = "") -> Sent | None:
    """Compose the edition and send it to whoever has not got it; None where the run steps aside.

    ``config`` is the path of a config file (empty: the usual places); ``day`` an ISO date, empty for the window that
    closed last, or "recent"; ``now`` an ISO moment (empty: the clock).
    """
    current, clock = settings(config), Clock(now)
    if steps_aside(current.store.path, "digest", clock, STALE):
        return None
    with booked(current.store.path, "digest", clock) as book:
        sent = await send(config, day, clock.now().isoformat())
        book.detail |= told(sent)
    return sent

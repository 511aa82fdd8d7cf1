"""Sending: which editions a call asks for, composed where they are not, and brought to their readers. Plain
Python: the verb `send_digest` calls it."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from db import editions, entries, runs
from db.connect import open_store
from db.file_lock import locked
from db.records import Edition
from flows.config.schedules import DUE
from flows.config.settings import Config
from flows.digest import editions as digest_editions
from flows.digest.dispatch import Sent, deliver_edition, deliver_waiting
from flows.digest.weekly.freezing import weekly
from flows.digest.weekly.weeks import is_week_due
from flows.digest.window import Window, last_24_hours
from flows.runtime.clock import Clock
from flows.stories.judging import judge_waiting

RECENT = "recent"
"""In place of a day: what was first seen since the last edition, 24 hours back at the most."""
WEEKLY, WEEKLY_ANYWAY = "weekly", "weekly anyway"
"""In place of a day: the weekly edition of the week that closed last; anyway: also where no daily one tells a day of
it."""
WAIT_SECONDS = 120.0
"""How long the digest waits for a pass that is under way: what that reads belongs to its window."""
PASS_LASTS = timedelta(minutes=15)
"""A pass that began longer ago is taken for dead."""


def send_edition(current: Config, day: str, clock: Clock, password: str = "", *, inside_pass: bool = False) -> Sent:
    """Find or compose the edition and bring it to whoever has not got it.

    ``day`` is an ISO date (the daily edition of that day), empty (the daily edition whose window closed last, after
    those that were missed before it), ``RECENT``, ``WEEKLY``, ``DUE``, or the name of a stored edition.
    ``inside_pass``: it is a pass over the feeds that asks, and must not wait for itself. Raises ValueError for another
    text.
    """
    if day == DUE:
        return _due(current, clock, password)
    if day in (WEEKLY, WEEKLY_ANYWAY):
        return send_week(current, clock, password, anyway=day == WEEKLY_ANYWAY)
    if not inside_pass and not _is_stored(current, day, clock):
        _wait_for_passes(current, clock)
    with locked(current.store.path, "composing"):
        if day == RECENT:
            made, nothing_new = _recent(current, clock)
        else:
            made, nothing_new = _asked(current, day, clock), False
    sent = [deliver_edition(current, each, clock, password) for each in made]
    newest = sent[-1]
    missed = tuple(each.edition.name for each in sent[:-1] if each.edition)
    edition = None if nothing_new and newest.repeated else newest.edition
    return replace(newest, edition=edition, missed=missed)


def send_week(current: Config, clock: Clock, password: str = "", *, anyway: bool = False) -> Sent:
    """Find or compose the weekly edition of the week that closed last and bring it to whoever has not got it. Raises
    ValueError where it cannot be made yet, or (save ``anyway``) where no daily edition tells a day of the week."""
    with locked(current.store.path, "composing"):
        try:
            edition = weekly(current, clock.now(), anyway=anyway)
        except digest_editions.DayError as error:
            raise ValueError(str(error)) from error
    return deliver_edition(current, edition, clock, password)


def _due(current: Config, clock: Clock, password: str) -> Sent:
    """The daily edition where its hour has come, after it the weekly one on its day, and the mails of any edition
    whose hour or next try has."""
    made = send_edition(current, "", clock, password) if digest_editions.is_due(current, clock.now()) else Sent(None)
    week = send_week(current, clock, password) if is_week_due(current, clock.now()) else Sent(None)
    waiting = deliver_waiting(current, clock, password)
    if made.edition and week.edition:
        return replace(made, weekly=week.edition.name)
    return next((each for each in (made, week) if each.edition), waiting[-1] if waiting else made)


def _is_stored(current: Config, day: str, clock: Clock) -> bool:
    with closing(open_store(current.store.path)) as store:
        name = day or digest_editions.newest_day(current, clock.now()).isoformat()
        return editions.find(store, name) is not None


def _asked(current: Config, text: str, clock: Clock) -> list[Edition]:
    """The editions to send, the one that was asked for last."""
    now = clock.now()
    with closing(open_store(current.store.path)) as store:
        stored = editions.find(store, text) if text else None
        missed, silent = digest_editions.missed_days(store, current, now)
    if stored is not None:
        return [stored]
    newest = digest_editions.newest_day(current, now)
    try:
        day = digest_editions.closed_day(current, text, now) if text else newest
    except digest_editions.DayError as error:
        raise ValueError(str(error)) from error
    judge_waiting(current, clock)
    if day == newest:
        return [
            *(digest_editions.daily(current, each, now) for each in missed),
            digest_editions.daily(current, day, now, silent),
        ]
    return [(digest_editions.daily if day in missed else digest_editions.reconstruction)(current, day, now)]


def _recent(current: Config, clock: Clock) -> tuple[list[Edition], bool]:
    """The edition since the last one, and whether there was nothing for it: then it is the last one."""
    with closing(open_store(current.store.path)) as store:
        name, window = _recent_window(store, clock)
        latest = editions.latest(store)
    if not name and latest is not None:
        return [latest], True
    judge_waiting(current, clock)
    return [digest_editions.freeze(current, name, window, clock.now(), "recent")], False


def _recent_window(store: Database, clock: Clock) -> tuple[str, Window]:
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

"""The watch: what is said of the state of things is brought into the book of alarms, and what it holds leaves by its
ways. Nothing here raises: it speaks of what may have failed already."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from db.connect import StoreError, open_store
from db.file_lock import LockFileError, LockTakenError, locked
from db.read_only import can_be_written
from db.records import BookedAlarm
from flows.alarms import book
from flows.alarms.conditions import Reading, flow_failed, headline_of, readings
from flows.alarms.gather import failures_of, gathered
from flows.alarms.ping import ping
from flows.alarms.standing import in_the_book
from flows.alarms.state import WatchState
from flows.alarms.unbooked import file_of, settle_unbooked
from flows.config.settings import Config
from flows.runtime import flow_health
from flows.runtime.operator_alerts import LOCK_SECONDS

logger = logging.getLogger(__name__)

GRAVE = ("store damaged", "disk low")


def look(current: Config, now: datetime, password: str = "", *, deep: bool = False) -> list[Reading]:
    """Look at the state of things, raise and end alarms, and tell what has to be told. ``deep``: look the store over
    for damage, too. Returns what was found bad. Waits for mail servers: not to be called in an event loop."""
    found = readings(gathered(current, now, deep=deep), current.watch)
    found += _forgotten(current, found, now)
    _settle(current, found, now, password)
    return [each for each in found if each.verdict == "bad"]


def _forgotten(current: Config, found: Sequence[Reading], now: datetime) -> list[Reading]:
    """The end of alarms of flows of which nothing is known any more: their files were left behind where the store was
    restored, or no schedule asks for them."""
    known, lines = (
        {each.key for each in found},
        ("nothing is known of it any more: its files or its schedule are gone",),
    )
    return [
        Reading(*each.key, "good", now, lines)
        for each in in_the_book(current)
        if each.kind in ("flow failed", "flow late") and each.key not in known
    ]


def look_and_ping(current: Config, now: datetime, password: str = "", *, deep: bool = False) -> list[Reading]:
    """`look`, and tell by the ping of [watch] whether the monitor does its work."""
    bad = look(current, now, password, deep=deep)
    ping(current, "fail" if any(map(_is_grave, bad)) else "success", "\n".join(map(headline_of, bad)))
    return bad


def _is_grave(reading: Reading) -> bool:
    """Whether nothing is watched while that is so. Of all else the ping says nothing: where it says for weeks that
    something is wrong, the silence of a machine that has died is not noticed."""
    return reading.kind in GRAVE or (reading.kind.startswith("flow") and reading.subject == "monitor")


def failed(current: Config, what: str, lines: Sequence[str], now: datetime, password: str = "") -> None:
    """Record that a run of ``what`` failed, and raise its alarm where that is news. Not to be called in an event
    loop."""
    flow_health.failed(current, what, lines, now)
    found = _of_flow(current, what, now, lines)
    _settle(current, found, now, password)
    if what == "monitor":
        ping(current, "fail", "\n".join(map(headline_of, found)))


def completed(current: Config, what: str, now: datetime, password: str = "") -> None:
    """Record that a run of ``what`` was completed, and end its alarm where it works again. Not to be called in an event
    loop."""
    if not flow_health.needs_telling(current, what):
        return
    flow_health.completed(current, what, now)
    if flow_health.needs_telling(current, what):
        _settle(current, _of_flow(current, what, now), now, password)


def _of_flow(current: Config, what: str, now: datetime, lines: Sequence[str] = ()) -> list[Reading]:
    """What its failures alone say. ``lines`` are those of the last one, which may not have been written down."""
    failures = failures_of(current, what, now, lines)
    return list(flow_failed(WatchState(now, failures=(failures,)), current.watch))


def _settle(current: Config, found: Sequence[Reading], now: datetime, password: str) -> None:
    path = current.store.path
    try:
        with locked(path, "alarms", LOCK_SECONDS):
            _booked_or_not(current, found, now, password)
    except LockTakenError as error:
        logger.warning("alarms: %s; they are told at the next look", error)
    except (LockFileError, OSError):
        # A folder that cannot be written, or is not there: that must not silence what is told of it.
        _unbooked(current, found, now, password)


def _booked_or_not(current: Config, found: Sequence[Reading], now: datetime, password: str) -> None:
    path = current.store.path
    try:
        if path.exists() and can_be_written(path):
            with closing(open_store(path, create=False)) as store:
                book.settle(store, current, found, now, password)
            return
    except (StoreError, sqlite3.Error) as error:
        logger.error("the book of alarms cannot be written: %s", error)
    _unbooked(current, found, now, password)


def _unbooked(current: Config, found: Sequence[Reading], now: datetime, password: str) -> None:
    """Tell without the book what it does not hold as told already. Where it cannot even be read, what it once took over
    counts as told, and its end waits for it."""
    known = {each.key: each for each in in_the_book(current)}
    for reading in found:
        alarm, is_booked = known.get(reading.key), file_of(current, reading).status == "booked"
        if not _is_told(alarm) if alarm else not is_booked:
            settle_unbooked(current, reading, now, password)


def _is_told(alarm: BookedAlarm) -> bool:
    states = [each.state for (event, _), each in alarm.tellings.items() if event == "raised"]
    return not states or "accepted" in states

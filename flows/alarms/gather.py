"""Looking at the state of things: the store, the disk, the files in which each flow's failures are taken down."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from db import watch_facts
from db.connect import StoreError
from db.inspection import damage, looking
from db.watch_facts import StoreFacts
from flows.alarms.lateness import late_from
from flows.alarms.names import PREFIX
from flows.alarms.state import (
    DigestState,
    DiskState,
    FeedsState,
    FlowFailures,
    FlowTimes,
    Retrained,
    WatchState,
    WayCopies,
)
from flows.config.settings import Config
from flows.runtime import flow_health_file
from flows.runtime.flow_health_file import FlowHealthFile

CHECK_SECONDS = 15.0
"""For looking for damage: some 4 GB on a usual disk."""
STILL_DAILY = timedelta(days=8)
"""Where the last daily edition is older, nobody sends daily ones any more: `flows.digest.pending` has it so, too."""
TOO_FEW = "too few labels"
"""How `classifiers.learning.gate` begins where it did not compare."""


def gathered(current: Config, now: datetime, *, deep: bool) -> WatchState:
    """The state of things at that moment. ``deep``: the store is looked over for damage, which takes seconds."""
    path = current.store.path
    failures = tuple(failures_of(current, what, now) for what in _flows(path))
    facts, digest, broken = _asked(current, now)
    wrong = broken or (_damage(path) if deep and path.exists() else None)
    return WatchState(
        at=now,
        failures=failures,
        times=_times(current, facts) if facts else (),
        newest_entry_at=_newest(facts) if facts else None,
        feeds=FeedsState(facts.feeds, facts.failing_feeds) if facts else None,
        digest=digest,
        disk=_disk(path),
        damage=wrong,
        retrained=_retrained(facts) if facts else None,
    )


def failures_of(current: Config, what: str, now: datetime, lines: Sequence[str] = ()) -> FlowFailures:
    """What is taken down of a flow that failed; ``lines`` are those of the failure where they are at hand."""
    spell = FlowHealthFile(current.store.path, what).spell(now)
    said = tuple(lines) or spell.lines
    return FlowFailures(what, spell.since, spell.last, spell.failures, spell.completed, spell.is_over(now), said)


def _flows(store_path: Path) -> list[str]:
    return [what for what in flow_health_file.known(store_path) if not what.startswith(PREFIX)]


def _asked(current: Config, now: datetime) -> tuple[StoreFacts | None, DigestState | None, str | None]:
    """What the store says, and in words why it says nothing where it is damaged. One that is not there, of an older
    schema or held by another process is none that is damaged."""
    try:
        with looking(current.store.path) as connection:
            return watch_facts.facts(connection), _digest(current, connection, now), None
    except StoreError as error:
        cause = error.__cause__
        return None, None, str(cause) if _is_damage(cause) else None


def _is_damage(error: BaseException | None) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _damage(path: Path) -> str | None:
    try:
        return damage(path, CHECK_SECONDS) or ""  # None: so far it is sound, and there was no time for all of it
    except StoreError as error:
        return str(error.__cause__) if _is_damage(error.__cause__) else None


def _times(current: Config, facts: StoreFacts) -> tuple[FlowTimes, ...]:
    """Of the flows that have a schedule and were ever begun: who never backs up is not reminded of it."""
    found = []
    for flow, begun in sorted(facts.begun.items()):
        done = facts.completed.get(flow)
        if late := late_from(current, flow, done or begun):
            found.append(FlowTimes(flow, done, late))
    return tuple(found)


def _newest(facts: StoreFacts) -> datetime | None:
    return facts.newest_entry_at or min(facts.begun.values(), default=None)


def _digest(current: Config, connection: sqlite3.Connection, now: datetime) -> DigestState | None:
    """The daily edition that was due last, where daily ones are sent and anything was read in its window."""
    from flows.digest.editions import newest_day, window_of

    last = watch_facts.newest_daily_end(connection)
    day = newest_day(current, now)
    due = window_of(current, day)
    if last is None or due.end > last + STILL_DAILY:
        return None
    is_there = last >= due.end
    if not is_there and not watch_facts.was_awake(connection, due.start, due.end):
        return None
    copies = watch_facts.copies_of_newest_daily(connection, now) if is_there else []
    told = tuple(WayCopies(each.way, each.accepted, each.others, each.said) for each in copies)
    return DigestState(day.isoformat(), due.end, is_there, told)


def _disk(path: Path) -> DiskState | None:
    try:
        usage = shutil.disk_usage(path.parent)
    except OSError:
        return None
    return DiskState(str(path.parent), usage.free, usage.total)


def _retrained(facts: StoreFacts) -> Retrained | None:
    status, note = facts.retrained.get("status"), str(facts.retrained.get("note", ""))
    model = str(facts.retrained.get("model_version", ""))
    if status == "refused":
        return Retrained("too few" if note.startswith(TOO_FEW) else "refused", model, note)
    return Retrained("champion", model, note) if status == "champion" else None

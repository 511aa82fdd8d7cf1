"""Our own log of flow runs, and which of them step aside."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from prefect.context import FlowRunContext
from prefect.settings import PREFECT_LOGGING_TO_API_ENABLED

from db import runs
from db.connect import StoreError, open_store
from db.file_lock import LockFileError, LockTakenError, locked
from db.records import RunOutcome
from flows.runtime.clock import Clock
from flows.runtime.follow_serve import end_with_serve
from flows.runtime.run_lines import ASKED_TO_STOP, outcome_line
from flows.runtime.run_stop import stop_behind, take_stops_for_no_failure

logger = logging.getLogger(__name__)

CUT_OFF = "cut off: it was killed, or its machine stopped"
"""What is written down of a run whose process has ended without a word."""
ENDED = f"{ASKED_TO_STOP[0]}: it did not end in time and was ended"
"""The same where it had been asked to stop and was killed for not having done so: nothing has gone wrong."""


@dataclass
class RunRecord:
    """One run as it is being written down; ``detail`` is stored as JSON when the run ends."""

    run_id: str
    detail: dict[str, Any] = field(default_factory=dict)


@contextmanager
def logged_run(store_path: Path, flow: str, clock: Clock) -> Iterator[RunRecord]:
    """Write down that a run began and how it ended, failures included. The error goes on to the caller; where it arose
    from a stop that was asked for, the stop goes on in its stead."""
    record = RunRecord(uuid.uuid4().hex)
    end_with_serve()
    _be_heard()
    with _sign_of_life(store_path, record.run_id):
        with closing(open_store(store_path)) as store:
            runs.start(store, record.run_id, flow, clock.start)
        try:
            yield record
        except BaseException as error:
            asked = stop_behind(error)
            failure = {"error": f"{type(asked or error).__name__}: {asked or error}"[:1000]}
            try:
                _finish(store_path, record, "failed", record.detail | failure, clock)
            except (StoreError, sqlite3.Error):  # a full disk: what happened first is what must be told
                logger.warning("%s: its end could not be written down", flow)
            if asked is not None:  # else Prefect takes it for a failure, and the operator is woken
                raise asked from None
            raise
        _finish(store_path, record, "completed", record.detail, clock)
    seconds = (clock.now() - clock.start).total_seconds()
    logger.info("%s: %s", flow, outcome_line(flow, "completed", record.detail, seconds))


def _be_heard() -> None:
    """Have Prefect show what we say of a run: it hands on what our loggers let through, and unless somebody has set
    their level that is warnings alone. What it says itself of a run that is asked to stop is no error and no news."""
    if FlowRunContext.get() is None or not PREFECT_LOGGING_TO_API_ENABLED.value():
        return
    ours = logging.getLogger(__name__.partition(".")[0])
    if ours.level == logging.NOTSET:
        ours.setLevel(logging.INFO)
    # That its last events have not left yet: it sends them all the same.
    logging.getLogger("EventsWorker").setLevel(logging.ERROR)
    take_stops_for_no_failure()


@contextmanager
def _sign_of_life(store_path: Path, run_id: str) -> Iterator[None]:
    """Hold a lock of the run's own for as long as the block lasts: it ends with the process, whatever ends that."""
    with ExitStack() as stack:
        # Without a place for the lock the run goes on: at worst it is taken for dead until it writes its own end.
        with suppress(LockFileError, LockTakenError, FileNotFoundError):
            stack.enter_context(locked(store_path, _lock_of(run_id), patience=0))
        try:
            yield
        finally:
            _remove_lock(store_path, run_id)


def _lock_of(run_id: str) -> str:
    return f"run-{run_id}"


def _remove_lock(store_path: Path, run_id: str) -> None:
    with suppress(OSError):
        store_path.with_name(f"{store_path.name}.{_lock_of(run_id)}").resolve().unlink(missing_ok=True)


def close_cut_off(store_path: Path, now: datetime, why: str = CUT_OFF) -> list[runs.LoggedRun]:
    """Write down of each run whose process has ended without a word that it crashed, or that it was ``ENDED``; returns
    those runs. Runs under way, of this process or of others, are left alone."""
    detail = {"crashed": True, "error": why} if why == CUT_OFF else {"error": why}
    with closing(open_store(store_path)) as store:
        dead = [each for each in runs.unfinished(store) if _is_dead(store_path, each)]
        return [each for each in dead if runs.close(store, each.id, {**each.detail, **detail}, now)]


def _is_dead(store_path: Path, run: runs.LoggedRun) -> bool:
    try:
        with locked(store_path, _lock_of(run.id), patience=0):
            _remove_lock(store_path, run.id)
            return True
    except (LockTakenError, LockFileError):
        return False


def _finish(store_path: Path, record: RunRecord, outcome: RunOutcome, detail: dict[str, Any], clock: Clock) -> None:
    with closing(open_store(store_path)) as store:
        runs.finish(store, record.run_id, outcome, detail, clock.now())


def steps_aside(store_path: Path, flow: str, clock: Clock, grace: timedelta) -> bool:
    """Whether this run was due so long ago that a later one does its work; then that is written down.

    When a worker comes back, Prefect starts every run that it missed. Only scheduled runs step aside.
    """
    context = FlowRunContext.get()
    flow_run = context.flow_run if context else None
    if clock.is_moved or flow_run is None or not flow_run.auto_scheduled or flow_run.expected_start_time is None:
        return False
    late = clock.start - flow_run.expected_start_time
    if late <= grace:
        return False
    _skipped(store_path, flow, clock, {"late_seconds": int(late.total_seconds())})
    logger.info("%s: was due %s ago, steps aside", flow, late)
    return True


@contextmanager
def only_reader(store_path: Path, flow: str, clock: Clock) -> Iterator[bool]:
    """Whether this run is the only one that reads feeds into the store for as long as the block lasts: two at once
    would ask every server twice. Where it is not, that is written down. A run that is killed is in nobody's way."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(store_path, "ingest", patience=0))
        except LockTakenError:
            _skipped(store_path, flow, clock, {"beside": "another process that is reading the feeds"})
            logger.warning("%s: another process is reading the feeds, steps aside", flow)
            yield False
            return
        yield True


def _skipped(store_path: Path, flow: str, clock: Clock, detail: dict[str, Any]) -> None:
    with closing(open_store(store_path)) as store:
        run_id = uuid.uuid4().hex
        runs.start(store, run_id, flow, clock.start)
        runs.finish(store, run_id, "skipped", detail, clock.now())

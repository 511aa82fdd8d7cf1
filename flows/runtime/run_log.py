"""Our own log of flow runs, and which of them step aside."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from prefect.context import FlowRunContext

from db import runs
from db.connect import StoreError, open_store
from db.file_lock import LockTakenError, locked
from db.records import RunOutcome
from flows.runtime.clock import Clock

logger = logging.getLogger(__name__)


@dataclass
class RunRecord:
    """One run as it is being written down; ``detail`` is stored as JSON when the run ends."""

    run_id: str
    detail: dict[str, Any] = field(default_factory=dict)


@contextmanager
def logged_run(store_path: Path, flow: str, clock: Clock) -> Iterator[RunRecord]:
    """Write down that a run began and how it ended, failures included. The error goes on to the caller."""
    record = RunRecord(uuid.uuid4().hex)
    with closing(open_store(store_path)) as store:
        runs.start(store, record.run_id, flow, clock.start)
    try:
        yield record
    except BaseException as error:
        failure = {"error": f"{type(error).__name__}: {error}"[:1000]}
        try:
            _finish(store_path, record, "failed", record.detail | failure, clock)
        except (StoreError, sqlite3.Error):  # a full disk: what happened first is what must be told
            logger.warning("%s: its end could not be written down", flow)
        raise
    _finish(store_path, record, "completed", record.detail, clock)
    logger.info("%s: %s", flow, record.detail)


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

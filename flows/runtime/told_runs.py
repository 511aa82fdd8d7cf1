"""What `axiswatch serve` says while it runs: a line for each run that has ended, and what comes next."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort

from db import runs
from db.connect import StoreError, open_store
from db.runs import LoggedRun
from flows.config.schedules import next_on_grid, plan
from flows.config.settings import Config
from flows.runtime.clock import Clock
from flows.runtime.disk_room import NEEDED
from flows.runtime.flow_hooks import looks
from flows.runtime.run_lines import outcome_line
from flows.runtime.run_log import close_cut_off
from flows.runtime.stop_request import StopRequest

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
SWEEP_EVERY = 5
"""Looks between two in search of runs that were killed."""
PATIENCE_LOOKS = 15
"""Until Prefect has made the runs of every schedule: it does so some seconds after they were deployed."""


class RunTeller:
    """Reads the log of runs for what has ended since it was asked last."""

    def __init__(self, current: Config) -> None:
        self.current = current
        self.is_full = False
        self._zone = ZoneInfo(current.digest.time_zone)
        self._waiting: set[str] = set()
        self._number: int | None = None
        with suppress(StoreError, sqlite3.Error):  # one that cannot be used may be repaired meanwhile
            self._begin()

    def _begin(self) -> None:
        with closing(open_store(self.current.store.path)) as store:
            self._number = runs.last_number(store)

    def news(self, *, is_last: bool = False) -> list[str]:
        """A line for each run that has ended, with when its flow runs next unless ``is_last``. Raises StoreError and
        sqlite3 errors."""
        if self._number is None:
            self._begin()
        assert self._number is not None
        with closing(open_store(self.current.store.path)) as store:
            # A compacted store counts anew.
            self._number = min(self._number, runs.last_number(store))
            fresh = runs.after(store, self._number)
            earlier = [run for key in sorted(self._waiting) for run in runs.named(store, key)]
        self._number = max([self._number, *(run.number for run in fresh)])
        ended = [run for run in (*earlier, *fresh) if run.finished_at is not None]
        self._waiting = {run.id for run in (*earlier, *fresh) if run.finished_at is None}
        return [self._line(run) + ("" if is_last else self._next(run)) for run in ended]

    def last_news(self) -> list[str]:
        """The same once nothing runs next; nothing where the store cannot be used."""
        with suppress(StoreError, sqlite3.Error):
            return self.news(is_last=True)
        return []

    def disk_news(self) -> str:
        """A line where the disk has just become full, or has room again; else an empty string."""
        folder = self.current.store.path.parent
        was_full, self.is_full = self.is_full, shutil.disk_usage(folder).free < NEEDED
        if self.is_full == was_full:
            return ""
        told = "is full: make room on it, such as of old backups; until then nothing is stored"
        return f"the disk of {folder} {told if self.is_full else 'has room again'}"

    def _line(self, run: LoggedRun) -> str:
        assert run.finished_at is not None
        seconds = (run.finished_at - run.started_at).total_seconds()
        told = outcome_line(run.flow, run.outcome, run.detail, seconds)
        return f"{run.flow} {run.started_at.astimezone(self._zone):%H:%M}: {told}"

    def _next(self, run: LoggedRun) -> str:
        grids = [each for planned in plan(self.current) for each in planned.schedules if planned.name == run.flow]
        due = [next_on_grid(each, Clock().now()) for each in grids if each.minutes]
        return f"; next {min(due).astimezone(self._zone):%H:%M}" if due else ""


async def tell_runs(
    teller: RunTeller,
    client: PrefectClient,
    deployments: Mapping[str, UUID],
    say: Callable[[str], None],
    stop: StopRequest,
) -> None:
    """Say what comes next as soon as Prefect knows it, then a line for each run that has ended, and when the disk is
    full; until cancelled or asked to ``stop``: whoever ends the runs then tells of them. ``deployments``: flow → id of
    its deployment."""
    current, turn, is_told = teller.current, 0, False
    scheduled = {each.name: deployments[each.name] for each in plan(current) if each.schedules}
    while not stop.is_asked:
        try:
            if turn % SWEEP_EVERY == SWEEP_EVERY - 1:
                # In threads, as all that waits for the store: whoever is asked to stop must not wait for it.
                await asyncio.to_thread(close_cut_off, current.store.path, Clock().now())
            if full := teller.disk_news():
                say(full)
                # On a full disk Prefect begins no run that could look: the alarm is raised and ended from here.
                await looks(current, Clock().now())
            for line in await asyncio.to_thread(teller.news):
                say(line)
            if not is_told:
                coming = await next_runs(client, scheduled)
                is_told = len(coming) == len(scheduled) or turn == PATIENCE_LOOKS
                if is_told:
                    say(_coming_line(current, coming))
        except Exception as error:
            # It only tells: the flows fail of the same trouble and raise the alarm, or the server comes back.
            logger.debug("nothing is told now: %s", error)
        turn += 1
        await asyncio.sleep(LOOK_SECONDS)


async def next_runs(client: PrefectClient, deployments: Mapping[str, UUID]) -> list[tuple[str, datetime]]:
    """(flow, moment) of the next run by schedule of each of these deployments, as far as Prefect has made it; soonest
    first."""
    now, states = datetime.now(UTC), FlowRunFilterStateType(any_=[StateType.SCHEDULED])
    coming: list[tuple[str, datetime]] = []
    for flow, deployment in deployments.items():
        found = await client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])),
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=states)),
            sort=FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC,
            limit=5,
        )
        due = [run.next_scheduled_start_time for run in found if run.auto_scheduled]
        coming += [(flow, moment) for moment in due if moment is not None and moment > now][:1]
    return sorted(coming, key=lambda each: each[1])


def _coming_line(current: Config, coming: Sequence[tuple[str, datetime]]) -> str:
    zone = current.digest.time_zone
    today = datetime.now(ZoneInfo(zone)).date()

    def told(moment: datetime) -> str:
        local = moment.astimezone(ZoneInfo(zone))
        return f"{local:%H:%M}" if local.date() == today else f"{local:%a %d %b %H:%M}"

    return f"next ({zone}): " + ", ".join(f"{flow} {told(moment)}" for flow, moment in coming)

"""Serve: the schedules in one process, for machines without a Prefect server."""

from __future__ import annotations

import asyncio
import importlib
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from db.connect import StoreError
from db.runs import LoggedRun
from flows.config.prefect import ENTRYPOINTS
from flows.config.schedules import Planned, PlannedSchedule, plan
from flows.config.settings import Config
from flows.runtime.clock import Clock
from flows.runtime.flow_hooks import tell_of_swept
from flows.runtime.heartbeats import watch_heartbeats
from flows.runtime.run_log import CUT_OFF, ENDED, close_cut_off
from flows.runtime.schedule_runner import ScheduleRunner
from flows.runtime.stale_runs import Where, close_stale_runs, our_deployments
from flows.runtime.stop_request import StopRequest
from flows.runtime.told_runs import RunTeller, tell_runs

logger = logging.getLogger(__name__)

ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW, grace_period_seconds=120
)
"""The same as in prefect.yaml. The grace is for a run that was taken on and never began."""
SWEEP_SECONDS = 60.0
FIRST = "monitor"
"""What is run at once, without waiting for its grid."""

Say = Callable[[str], None]


async def deployments(current: Config, config: Path | None) -> list[RunnerDeployment]:
    """The deployments with the schedules of the config, whose path the runs are given."""
    parameters = {"config": str(config.resolve()) if config else ""}
    return [
        await _flow(each).ato_deployment(
            name="local",
            description=each.description,
            schedules=[_schedule(schedule) for schedule in each.schedules],
            parameters=parameters | each.parameters,
            concurrency_limit=ONE_AT_A_TIME,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for each in plan(current)
    ]


def _flow(planned: Planned) -> Flow[..., Any]:
    module, _, name = ENTRYPOINTS[planned.name].rpartition(".")
    flow: Flow[..., Any] = getattr(importlib.import_module(module), name)
    return flow


def _schedule(planned: PlannedSchedule) -> Schedule:
    if planned.cron:
        return Cron(planned.cron, timezone=planned.zone, slug=planned.slug)
    return Interval(planned.interval, anchor_date=planned.anchor, timezone=planned.zone, slug=planned.slug)


async def serve(current: Config, config: Path | None, stop: StopRequest, say: Say, *, is_alone: bool) -> None:
    """Run the schedules until ``stop`` asks for the end, with a pass over the feeds at once; what comes next and what
    became of each run is said. ``is_alone``: the Prefect server was brought along by this process, so that whatever it
    still counts as running was left behind."""
    made, runner, teller = await deployments(current, config), ScheduleRunner(stop), RunTeller(current)
    for run in _close_cut_off(current):
        logger.warning("%s: the run of %s was cut off and is closed", run.flow, run.started_at.isoformat())
    async with get_client() as client:
        where: Where = "nowhere" if is_alone else "anywhere"
        swept = await close_stale_runs(client, await our_deployments(client), where, logger.warning)
        added = {str(each.flow_name): await runner.aadd_deployment(each) for each in made}
        await watch_heartbeats(client, [each.id for each in await our_deployments(client)])
        await client.create_flow_run_from_deployment(added[FIRST])
        await tell_of_swept(current, swept)
        beside = [asyncio.create_task(tell_runs(teller, client, added, say, stop))]
        if is_alone:
            beside.append(asyncio.create_task(_sweep(teller, client)))
        try:
            await runner.run_until_stopped()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            _close_cut_off(current, ENDED if stop.is_asked else CUT_OFF)
            for line in teller.last_news():
                say(line)
            if is_alone:
                await close_stale_runs(client, await our_deployments(client), "nowhere")


async def _sweep(teller: RunTeller, client: PrefectClient) -> None:
    """Until cancelled, close what holds its place for nothing: a run whose end could not be written down, as on a full
    disk, would keep all later ones of its flow from starting for as long as serve runs."""
    was_full = False
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        if teller.is_full:
            was_full = True
            continue
        try:
            swept = await close_stale_runs(client, await our_deployments(client), "here", logger.warning)
            if not was_full:  # what ended for want of room the alarm of the disk has told
                await tell_of_swept(teller.current, swept)
            was_full = False
        except Exception as error:
            # Its server is away, or has no room: at the next sweep it may be there.
            logger.debug("nothing is swept now: %s", error)


def _close_cut_off(current: Config, why: str = CUT_OFF) -> list[LoggedRun]:
    """`close_cut_off`, or nothing where the store cannot be used: the flows fail of it, and raise the alarm."""
    try:
        return close_cut_off(current.store.path, Clock().now(), why)
    except (StoreError, sqlite3.Error) as error:
        logger.warning("the log of runs is left as it is: %s", error)
        return []

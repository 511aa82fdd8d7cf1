"""Serve: the schedules in one process, for machines without a Prefect server."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from prefect import Flow, aserve
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.backup import backup
from flows.config.settings import Config
from flows.digest.sending import DUE
from flows.monitor import monitor
from flows.prune import prune
from flows.retrain import retrain
from flows.runtime.flow_hooks import tell_of_swept
from flows.runtime.heartbeats import watch_heartbeats
from flows.runtime.stale_runs import Where, close_stale_runs, our_deployments
from flows.send_digest import send_digest

logger = logging.getLogger(__name__)

ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW, grace_period_seconds=120
)
"""The same as in prefect.yaml. The grace is for a run that was taken on and never began."""


async def deployments(current: Config, config: Path | None) -> list[RunnerDeployment]:
    """The deployments with the schedules of the config, whose path the runs are given."""
    parameters = {"config": str(config.resolve()) if config else ""}
    zone = current.digest.time_zone
    plan: tuple[tuple[Flow[..., Any], list[Schedule], dict[str, str]], ...] = (
        (monitor, [Interval(timedelta(minutes=current.schedule.monitor_minutes))], {}),
        (send_digest, _digest_hours(current), {"day": DUE}),
        (retrain, [Cron(current.schedule.retrain_cron, timezone=zone)], {}),
        (backup, _crons(current.schedule.backup_cron, zone), {}),
        (prune, _crons(current.schedule.prune_cron, zone), {}),
    )
    return [
        await flow.ato_deployment(
            name="local",
            schedules=schedules,
            parameters=parameters | more,
            concurrency_limit=ONE_AT_A_TIME,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for flow, schedules, more in plan
    ]


def _crons(text: str, zone: str) -> list[Schedule]:
    """The schedule; none where the text is empty."""
    return [Cron(text, timezone=zone)] if text else []


def _digest_hours(current: Config) -> list[Schedule]:
    """The hour of the digest, and those of readers who want it at an hour of their own."""
    own = {(reader.hour, reader.time_zone) for reader in current.readers() if reader.hour is not None}
    hours = [(current.digest.hour, current.digest.time_zone), *sorted(own, key=str)]
    return [Cron(f"0 {hour} * * *", timezone=zone) for hour, zone in dict.fromkeys(hours)]


async def serve(current: Config, config: Path | None, *, is_alone: bool) -> None:
    """Run the schedules until interrupted. ``is_alone``: the Prefect server was brought along by this process, so that
    whatever it still counts as running was left behind."""
    made = await deployments(current, config)
    async with get_client() as client:
        where: Where = "nowhere" if is_alone else "anywhere"
        swept = await close_stale_runs(client, await our_deployments(client), where, logger.warning)
        for each in made:
            await each.aapply()
        await watch_heartbeats(client, [each.id for each in await our_deployments(client)])
    await tell_of_swept(current, swept)
    await aserve(*made, pause_on_shutdown=False)


async def close_stopped() -> None:
    """Close the runs that ended because this process is asked to stop: the next start must not take them for killed.
    Only where the Prefect server is our own."""
    async with get_client() as client:
        await close_stale_runs(client, await our_deployments(client), "nowhere")

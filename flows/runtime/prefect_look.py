"""A look at the Prefect server that PREFECT_API_URL names, which changes nothing there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prefect.client.orchestration import get_client
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.exceptions import PrefectHTTPStatusError
from prefect.settings import PREFECT_API_URL

from flows.config.prefect import ENTRYPOINTS
from flows.config.schedules import PlannedSchedule
from flows.runtime.deploy import missing_settings, settings_told
from flows.runtime.stale_runs import our_deployments


class LookError(Exception):
    """The server does not answer, or not to us; the message says so and, behind a semicolon, the remedy."""


@dataclass(frozen=True, slots=True)
class Seen:
    """``is_open``: it asks for no login; ``missing``: setting → why it is needed, as far as the server tells its
    settings; ``schedules``: flow that is deployed → its schedules, slug → when, as `PlannedSchedule.told` says it."""

    is_open: bool
    missing: Mapping[str, str]
    schedules: dict[str, dict[str, str]]


async def look() -> Seen:
    """What is seen. Raises LookError."""
    address = PREFECT_API_URL.value()
    async with get_client() as client:
        if await client.api_healthcheck() is not None:
            raise LookError(f"no server answers at {address}; start it with `prefect server start`")
        try:
            told = await settings_told(client)
            found = await our_deployments(client)
        except PrefectHTTPStatusError as error:
            if error.response.status_code not in (401, 403):
                raise
            raise LookError(f"the server at {address} wants its login; set PREFECT_API_AUTH_STRING") from error
    login = told.get("server", {}).get("api", {}).get("auth_string")
    names = {entrypoint: name for name, entrypoint in ENTRYPOINTS.items()}
    return Seen(
        bool(told) and login is None,
        missing_settings(told),
        {names[str(each.entrypoint)]: _told(each) for each in found},
    )


def _told(deployment: DeploymentResponse) -> dict[str, str]:
    return {each.slug: _planned(each.slug, each.schedule).told for each in deployment.schedules if each.slug}


def _planned(slug: str, schedule: object) -> PlannedSchedule:
    if isinstance(schedule, IntervalSchedule):
        minutes = round(schedule.interval.total_seconds() / 60)
        return PlannedSchedule(slug, schedule.timezone or "UTC", minutes=minutes)
    if isinstance(schedule, CronSchedule):
        return PlannedSchedule(slug, schedule.timezone or "UTC", cron=schedule.cron)
    return PlannedSchedule(slug, "UTC")

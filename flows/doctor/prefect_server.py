"""Prefect's server, where one of its own is used: does it answer, keep what it must, and run what the config says?"""

from __future__ import annotations

import asyncio
from pathlib import Path

from flows.config.environment import known_api, settle_environment
from flows.config.schedules import plan
from flows.config.settings import DEFAULT_FILE, Config, named_file
from flows.doctor.finding import Finding, fault, sound, warning

SECONDS = 10.0
_OWN = "axiswatch serve brings its own; where a worker runs the flows, set PREFECT_API_URL to have its server asked"


def check(current: Config, config: Path | None, *, network: bool) -> list[Finding]:
    """What is found of it. Without PREFECT_API_URL `axiswatch serve` brings its own, and there is nothing to ask."""
    address = known_api()
    if not address:
        return [sound("Prefect", _OWN)]
    settle_environment({"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"})
    from flows.runtime.deploy import is_local
    from flows.runtime.prefect_look import LookError, look

    if not network and not is_local(address):
        return [sound("Prefect", "the server is on another machine, not asked")]
    try:
        found = asyncio.run(asyncio.wait_for(look(), SECONDS))
    except LookError as error:
        told, _, remedy = str(error).partition("; ")
        return [fault("Prefect", told, remedy)]
    except TimeoutError:
        return [fault("Prefect", f"{address} does not answer in {SECONDS:g} s", "restart that server")]
    findings = [sound("Prefect", f"{address} answers")]
    if found.is_open:
        remedy = "set PREFECT_SERVER_API_AUTH_STRING for it and PREFECT_API_AUTH_STRING for who uses it, to the same"
        findings.append(warning("Prefect's login", "it asks for none: who reaches it can run programs", remedy))
    for name, why in found.missing.items():
        findings.append(warning("Prefect's settings", f"{name} is not set: {why}", "axiswatch deploy, then restart it"))
    return [*findings, *_deployments(found.schedules, current, named_file(config) or Path(DEFAULT_FILE))]


def _deployments(there: dict[str, dict[str, str]], current: Config, config: Path) -> list[Finding]:
    planned = plan(current)
    remedy = f"axiswatch deploy in the folder of {config.name}"
    if lacking := [each.name for each in planned if each.name not in there]:
        return [fault("Prefect's deployments", f"{', '.join(lacking)} not deployed", remedy)]
    told = [
        f"{each.name} runs {there[each.name][schedule.slug]}, and the config says {schedule.told}"
        for each in planned
        for schedule in each.schedules
        if there[each.name].get(schedule.slug, schedule.told) != schedule.told
    ]
    if told:
        return [warning("Prefect's deployments", "; ".join(told), remedy)]
    return [sound("Prefect's deployments", "in step with the config")]

"""What every flow tells of its end: hooks that Prefect calls for a run that failed or crashed, and `works` for one that
was completed. Where a run's process was killed, the worker that survives it (or `axiswatch serve`) calls the hook."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import datetime
from typing import Any, TypedDict

from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow

from flows import flow_health
from flows.alarm import last_resort
from flows.books import Clock
from flows.config import Config, ConfigError
from flows.password import password_of

logger = logging.getLogger(__name__)

ASKED_TO_STOP = re.compile(
    r"status code:? (-15|-2|143|130)\b|by an interrupt signal|by a termination signal|by the runtime environment"
)
"""How Prefect words the end of a run whose process was asked to stop, as by Ctrl-C or a machine that shuts down."""


async def tell_of_end(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Take down that this run failed or crashed, and raise the operator's alarm where that is news."""
    message = str(state.message or state.name).removeprefix("Flow run encountered an exception: ")
    if state.is_crashed() and ASKED_TO_STOP.search(message):
        logger.warning("%s: the run %s was asked to stop: %s", flow.name, flow_run.name, message)
        return
    line = f"the run {flow_run.name} crashed: {message}" if state.is_crashed() else message
    current = last_resort(str(flow_run.parameters.get("config", "")))
    await fails(current, flow.name, [line], Clock(str(flow_run.parameters.get("now", ""))).now())


class Hooks(TypedDict):
    """The hooks as the decorator of a flow takes them."""

    on_failure: list[Any]
    on_crashed: list[Any]


WATCHED: Hooks = {"on_failure": [tell_of_end], "on_crashed": [tell_of_end]}


async def fails(current: Config, what: str, lines: list[str], now: datetime) -> None:
    """Take down that ``what`` failed; the alarm is raised where that is news. Never raises."""
    password = await _password(current)
    await asyncio.to_thread(flow_health.failed, current, what, lines, now, password)


async def works(current: Config, what: str, now: datetime) -> None:
    """Take down that ``what`` was completed; the operator is told where it had failed. Never raises."""
    if not flow_health.needs_telling(current, what):
        return
    password = await _password(current)
    await asyncio.to_thread(flow_health.completed, current, what, now, password)


async def _password(current: Config) -> str:
    try:
        return await password_of(current)
    except ConfigError as error:
        logger.error("%s", error)
        return ""

"""What every flow tells of its end: hooks that Prefect calls for a run that failed or crashed, and `works` for one that
was completed. Where a run's process was killed, the worker that survives it (or `axiswatch serve`) calls the hook."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow

from flows.alarms import watch
from flows.alarms.conditions import headline_of
from flows.alarms.ping import ping
from flows.config.settings import DEFAULT_FILE, Config, ConfigError, StoreSettings, named_file
from flows.runtime import flow_health
from flows.runtime.clock import Clock
from flows.runtime.flow_health_file import FOLDER
from flows.runtime.operator_alerts import is_there, last_resort
from flows.runtime.secrets import password_of
from flows.runtime.shown_runs import name_of, run_name
from flows.runtime.stale_runs import Closed

logger = logging.getLogger(__name__)

ASKED_TO_STOP = re.compile(
    r"status code:? (-15|-2|143|130)\b|by an interrupt signal|by a termination signal|by the runtime environment"
)
"""How Prefect words the end of a run whose process was asked to stop, as by Ctrl-C or a machine that shuts down."""


async def tell_of_end(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Record that this run failed or crashed, and raise the operator's alarm where that is news."""
    message = str(state.message or state.name).removeprefix("Flow run encountered an exception: ")
    name = name_of(flow.name, flow_run)
    if state.is_crashed() and ASKED_TO_STOP.search(message):
        logger.warning("%s: the run %s was asked to stop: %s", flow.name, name, message)
        return
    line = f"the run {name} crashed: {message}" if state.is_crashed() else message
    current = last_resort(str(flow_run.parameters.get("config", "")))
    await fails(current, flow.name, [line], _moment(str(flow_run.parameters.get("now", ""))))


def _moment(now: str) -> datetime:
    """The moment that a run goes by; the clock's where its parameter is no moment (that may be why it failed)."""
    try:
        return Clock(now).now()
    except ValueError:
        return Clock().now()


async def tell_of_swept(current: Config, swept: Closed) -> None:
    """Record that these runs were killed: nobody called their hooks, and a flow that is killed each time, say for want
    of memory, would never raise an alarm."""
    for what, run in swept.runs:
        logger.warning("%s: the run %s was cut off and is closed", what, run)
        line = f"the run {run} was cut off: it was killed, or its machine stopped"
        await fails(current, what, [line], Clock().now())


class Hooks(TypedDict):
    """The hooks as the decorator of a flow takes them, and what its runs are called."""

    on_failure: list[Any]
    on_crashed: list[Any]
    flow_run_name: Callable[[], str]


WATCHED: Hooks = {"on_failure": [tell_of_end], "on_crashed": [tell_of_end], "flow_run_name": run_name}


async def fails(current: Config, what: str, lines: list[str], now: datetime) -> None:
    """Record that ``what`` failed; the alarm is raised where that is news. Never raises."""
    try:
        password = await _password(current)
        await asyncio.to_thread(watch.failed, current, what, lines, now, password)
    except Exception:
        # What failed first is what must be told: the run's own error goes on.
        logger.exception("the alarm of %s", what)


async def works(current: Config, what: str, now: datetime, config: str = "") -> None:
    """Record that ``what`` was completed; the operator is told where it had failed. Never raises.

    ``config`` is the path of the config: while that could not be read, failures may have been recorded beside it
    instead of beside the store.
    """
    try:
        for place in _places(current, config):
            if flow_health.needs_telling(place, what):
                password = await _password(current)
                await asyncio.to_thread(watch.completed, place, what, now, password)
    except Exception:
        logger.exception("the end of the alarm of %s", what)


async def begins(current: Config) -> None:
    """Tell by the ping of [watch] that a pass begins. Never raises."""
    if current.watch.ping:
        await asyncio.to_thread(ping, current, "start")


async def looks(current: Config, now: datetime, *, deep: bool = False) -> list[str]:
    """Look at the state of things, raise and end alarms, tell what has to be told, and ping; returns what is bad, a
    headline each. ``deep``: look the store over for damage, too. Never raises."""
    try:
        password = await _password(current)
        bad = await asyncio.to_thread(watch.look_and_ping, current, now, password, deep=deep)
    except Exception:
        logger.exception("the look at the state of things")
        return []
    return [headline_of(each) for each in bad]


def _places(current: Config, config: str) -> list[Config]:
    """The config; where something was recorded beside its file, also a copy of it with the default store there."""
    named = named_file(Path(config) if config else None) or Path(DEFAULT_FILE)
    other = named.parent.resolve() / Config().store.path
    if other == current.store.path or not is_there(other.parent / FOLDER):
        return [current]
    return [current, current.model_copy(update={"store": StoreSettings(path=other)})]


async def _password(current: Config) -> str:
    try:
        return await password_of(current)
    except ConfigError as error:
        logger.error("%s", error)
        return ""

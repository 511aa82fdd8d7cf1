"""What Prefect shows of the work: names of runs that say what and when, and artifacts. Nothing of it is kept there
alone, and none of it can fail a run."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect.artifacts import (
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)
from prefect.client.schemas.objects import FlowRun
from prefect.context import FlowRunContext
from prefect.settings import PREFECT_LOGGING_TO_API_ENABLED

from flows.runtime.flow_config import config_at
from flows.runtime.held_start import expect_start

logger = logging.getLogger(__name__)

PROGRESS_SECONDS = 5.0
"""Between two updates of the progress of long work."""
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")


def run_name() -> str:
    """``monitor 06:20``: the flow and the moment at which the run was due, in the digest's time zone. For the day it
    goes by where its clock was moved. Prefect calls it as a run is about to begin, which from then on is waited for."""
    context = FlowRunContext.get()
    if context is None or context.flow is None or context.flow_run is None:
        return "run"
    named = _named(context.flow.name, context.parameters or {}, context.flow_run.expected_start_time)
    expect_start(named)
    return named


def name_of(flow: str, run: FlowRun) -> str:
    """The same of a run of that flow that may have been killed before it was called so, and still has the two words
    that Prefect draws for it."""
    return run.name if run.name.startswith(f"{flow} ") else _named(flow, run.parameters, run.expected_start_time)


def _named(flow: str, parameters: Mapping[str, Any], expected: datetime | None) -> str:
    moved = str(parameters.get("now") or "")
    due = (expected or datetime.now(UTC)).astimezone(_zone(str(parameters.get("config") or "")))
    return f"{flow} {moved[:16].replace('T', ' ') or format(due, '%H:%M')}"


def _zone(config: str) -> ZoneInfo:
    try:
        return ZoneInfo(config_at(config).digest.time_zone)
    except Exception:
        # The run itself will say what is wrong with the config.
        return ZoneInfo("UTC")


def is_looked_at() -> bool:
    """Whether anybody can see what is shown: the server of a single command ends with it."""
    return FlowRunContext.get() is not None and bool(PREFECT_LOGGING_TO_API_ENABLED.value())


async def show_table(key: str, rows: list[dict[str, Any]], description: str) -> None:
    """Show a table beside the run."""
    await _show(lambda: acreate_table_artifact(rows, key=key_of(key), description=description))


async def show_markdown(key: str, text: str, description: str = "") -> None:
    """Show a page beside the run."""
    await _show(lambda: acreate_markdown_artifact(text, key=key_of(key), description=description))


async def _show(make: Callable[[], Awaitable[UUID]]) -> UUID | None:
    if not is_looked_at():
        return None
    try:
        return await make()
    except Exception as error:
        logger.warning("nothing is shown on Prefect's pages: %s: %s", type(error).__name__, error)
        return None


def key_of(text: str) -> str:
    """The text as a key of an artifact: small letters, digits, dashes."""
    return _NOT_IN_KEYS.sub("-", text.lower()).strip("-")


class Progress:
    """How far long work has come, as a bar beside its run; told as often as one likes, sent every few seconds."""

    def __init__(self, key: str, description: str) -> None:
        self._key, self._description = key_of(key), description
        self._artifact: UUID | None = None
        self._sent_at = 0.0

    async def tell(self, done: float, total: float) -> None:
        """So much of the whole is done."""
        percent = min(100.0, 100.0 * done / total) if total else 100.0
        is_begun, is_done = self._artifact is not None, percent >= 100
        if is_begun and not is_done and time.monotonic() - self._sent_at < PROGRESS_SECONDS:
            return
        self._sent_at = time.monotonic()
        if self._artifact is None:
            text = self._description
            self._artifact = await _show(lambda: acreate_progress_artifact(percent, key=self._key, description=text))
        else:
            known = self._artifact
            await _show(lambda: _update(known, percent))


async def _update(artifact: UUID, percent: float) -> UUID:
    await aupdate_progress_artifact(artifact, progress=percent)
    return artifact

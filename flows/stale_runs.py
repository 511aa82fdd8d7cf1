"""Flow runs that a power cut or a kill left behind: Prefect goes on counting them, and no later run may start.

Three things free their places: leases that lie on disk and run out, an automation that watches the heartbeats of runs
under way (`flows.heartbeats`), and `close_stale_runs`, which does not have to wait for either.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.events.filters import EventFilter, EventNameFilter, EventOccurredFilter, EventResourceFilter
from prefect.states import Crashed

from flows.heartbeats import HEARTBEAT, SILENT_FOR

logger = logging.getLogger(__name__)

HOLDING = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
"""The states in which a run holds its deployment's one place."""
STARTING = timedelta(seconds=30)
"""A run whose process is not there yet may be starting. It takes some 5 seconds on an idle machine."""
POLL_SECONDS = 2.0

Where = Literal["anywhere", "here", "nowhere"]
"""Where runs of a server can be under way: on other machines too, on this one alone, or (its only worker has just
been started) on none."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a sweep came to: runs that were closed, and places that were freed although no run held them."""

    runs: int = 0
    places: int = 0


async def our_deployments(client: PrefectClient, flows: Sequence[str]) -> list[DeploymentResponse]:
    """The deployments of these flows: those of that name that lie in our own modules."""
    found = await client.read_deployments(flow_filter=FlowFilter(name=FlowFilterName(any_=list(flows))))
    return [each for each in found if (each.entrypoint or "").startswith("flows.")]


async def close_stale_runs(
    client: PrefectClient,
    deployments: Sequence[DeploymentResponse],
    where: Where,
    on_wait: Callable[[str], None] = lambda _: None,
) -> Closed:
    """Declare dead the runs of these deployments that nobody works on any more, then free what no run holds.

    A run with a process on this machine is left alone. One without is closed when it can no longer show a sign of life
    (see `patience`); until then this waits and says so through ``on_wait``. Other people's runs are not looked at.
    """
    closed = 0
    while waiting := await _without_process(client, deployments, where):
        signs = await _signs_of_life(client, waiting)
        now = datetime.now(UTC)
        dead = [run for run in waiting if now - signs[run.id] >= patience(run.state_type, where)]
        for run in dead:
            await client.set_flow_run_state(run.id, Crashed(message="its process has ended without a word"), force=True)
        closed += len(dead)
        if len(dead) < len(waiting):
            left = max(signs[run.id] + patience(run.state_type, where) - now for run in waiting if run not in dead)
            on_wait(f"waiting {left.total_seconds():.0f} s for a sign of life of {len(waiting) - len(dead)} runs")
            await asyncio.sleep(POLL_SECONDS)
    return Closed(closed, await _free_places(client, deployments))


def patience(state: StateType | None, where: Where) -> timedelta:
    """How long after its last sign of life a run without a process here is given up."""
    if where == "nowhere":
        return timedelta(0)
    if where == "here":
        return STARTING if state == StateType.PENDING else timedelta(0)
    return SILENT_FOR


async def _without_process(
    client: PrefectClient, deployments: Sequence[DeploymentResponse], where: Where
) -> list[FlowRun]:
    runs = await _holding(client, deployments)
    return runs if where == "nowhere" else [run for run in runs if not is_alive_here(run.id, run.infrastructure_pid)]


async def _holding(client: PrefectClient, deployments: Sequence[DeploymentResponse]) -> list[FlowRun]:
    if not deployments:
        return []
    return await client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[each.id for each in deployments])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=HOLDING))),
    )


def is_alive_here(run_id: UUID, process: str | None) -> bool:
    """Whether a process of this machine works on that run, as far as can be told: a process that may not be looked
    into counts as the one whose number Prefect has noted."""
    noted = int(process) if process and process.isdigit() else 0
    mark = f"PREFECT__FLOW_RUN_ID={run_id}".encode()
    if not Path("/proc/self/environ").exists():
        return bool(noted) and _exists(noted)
    return any(mark in said if said is not None else number == noted for number, said in _environments())


def _environments() -> Iterable[tuple[int, bytes | None]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield int(folder.name), (folder / "environ").read_bytes()
        except PermissionError:
            yield int(folder.name), None
        except OSError:  # it has just ended
            continue


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


async def _signs_of_life(client: PrefectClient, runs: Sequence[FlowRun]) -> dict[UUID, datetime]:
    """Run → when it was last heard of: its newest heartbeat, or the moment at which its state began."""
    return {run.id: await _last_heard_of(client, run) for run in runs}


async def _last_heard_of(client: PrefectClient, run: FlowRun) -> datetime:
    began = run.state.timestamp if run.state else datetime.now(UTC)
    wanted = EventFilter(
        event=EventNameFilter(name=[HEARTBEAT]),
        resource=EventResourceFilter(id=[f"prefect.flow-run.{run.id}"]),
        occurred=EventOccurredFilter(since=datetime.now(UTC) - 2 * SILENT_FOR),
    )
    newest = (await client.read_events(filter=wanted, limit=1)).events
    return max([began, *(event.occurred for event in newest)])


async def _free_places(client: PrefectClient, deployments: Sequence[DeploymentResponse]) -> int:
    """Set free the places of these deployments that are taken although none of their runs is under way: what is left
    where a power cut kept the count and lost the lease. Returns how many deployments that were."""
    limits = {each.id: (await client.read_deployment(each.id)).global_concurrency_limit for each in deployments}
    # Read after the limits: a run that takes its place meanwhile is then among those that hold one.
    held = {run.deployment_id for run in await _holding(client, deployments)}
    left = [limit for key, limit in limits.items() if limit is not None and limit.active_slots and key not in held]
    for limit in left:
        await client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))
    return len(left)

"""Flow runs that a power cut or a kill left behind: Prefect goes on counting them, and no later run may start.

Three things free their places: leases that lie on disk and run out, an automation that watches the heartbeats of runs
under way (`flows.runtime.heartbeats`), and `close_stale_runs`, which does not have to wait for either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import DeploymentResponse, SetStateStatus
from prefect.events.filters import EventFilter, EventNameFilter, EventOccurredFilter, EventResourceFilter
from prefect.states import Crashed

from flows.config.prefect import ENTRYPOINTS
from flows.runtime.heartbeats import HEARTBEAT, SILENT_FOR
from flows.runtime.run_process import is_alive_here
from flows.runtime.shown_runs import name_of

HOLDING = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
"""The states in which a run holds its deployment's one place."""
STARTING = timedelta(seconds=30)
"""A run whose process is not there yet may be starting. It takes some 5 seconds on an idle machine."""
POLL_SECONDS = 2.0

Where = Literal["anywhere", "here", "nowhere"]
"""Where runs of a server can be under way: on other machines too, on this one alone, or (its only worker has just
been started) on none."""
SignOfLife = tuple[UUID | None, UUID | None]
"""The ids of a run's state and of its newest heartbeat: a change is a sign of life, whatever a machine's clock says."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a sweep came to: the runs that were closed, as (flow, name of the run), and the number of places that were
    freed although no run held them."""

    runs: tuple[tuple[str, str], ...] = ()
    places: int = 0


async def our_deployments(client: PrefectClient) -> list[DeploymentResponse]:
    """The deployments of our own flows, by flow and module: those of another project's "monitor" are not ours."""
    found = await client.read_deployments(flow_filter=FlowFilter(name=FlowFilterName(any_=list(ENTRYPOINTS))))
    return [each for each in found if each.entrypoint in ENTRYPOINTS.values()]


async def close_stale_runs(
    client: PrefectClient,
    deployments: Sequence[DeploymentResponse],
    where: Where,
    on_wait: Callable[[str], None] = lambda _: None,
    silent_for: timedelta = SILENT_FOR,
) -> Closed:
    """Declare dead the runs of these deployments that nobody works on any more, then free what no run holds.

    A run with a process on this machine is left alone. Where runs can be under way elsewhere, this waits ``silent_for``
    for a sign of life of each other one, and says so through ``on_wait``.
    """
    waiting = {run.id: run for run in await _without_process(client, deployments, where)}
    signs = {run.id: await _sign_of(client, run) for run in waiting.values()}
    begun, dead = datetime.now(UTC), list[FlowRun]()
    if waiting and where == "anywhere":
        on_wait(f"{len(waiting)} without a process here: up to {silent_for.total_seconds():.0f} s for a sign of life")
    while waiting:
        now = datetime.now(UTC)
        dead += [run for run in waiting.values() if now >= _last_moment(run, where, begun, silent_for)]
        for run in dead:
            waiting.pop(run.id, None)
        if waiting:
            await asyncio.sleep(POLL_SECONDS)
            waiting = await _still_silent(client, deployments, where, waiting, signs)
    named = {each.id: each.entrypoint for each in deployments}
    closed = [run for run in dead if await _close(client, run)]
    flows = {entrypoint: name for name, entrypoint in ENTRYPOINTS.items()}
    told = [(flows.get(str(named.get(run.deployment_id)), "?"), run) for run in closed if run.deployment_id]
    runs = tuple((flow, name_of(flow, run)) for flow, run in told)
    return Closed(runs, await _free_places(client, deployments))


def _last_moment(run: FlowRun, where: Where, begun: datetime, silent_for: timedelta) -> datetime:
    """From when on a run without a process here and without a sign of life is taken for dead."""
    if where == "anywhere":
        return begun + silent_for
    if where == "here" and run.state is not None and run.state_type == StateType.PENDING:
        return run.state.timestamp + STARTING
    return begun


async def _still_silent(
    client: PrefectClient,
    deployments: Sequence[DeploymentResponse],
    where: Where,
    waiting: Mapping[UUID, FlowRun],
    signs: Mapping[UUID, SignOfLife],
) -> dict[UUID, FlowRun]:
    """Those of the waiting that have not changed, ended or sent a heartbeat, nor got a process here."""
    now = [run for run in await _without_process(client, deployments, where) if run.id in waiting]
    return {run.id: run for run in now if await _sign_of(client, run) == signs[run.id]}


async def _close(client: PrefectClient, run: FlowRun) -> bool:
    """Whether Prefect took it for crashed: one that has ended meanwhile stays as it ended. One that is being cancelled
    Prefect would let be nothing but cancelled, and so it must be forced."""
    crashed: State[None] = Crashed(message="its process has ended without a word")
    is_cancelling = run.state_type == StateType.CANCELLING
    answer = await client.set_flow_run_state(run.id, crashed, force=is_cancelling)
    return answer.status == SetStateStatus.ACCEPT


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


async def _sign_of(client: PrefectClient, run: FlowRun) -> SignOfLife:
    wanted = EventFilter(
        event=EventNameFilter(name=[HEARTBEAT]),
        resource=EventResourceFilter(id=[f"prefect.flow-run.{run.id}"]),
        occurred=EventOccurredFilter(since=datetime.now(UTC) - timedelta(days=1)),
    )
    newest = (await client.read_events(filter=wanted, limit=1)).events
    return run.state_id, newest[0].id if newest else None


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

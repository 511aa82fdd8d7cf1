"""Runs of every kind on a server of Prefect's, swept, and what became of each:
``python -m tests.support.swept_runs`` with the server's address and login in the environment."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

from prefect import State, get_client
from prefect.client.orchestration import PrefectClient
from prefect.events import emit_event
from prefect.states import Cancelling, Pending, Running

from flows.runtime.heartbeats import HEARTBEAT
from flows.runtime.stale_runs import close_stale_runs, our_deployments

OURS, THEIRS = "flows.monitor.monitor", "flows/monitor.py:monitor"


async def main() -> None:
    """Print how many were swept, of which flows, and the state of each run; what was made is deleted again."""
    async with get_client() as client:
        runs = {
            "beating": await _run(client, "beating", OURS, Running()),
            "silent": await _run(client, "silent", OURS, Running()),
            "pending": await _run(client, "pending", OURS, Pending()),
            "cancelling": await _run(client, "cancelling", OURS, Cancelling()),
            "foreign": await _run(client, "foreign", THEIRS, Running()),
        }
        beating = asyncio.create_task(_beat(runs["beating"]))
        swept = await close_stale_runs(client, await our_deployments(client), "anywhere", print, timedelta(seconds=6))
        beating.cancel()
        print(len(swept.runs), {what for what, _ in swept.runs})
        for name, run in runs.items():
            state = (await client.read_flow_run(run)).state_type
            print(name, state.value if state else "")
            await client.delete_flow_run(run)
        for each in await client.read_deployments():
            if each.name in runs:
                await client.delete_deployment(each.id)


async def _run(client: PrefectClient, name: str, entrypoint: str, state: State) -> UUID:
    flow = await client.create_flow_from_name("monitor")
    deployment = await client.create_deployment(flow, name, entrypoint=entrypoint)
    run = await client.create_flow_run_from_deployment(deployment)
    # As Prefect notes it of a run that has been started: without it, to cancel is to end.
    await client.update_flow_run(run.id, infrastructure_pid="999999999")
    await client.set_flow_run_state(run.id, state, force=True)
    return run.id


async def _beat(run: UUID) -> None:
    while True:
        emit_event(HEARTBEAT, resource={"prefect.resource.id": f"prefect.flow-run.{run}"})
        await asyncio.sleep(0.5)


if __name__ == "__main__":
    asyncio.run(main())

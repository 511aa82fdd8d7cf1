"""Heartbeats of flow runs, and the automation by which Prefect's server closes a run that sends none any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from prefect.automations import AutomationCore, EventTrigger, Posture, ResourceSpecification
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState

from flows.config.prefect import HEARTBEAT_SECONDS

HEARTBEAT = "prefect.flow-run.heartbeat"
SILENT_FOR = timedelta(seconds=3 * HEARTBEAT_SECONDS)
"""A run without a sign of life for so long is dead: two heartbeats may go missing."""
AUTOMATION = "axiswatch: close runs without a heartbeat"


async def watch_heartbeats(client: PrefectClient, deployments: Sequence[UUID]) -> None:
    """Have the server close runs of these deployments that send no heartbeat for ``SILENT_FOR``. Again, it changes
    nothing, or brings the automation up to date."""
    wanted = _automation(sorted(deployments, key=str))
    known = await client.read_automations_by_name(AUTOMATION)
    if not known:
        await client.create_automation(wanted)
    elif not _is_same(known[0], wanted):
        # Only then: an update forgets which runs the server waits for.
        await client.update_automation(known[0].id, wanted)
    for double in known[1:]:
        await client.delete_automation(double.id)


def _is_same(known: AutomationCore, wanted: AutomationCore) -> bool:
    told = [each.model_dump(include={"enabled", "trigger", "actions"}) for each in (known, wanted)]
    return told[0] == told[1]


def _automation(deployments: Sequence[UUID]) -> AutomationCore:
    ends = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed", "Cancelling")}
    return AutomationCore(
        name=AUTOMATION,
        description="A run whose machine or process was killed holds its deployment's one place until it is closed.",
        trigger=EventTrigger(
            posture=Posture.Proactive,
            after={HEARTBEAT},
            expect={HEARTBEAT, *ends},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            match_related=ResourceSpecification(
                {
                    "prefect.resource.role": ["deployment"],
                    "prefect.resource.id": [f"prefect.deployment.{each}" for each in deployments],
                }
            ),
            for_each={"prefect.resource.id"},
            threshold=1,
            within=SILENT_FOR,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message="no heartbeat any more")],
    )

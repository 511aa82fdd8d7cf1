"""The command `deploy`: a Prefect server and workers of one's own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of, options

if TYPE_CHECKING:
    from flows.runtime.deploy import Deployed


def deploy(
    ctx: typer.Context,
    alone: Annotated[
        bool,
        typer.Option("--alone", help="no other machine works for this server: close at once what has no process here"),
    ] = False,
) -> None:
    """Make a Prefect server of your own ready for the schedules of prefect.yaml. Call it in their folder, once before
    the server starts (it writes the settings that a server reads then), once after, and after every boot; again, it
    changes nothing.

    It writes the server's settings into Prefect's profile (leases on disk; runs are kept for 14 days and events for 2,
    those of other projects too; what you have set stays). It closes runs that a kill or a power cut left behind: for as
    long as they count as running no other starts. Then it makes the work pool, deploys prefect.yaml by the times of
    [schedule] and the zone of [digest], and adds the automation that closes runs without a heartbeat. A run that may
    still be alive on another machine is given 90 seconds to show it; --alone says that no other machine works for this
    server. Exit code 2: no server answers yet, it wants a login, or Prefect refused.

    Example: axiswatch deploy --alone
    """
    from flows.config.environment import reach_loopback_directly
    from flows.config.settings import named_file

    config = config_of(ctx)
    folder = Path.cwd()
    named = named_file(options(ctx).config)
    if named and named.resolve() != (folder / "axiswatch.toml").resolve():
        raise CommandError(
            f"the runs read axiswatch.toml in the folder of prefect.yaml: call deploy there, not for {named}"
        )
    reach_loopback_directly()
    from flows.runtime.clock import Clock
    from flows.runtime.deploy import deploy as deploy_all
    from flows.runtime.flow_hooks import tell_of_swept
    from flows.runtime.run_log import close_cut_off

    done = asyncio.run(deploy_all(folder, config, "here" if alone else "anywhere", _say))
    asyncio.run(tell_of_swept(config, done.swept))
    if config.store.path.exists():
        close_cut_off(config.store.path, Clock().now())
    _tell(done)


def _say(step: str) -> None:
    session.err.print(f"  {step}", markup=False)


def _tell(done: Deployed) -> None:
    from flows.digest.display_text import counted

    session.out.print(f"deployed at {done.address}: {', '.join(done.names)}", markup=False)
    closed = counted(len(done.swept.runs), "run left behind", "runs left behind")
    freed = counted(done.swept.places, "place that no run held", "places that no run held")
    session.out.print(f"closed: {closed}; freed: {freed}")
    for setting, reason in done.missing.items():
        told = f"the server was started without {setting}: {reason}; start it again"
        session.err.print(f"{told}, or set it where the server runs", markup=False)
    if done.is_open:
        told = "the server asks for no login: whoever reaches it can run programs as you"
        session.err.print(f"{told}; the README says how to shut it", markup=False)
    session.out.print("next: prefect worker start --pool axiswatch, in this folder", markup=False)

"""The command `deploy`: a Prefect server and workers of one's own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of, options

if TYPE_CHECKING:
    from flows.deploy import Deployed


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

    It writes the server's settings into Prefect's profile, makes the work pool, deploys the schedules, adds the
    automation that closes runs without a heartbeat, and closes runs that a kill or a power cut left behind, for as long
    as they count as running no other starts. A run that may still be alive on another machine is given 90 seconds to
    show it; --alone says that there is none. Exit code 2: no server answers yet, or Prefect refused.

    Example: axiswatch deploy --alone
    """
    from flows.environment import reach_loopback_directly

    config_of(ctx)
    named = options(ctx).config
    folder = Path.cwd()
    if named and named.resolve() != folder / "axiswatch.toml":
        raise CommandError(f"the runs read axiswatch.toml in the folder of prefect.yaml; call deploy in {named.parent}")
    reach_loopback_directly()
    from flows.deploy import deploy as deploy_all

    done = asyncio.run(deploy_all(folder, "here" if alone else "anywhere", _say))
    _tell(done)


def _say(step: str) -> None:
    session.err.print(f"  {step} ...", markup=False)


def _tell(done: Deployed) -> None:
    from flows.digest.wording import counted

    swept = done.swept
    session.out.print(f"deployed at {done.address}: {', '.join(done.names)}", markup=False)
    closed = counted(swept.runs, "run left behind", "runs left behind")
    freed = counted(swept.places, "place that no run held", "places that no run held")
    session.out.print(f"closed: {closed}; freed: {freed}")
    if done.missing:
        session.err.print(
            f"the server was started without {', '.join(done.missing)}: start it again, or a power cut stops the"
            " schedules for ever",
            markup=False,
        )
    if done.is_open:
        session.err.print(
            "the server asks for no login: whoever reaches it can run programs as you; the README says how to shut it",
            markup=False,
        )
    session.out.print("next: prefect worker start --pool axiswatch, in this folder", markup=False)

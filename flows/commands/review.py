"""The command `review`: the desk's list of what is worth a judgement, in the browser."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from typing import Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of


def review(
    ctx: typer.Context,
    show: Annotated[bool, typer.Option("--open", help="show the list in the browser")] = False,
) -> None:
    """Open the desk until Ctrl-C: near misses, the review band and flagged entries, to be judged by a click.

    The links of the digest's near misses lead here too. `axiswatch serve` keeps the desk open by itself. It answers on
    this machine alone; the address that is printed holds the key that opens the list.

    Example: axiswatch review --open
    """
    from flows.desk.server import open_desk, why_closed

    config = config_of(ctx)
    with session.existing_store(config):
        pass
    if not config.desk.port:
        raise CommandError("[desk] port is 0: there is no desk; give it a port such as 8737")
    try:
        with open_desk(config) as desk, suppress(KeyboardInterrupt):
            session.out.print(desk.url, markup=False)
            if show:
                webbrowser.open(desk.url)
            desk.wait()
    except OSError as error:
        raise CommandError(why_closed(config, error)) from error

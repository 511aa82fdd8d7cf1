"""The command that names who has unsubscribed, and takes readers back in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of, existing_store


def unsubscribed(
    ctx: typer.Context,
    take_back: Annotated[str, typer.Option("--take-back", help="let this address get the digest again")] = "",
) -> None:
    """Show who has unsubscribed by the link of a mail, and when; those who were taken back stay in the list.

    Nothing is sent to them, whatever the config says: their addresses can be taken out of it. --take-back is for a
    reader who asks for the digest again; their copies of editions sent meanwhile are not made up for.

    Example: axiswatch unsubscribed --take-back analyst@example.org
    """
    config = config_of(ctx)
    with existing_store(config) as store:
        from db import unsubscriptions

        if take_back and not unsubscriptions.take_back(store, take_back, datetime.now(UTC)):
            raise CommandError(f"{take_back!r} has not unsubscribed: axiswatch unsubscribed names who has")
        found = unsubscriptions.every(store)
    named = (*(reader.address for reader in config.readers()), *config.alerts.to, *config.weekly.recipients)
    listed = set(map(str.casefold, named))
    for each in found:
        line = f"{each.address}: {each.asked_at:%Y-%m-%d %H:%M} UTC"
        if each.taken_back_at:
            line += f", taken back {each.taken_back_at:%Y-%m-%d %H:%M} UTC"
        elif each.address in listed:
            line += ", still in the config"
        session.out.print(line, markup=False)
    standing = sum(each.taken_back_at is None for each in found)
    session.out.print(f"{standing} unsubscribed")

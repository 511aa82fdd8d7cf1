"""`axiswatch topic`: the folder that says what is watched. Thin: the work is in `classifiers.topic_check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError

topic = typer.Typer(no_args_is_help=True, help="The folder that says what is watched: roles, words, claims, examples.")


@topic.command("check")
def check_topic(folder: Annotated[Path, typer.Argument(help="the folder of a topic")]) -> None:
    """Say what is missing or contradictory in a topic's folder, each as FILE:LINE: what and the remedy.

    Faults go to stdout and make the exit code 1; notes (such as a language without an alias of a partner) do not.

    Example: axiswatch topic check topics/mine
    """
    from classifiers.topic_check.check import check
    from classifiers.topics.read import read_topic

    found = check(folder)
    for fault in found:
        session.out.print(f"{'note: ' if fault.is_note else ''}{fault}", markup=False)
    faults = sum(not fault.is_note for fault in found)
    if faults:
        raise CommandError(f"{faults} fault{'' if faults == 1 else 's'} in {folder}", session.BROKEN)
    session.out.print(f"{read_topic(folder).title}: no fault in {folder}", markup=False)

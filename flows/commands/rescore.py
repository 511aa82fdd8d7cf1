"""The command that scores again what the store holds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from flows.commands import session
from flows.commands.running import config_text, home_of
from flows.commands.session import CommandError, config_of, prefect_at_hand

if TYPE_CHECKING:
    from flows.rescoring.rescore import Rescored


def rescore(
    ctx: typer.Context,
    first: Annotated[str, typer.Option("--from", help="first day, such as 2024-11-16 [default: all]")] = "",
    last: Annotated[str, typer.Option("--to", help="last day [default: all]")] = "",
    anew: Annotated[bool, typer.Option("--anew", help="begin again what an earlier call left unfinished")] = False,
) -> None:
    """Score the stored entries again, under the model that judges now, with today's claims and rules of tags.

    Days are those on which entries were first seen, in UTC. It works beside serve and can be killed at any time: called
    again, it goes on where it stopped. Tags, trends and the lists of the desk follow the new scores, and what is newly
    flagged is put into stories and threads; stories stay what they are, and so do editions. Where the config says so
    under scale, a Dask cluster scores.

    Example: axiswatch rescore --from 2024-11-01 --to 2024-11-30
    """
    start, end = _day(first), _day(last)
    if start and end and end < start:
        raise CommandError(f"--to {last} lies before --from {first}")
    config = config_of(ctx)
    with session.existing_store(config):
        pass  # one that is not there is told before Prefect starts
    with prefect_at_hand(ctx, home_of(config)), _bar() as hear:
        done = asyncio.run(_rescored(config_text(ctx), start, end, hear, anew=anew))
    if done.went_on:
        session.out.print("went on where an earlier call had stopped")
    session.out.print(
        f"{done.scored} entries scored by {done.model_version}, {done.flagged} flagged:"
        f" {done.newly} newly, and {done.no_longer} others no longer; {done.clustered} put into stories"
    )
    if done.left:
        session.out.print(f"{done.left} were edited meanwhile: the next pass scores them")


async def _rescored(
    config: str, start: date | None, end: date | None, hear: Callable[[int, int], None], *, anew: bool
) -> Rescored:
    from flows.rescore import on_progress
    from flows.rescore import rescore as rescore_flow

    token = on_progress.set(hear)
    try:
        done: Rescored = await rescore_flow(
            config=config, start=_midnight(start), end=_midnight(end and end + timedelta(days=1)), anew=anew
        )
    finally:
        on_progress.reset(token)
    return done


def _midnight(day: date | None) -> str:
    return datetime.combine(day, time(), UTC).isoformat() if day else ""


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        raise CommandError(f"{told!r} is no day; write it as 2024-11-16") from error


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, with how many entries are done and how long the rest takes."""
    columns = (
        TextColumn("scoring again"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=session.err, transient=True, disable=not session.err.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

"""The command `digest`: send editions, show them again, reconstruct those of past days."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from flows.commands import session
from flows.commands.running import config_text, home_of, one_digest
from flows.commands.session import CommandError, config_of, prefect_at_hand
from flows.commands.tables import print_sent

if TYPE_CHECKING:
    from db.records import Edition
    from flows.config.settings import Config

LONGEST_SPAN = 400


def digest(
    ctx: typer.Context,
    day: Annotated[str, typer.Option("--date", "--day", help="show the edition of that day, as 2024-11-18")] = "",
    first: Annotated[str, typer.Option("--from", help="the first day of a span")] = "",
    last: Annotated[str, typer.Option("--to", help="the last day of the span")] = "",
    recompose: Annotated[bool, typer.Option("--recompose", help="make a new, numbered edition of the day")] = False,
    send: Annotated[bool, typer.Option("--send", help="mail what is shown to whoever has not got it")] = False,
    html: Annotated[bool, typer.Option("--html", help="show the page instead of the text")] = False,
) -> None:
    """Send the daily edition that was due last to whoever has not got it; again, it sends nothing again.

    With --date nothing is sent: the edition of that day is shown as it was frozen, byte for byte. For a past day
    that had none, a reconstruction is composed from the store, marked as such and kept; --from and --to do that for
    a span. --recompose makes a further edition of the day beside the first. --send mails what the others show.

    Example: axiswatch digest --date 2024-11-18
    """
    if bool(first) != bool(last) or (day and first) or (recompose and not day):
        raise CommandError("give --date, or --from and --to together; --recompose goes with --date")
    config = config_of(ctx)
    with session.existing_store(config):
        pass
    if not day and not first:
        _send(ctx, config, [""])
        return
    days = _days(first, last) if first else [day_of(day)]
    made = list(_editions(config, days, recompose=recompose))
    if first:
        for edition in made:
            session.out.print(_line(edition), markup=False)
    elif not send:
        _show(config, made[0], html=html)
    if send:
        _send(ctx, config, [edition.name for edition in made])


def _send(ctx: typer.Context, config: Config, names: Sequence[str]) -> None:
    with prefect_at_hand(ctx, home_of(config)):
        for name in names:
            sent = asyncio.run(one_digest(config_text(ctx), name))
            for missed in sent.missed:
                session.out.print(f"the edition {missed} had been missed: sent late")
            print_sent(sent)


def _editions(config: Config, days: Sequence[date], *, recompose: bool) -> Iterator[Edition]:
    """The edition of each day: the stored one, a new one beside it, or a reconstruction."""
    from flows.digest import editions as digest_editions

    now = datetime.now(UTC)
    quiet = len(days) == 1 or not session.err.is_terminal
    for day in track(days, "composing", console=session.err, transient=True, disable=quiet):
        try:
            digest_editions.closed_day(config, day.isoformat(), now)
            if recompose:
                yield digest_editions.recomposed(config, day, now)
            else:
                yield _stored(config, day) or digest_editions.past(config, day, now)
        except digest_editions.DayError as error:
            raise CommandError(str(error)) from error


def _stored(config: Config, day: date) -> Edition | None:
    from db import editions
    from db.connect import open_store

    with closing(open_store(config.store.path)) as store:
        return editions.find(store, day.isoformat())


def _show(config: Config, edition: Edition, *, html: bool) -> None:
    """The page as it was rendered when the edition was frozen, and nothing else, on stdout."""
    from db import editions
    from db.connect import open_store
    from flows.digest.content.codec import typed
    from flows.digest.render.pages import render_parts

    with closing(open_store(config.store.path)) as store:
        text, page = editions.pages(store, edition.id) or render_parts(typed(edition))
    sys.stdout.flush()
    sys.stdout.buffer.write((page if html else text).encode())
    sys.stdout.buffer.flush()


def _line(edition: Edition) -> str:
    from flows.digest.content.codec import content_of

    counts = content_of(edition.content).counts
    return f"{edition.name}: {edition.kind}, {counts.stories} stories from {counts.flagged} flagged entries"


def day_of(text: str) -> date:
    """The day that the text names. Raises CommandError for what is no ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is no date; write it as 2024-11-18") from error


def _days(first: str, last: str) -> list[date]:
    start, end = day_of(first), day_of(last)
    if not 0 <= (end - start).days < LONGEST_SPAN:
        raise CommandError(f"--from {first} --to {last} is no span of 1 to {LONGEST_SPAN} days")
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]

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
from flows.commands.running import config_text, home_of, one_digest, unsent
from flows.commands.session import CommandError, config_of, prefect_at_hand
from flows.commands.tables import print_sent
from flows.commands.weekly import week_to_send, week_with

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.records import Edition
    from flows.config.settings import Config
    from flows.digest.dispatch import Sent

LONGEST_SPAN = 400
EVER = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def digest(
    ctx: typer.Context,
    day: Annotated[str, typer.Option("--date", "--day", help="show the edition of that day, as 2024-11-18")] = "",
    first: Annotated[str, typer.Option("--from", help="the first day of a span")] = "",
    last: Annotated[str, typer.Option("--to", help="the last day of the span")] = "",
    recompose: Annotated[bool, typer.Option("--recompose", help="make a new, numbered edition of the day")] = False,
    send: Annotated[bool, typer.Option("--send", help="mail what is shown to whoever has not got it")] = False,
    html: Annotated[bool, typer.Option("--html", help="show the page instead of the text")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="also where nothing was read in that time")] = False,
    weekly: Annotated[
        bool, typer.Option("--weekly", help="the edition of a week; --date: of the week of that day")
    ] = False,
) -> None:
    """Send the daily edition that was due last to whoever has not got it; again, it sends nothing again.

    With --date nothing is sent: the edition of that day is shown as it was frozen, byte for byte. For a past day
    that had none, a reconstruction is composed from the store, marked as such and kept; --from and --to do that for
    a span. --recompose makes a further edition of the day beside the first. --send mails what the others show.

    Where nothing was ever read in the time that is asked for, nothing is composed or sent without --anyway; at a
    terminal you are asked. Exit code 4: there is an edition, and nobody could be given it.

    With --weekly all this is about the edition of a week, which is made of the daily ones: without --date the one whose
    week closed last is sent, whether or not [weekly] sends one on its day.

    Example: axiswatch digest --date 2024-11-18
    Example: axiswatch digest --weekly --date 2024-11-18 --html
    """
    _refuse_what_does_not_go_together(day, first, last, recompose=recompose, weekly=weekly)
    config = config_of(ctx)
    if weekly:
        _week(ctx, config, day, send=send, html=html, anyway=anyway)
        return
    days = _days(first, last) if first else [day_of(day)] if day else []
    if not (anyway or recompose):  # a further edition needs a first
        _ask_where_nothing_was_read(config, days)
    if not days:
        _send(ctx, config, [""])
        return
    made = []
    for edition in _editions(config, days, recompose=recompose):
        made.append(edition.name)
        if first:  # told as it is made: a span takes seconds a day
            session.out.print(_line(edition), markup=False)
        elif not send:
            _show(config, edition, html=html)
    if send:
        _send(ctx, config, made)


def _refuse_what_does_not_go_together(day: str, first: str, last: str, *, recompose: bool, weekly: bool) -> None:
    if weekly and (first or last or recompose):
        raise CommandError("--weekly goes with --date, --html, --send and --anyway alone")
    if bool(first) != bool(last) or (day and first) or (recompose and not day):
        raise CommandError("give --date, or --from and --to together; --recompose goes with --date")


def _week(ctx: typer.Context, config: Config, day: str, *, send: bool, html: bool, anyway: bool) -> None:
    """Send the weekly edition that was due last, or show that of the week in which ``day`` lies."""
    if not day:
        _send(ctx, config, [week_to_send(config, anyway=anyway)])
        return
    edition = week_with(config, day_of(day), anyway=anyway)
    if send:
        _send(ctx, config, [edition.name])
    else:
        _show(config, edition, html=html)


def _ask_where_nothing_was_read(config: Config, days: Sequence[date]) -> None:
    """Raises CommandError where the store holds nothing for any of the days (none: at all), no edition of them is
    stored, and nobody at a terminal wants an empty one."""
    from db import editions
    from flows.digest.editions import DayError, closed_day, was_awake, window_of
    from flows.digest.window import Window

    with session.existing_store(config) as store:
        if any(editions.find(store, day.isoformat()) for day in days):
            return
        try:
            closed = [window_of(config, closed_day(config, day.isoformat(), datetime.now(UTC))) for day in days]
        except DayError as error:
            raise CommandError(str(error)) from error
        if any(was_awake(store, window) for window in closed or [Window(*EVER)]):
            return
        held = _span_held(config, store)
    about = _about(days)
    if session.err.is_terminal and typer.confirm(f"{held} Compose an empty edition {about}?", err=True):
        return
    raise CommandError(f"{held} No edition {about} was made; add --anyway for an empty one")


def _span_held(config: Config, store: Database) -> str:
    from db import entries
    from flows.digest.editions import day_of as edition_day

    seen = entries.seen_between(store)
    if seen is None:
        return "Nothing has been read into the store yet: axiswatch run reads the feeds."
    first, last = (edition_day(config, moment) for moment in seen)
    return f"The store holds what was read from {first} to {last}."


def _about(days: Sequence[date]) -> str:
    if not days:
        return "for today"
    return f"of {days[0]}" if len(days) == 1 else f"of {days[0]} to {days[-1]}"


def _send(ctx: typer.Context, config: Config, names: Sequence[str]) -> None:
    with prefect_at_hand(ctx, home_of(config)):
        sent = [_sent(ctx, name) for name in names]
    if lost := [each for each in sent if each.reached_nobody]:
        raise unsent(lost)


def _sent(ctx: typer.Context, name: str) -> Sent:
    sent = asyncio.run(one_digest(config_text(ctx), name))
    for missed in sent.missed:
        session.out.print(f"the edition {missed} had been missed: sent late")
    print_sent(sent)
    return sent


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
    """The page as it was rendered when the edition was frozen, its pictures in it, and nothing else, on stdout."""
    from db import editions
    from db.connect import open_store
    from flows.digest.content.codec import content_of, typed
    from flows.digest.render.images import standalone
    from flows.digest.render.pages import render_parts

    with closing(open_store(config.store.path)) as store:
        text, page = editions.pages(store, edition.id) or render_parts(typed(edition))
    shown = standalone(page, content_of(edition.content)) if html else text
    sys.stdout.flush()
    sys.stdout.buffer.write(shown.encode())
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

"""The command that shows how each feed fares."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from flows.commands import session
from flows.commands.session import CommandError, config_of, existing_store

if TYPE_CHECKING:
    from sqlite_utils import Database

    from flows.feeds.schedule.health import Health

RECENT = timedelta(days=7)
STYLES = {"gone": "red", "failing": "red", "silent": "yellow", "paused": "yellow"}


def health(
    ctx: typer.Context,
    troubled: Annotated[bool, typer.Option("--troubled", help="show only the feeds that want a look")] = False,
    at: Annotated[str, typer.Option(help="as of another moment, as 2024-11-18T12:00+00:00")] = "",
) -> None:
    """Show how each feed fares: last success, entries a day against its usual rhythm, error, next check and why.

    gone: the server says so (410). failing: the last check went wrong. silent: nothing new for longer than it has
    ever paused. paused: its host asked for quiet. moving, moved: the server names another address. Beneath stands who
    has not got the newest edition, by mail or by webhook, and why.

    Example: axiswatch feeds health --troubled
    """
    now = moment(at)
    with existing_store(config_of(ctx)) as store:
        from db import unsubscriptions
        from flows.feeds.schedule.health import healths

        found = healths(store, now)
        left = len(unsubscriptions.standing(store))
        lost = undelivered(store, now)
    shown = [each for each in found if not troubled or each.condition != "ok"]
    if shown:
        session.out.print(health_table(shown, now))
    counts = Counter(each.condition for each in found)
    told = ", ".join(f"{count} {condition}" for condition, count in counts.items())
    session.out.print(f"{len(found)} feeds{': ' if told else ''}{told}")
    if left:
        session.out.print(
            f"{left} {'reader has' if left == 1 else 'readers have'} unsubscribed: axiswatch unsubscribed"
        )
    for line in lost:
        session.out.print(line, markup=False, highlight=False, style="red")


def undelivered(store: Database, now: datetime) -> list[str]:
    """A line for each recipient whose newest edition of the last week did not arrive: what was said, what is next."""
    from db import deliveries

    lines = []
    for edition, each in deliveries.not_arrived(store, now - RECENT):
        again = f"tried again {each.next_try_at:%m-%d %H:%M}" if each.next_try_at else "not tried again"
        lines.append(f"{each.recipient} ({each.way}): {edition} has not arrived: {each.detail or each.state}; {again}")
    return lines


def moment(text: str) -> datetime:
    """The aware moment of an ISO text; now for an empty one. Raises CommandError."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else datetime.now(UTC)
    except ValueError as error:
        raise CommandError(f"{text!r} is no moment; write it as 2024-11-18T12:00+00:00") from error


def health_table(rows: list[Health], now: datetime) -> Table:
    """A line a feed, the worst first."""
    from flows.feeds.schedule.health import ago

    table = Table(box=None, pad_edge=False)
    table.add_column("feed", overflow="ellipsis", no_wrap=True, min_width=18)
    for heading in ("condition", "read"):
        table.add_column(heading, no_wrap=True)
    for heading in ("a day", "usual"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("next check", no_wrap=True)
    table.add_column("why, and what is wrong", overflow="fold", ratio=1)
    for each in rows:
        usual = "?" if each.rhythm.usual is None else f"{each.rhythm.usual:.1f}"
        words = "; ".join(part for part in (each.remark, each.next_check_why) if part)
        cells = (each.feed.outlet or each.feed.url, each.condition, ago(each.state.last_success_at, now))
        numbers = (f"{each.rhythm.recent:.1f}", usual, f"{each.next_check_at:%m-%d %H:%M}")
        table.add_row(*map(escape, (*cells, *numbers, words)), style=STYLES.get(each.condition))
    return table

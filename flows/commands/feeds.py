"""Commands about the list of feeds."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from flows.commands import session
from flows.commands.session import CommandError, config_of

if TYPE_CHECKING:
    from db.records import FeedSpec
    from flows.config.settings import FetchSettings

app = typer.Typer(no_args_is_help=True, help="The list of feeds.")


@app.command("list")
def list_feeds(ctx: typer.Context) -> None:
    """Show the configured feeds.

    Example: axiswatch feeds list
    """
    from flows.feeds.subscriptions.user_feeds import listed

    table = Table(box=None, pad_edge=False)
    for heading in ("outlet", "country", "language", "kind", "topic", "address"):
        table.add_column(heading, overflow="fold")
    specs = listed(config_of(ctx).feeds)
    for spec in specs:
        cells = (spec.outlet, spec.country, spec.language, spec.kind, spec.topic, spec.url)
        table.add_row(*map(escape, cells))
    session.out.print(table)
    session.out.print(f"{len(specs)} feeds")


@app.command()
def check(
    ctx: typer.Context,
    failing: Annotated[bool, typer.Option("--failing", help="show only the feeds that do not answer")] = False,
) -> None:
    """Try every configured feed and say which answer; nothing is stored. Exit code 3: none does.

    Example: axiswatch feeds check --failing
    """
    from flows.feeds.subscriptions.user_feeds import listed

    config = config_of(ctx)
    specs = listed(config.feeds)
    answers = asyncio.run(try_all(specs, config.fetch))
    sound = 0
    for spec, (is_sound, told) in zip(specs, answers, strict=True):
        sound += is_sound
        if not (failing and is_sound):
            session.out.print(f"{'ok    ' if is_sound else 'failed'} {spec.outlet}: {told} ({spec.url})", markup=False)
    session.out.print(f"{sound} of {len(specs)} feeds answer with entries or an empty feed")
    if not sound:
        raise CommandError(f"0 of {len(specs)} feeds could be reached", session.UNREACHED)


async def try_all(specs: list[FeedSpec], settings: FetchSettings) -> list[tuple[bool, str]]:
    """(whether it answers with a feed, what came of it) of each feed, in their order."""
    from flows.feeds.http.fetch import Fetcher
    from flows.feeds.parsing.records import FeedFailure
    from flows.feeds.parsing.worker_pool import ParsePool

    now = datetime.now(UTC)

    async def attempt(url: str) -> tuple[bool, str]:
        async with fetcher.fetched(url) as answer:
            pass
        if isinstance(answer, FeedFailure):
            return False, answer.error
        parsed = await pool.parse(answer, now)
        moved = f", moved to {answer.final_url}" if answer.final_url not in ("", url) else ""
        found = f"{len(parsed.entries)} entries in {answer.milliseconds} ms{moved}"
        return not parsed.error, parsed.error or found

    async with ParsePool(settings) as pool, Fetcher(settings) as fetcher:
        tasks = [asyncio.create_task(attempt(spec.url)) for spec in specs]
        for done in track(
            asyncio.as_completed(tasks),
            "trying",
            len(tasks),
            console=session.err,
            transient=True,
            disable=not session.err.is_terminal,
        ):
            await done
        return [task.result() for task in tasks]

"""The command `replay`: what the editions of past days would have told, composed from archives."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from flows.commands import session
from flows.commands.backfill import load
from flows.commands.digest import day_of
from flows.commands.session import CommandError, config_of

if TYPE_CHECKING:
    from flows.config.settings import Config
    from flows.digest.replay import DayAccount

STORE = "replay.db"
HEADER = f"{'day':10}  entries  flagged  events  threads  updates  left out"


def replay(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="archives as `axiswatch backfill` reads them")],
    first: Annotated[str, typer.Option("--from", help="the first day; else that of the oldest entry")] = "",
    last: Annotated[str, typer.Option("--to", help="the last day; else the newest that is over")] = "",
    store: Annotated[Path | None, typer.Option(help=f"where it works; else {STORE} beside your store")] = None,
    left_out: Annotated[bool, typer.Option("--left-out", help="name every story left out, and why")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="a JSON object a day")] = False,
) -> None:
    """Compose the editions of past days from archives, one after the other, as they would have been, and print for each
    day what it came to: entries, those flagged, the events and threads they tell, updates, and what was left out as
    told before, with the reasons.

    It works in a store of its own: yours is neither read nor changed. What is composed there stays, and can be read
    with `axiswatch digest` and a config that names that store. It can be killed and begun again at any time.

    Example: axiswatch replay old-entries.jsonl --from 2024-11-04 --to 2024-11-18
    """
    config = _own_store(config_of(ctx), store)
    for file in files:
        if not file.exists():
            raise CommandError(f"there is no file {file}")
    span = _span(first, last)
    problems = asyncio.run(load(config, files))
    _judge(config)
    _print(config, _days(config, span), left_out=left_out, as_json=as_json)
    if problems:
        raise CommandError("; ".join(problems))


def _own_store(config: Config, path: Path | None) -> Config:
    """The config with the store of the replay. Raises CommandError where that is the store of the monitor."""
    own = path or config.store.path.parent / STORE
    if own.resolve() == config.store.path.resolve():
        raise CommandError(f"{own} is the store of the monitor; a replay needs one of its own: give another --store")
    if not own.parent.is_dir():
        raise CommandError(f"the folder of the store does not exist: {own.parent}; create it or give another --store")
    return config.model_copy(update={"store": config.store.model_copy(update={"path": own})})


def _span(first: str, last: str) -> tuple[date | None, date | None]:
    start, end = (day_of(text) if text else None for text in (first, last))
    if start and end and end < start:
        raise CommandError(f"--from {first} is later than --to {last}")
    return start, end


def _judge(config: Config) -> None:
    """Score and cluster what was read, with progress. Without Prefect: nothing here runs by schedule."""
    from db import entries
    from db.connect import open_store
    from flows.runtime.clock import Clock
    from flows.stories.judging import judge_waiting

    with closing(open_store(config.store.path)) as opened:
        waiting = entries.count_unscored(opened)
    with _bar("scoring and clustering", waiting) as done:
        judge_waiting(config, Clock(""), done)


def _days(config: Config, span: tuple[date | None, date | None]) -> list[date]:
    """The days of the span that the store holds; where it does not say its end, those that are over. Raises
    CommandError where there is none."""
    from flows.digest.editions import newest_day

    first, last = _held(config)
    end = min(span[1] or newest_day(config, datetime.now(UTC)), last)
    start = max(span[0] or first, first)
    if end < start:
        raise CommandError(f"there is nothing to replay: the archives hold {first} to {last}, and a day must be over")
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def _held(config: Config) -> tuple[date, date]:
    """The days of the first and the last entry. Raises CommandError where the store holds none."""
    from db import entries
    from db.connect import open_store
    from flows.digest.editions import day_of as edition_day

    with closing(open_store(config.store.path)) as opened:
        seen = entries.seen_between(opened)
    if seen is None:
        raise CommandError("the archives hold no entry with a date: there is nothing to replay")
    return edition_day(config, seen[0]), edition_day(config, seen[1])


def _print(config: Config, days: list[date], *, left_out: bool, as_json: bool) -> None:
    from flows.digest.editions import DayError
    from flows.digest.replay import replayed

    if not as_json:
        session.out.print(HEADER)
    with _bar("composing", len(days)) as done:
        try:
            for account in replayed(config, _heard(days, done), datetime.now(UTC)):
                for line in [_json(account)] if as_json else _lines(account, left_out=left_out):
                    session.out.print(line, markup=False)
        except DayError as error:
            raise CommandError(str(error)) from error


@contextmanager
def _bar(name: str, total: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=session.err, transient=True, disable=not session.err.is_terminal) as bar:
        task = bar.add_task(name, total=total)
        yield lambda steps: bar.update(task, advance=steps)


def _heard(days: list[date], done: Callable[[int], None]) -> Iterator[date]:
    for day in days:
        yield day
        done(1)


def _json(account: DayAccount) -> str:
    told = asdict(account)
    stories = [
        {key: story[key] for key in ("entry", "headline", "link", "entries", "since", "before", "reason")}
        for story in told["left_out"]
    ]
    return json.dumps(told | {"left_out": stories}, ensure_ascii=False)


def _lines(account: DayAccount, *, left_out: bool) -> Iterator[str]:
    counts = (account.entries, account.flagged, account.events, account.threads, account.updates)
    total = sum(account.reasons.values())
    reasons = "; ".join(f"{reason} ({times})" for reason, times in sorted(account.reasons.items()))
    widths = (9, 9, 8, 9, 9)
    row = "".join(f"{count:{width}}" for count, width in zip(counts, widths, strict=True))
    yield f"{account.day:10}{row}{total:10}" + (f"  {reasons}" if reasons else "")
    if left_out:
        for story in account.left_out:
            yield f"            {story.headline}"
            yield f"              {story.reason}; told {story.since}: {story.before}"

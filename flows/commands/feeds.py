"""Commands about the list of feeds."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
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
    from flows.config.settings import Config, FetchSettings
    from flows.feeds.subscriptions.evidence import Evidence

app = typer.Typer(no_args_is_help=True, help="The list of feeds.")


@app.command("list")
def list_feeds(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line, with all evidence")] = False,
) -> None:
    """Show the configured feeds, and how we know that each is served.

    proven: public material of 2025 or later shows it. listed: somebody reads it, at no known date. unproven: neither is
    known. Feeds that you added say nothing. The last line counts the proven feeds of each partner's own region.

    Example: axiswatch feeds list --json
    """
    from flows.feeds.subscriptions.user_feeds import evidence_of_listed, listed, regions_of_listed

    settings = config_of(ctx).feeds
    specs, evidence, regions = listed(settings), evidence_of_listed(settings), regions_of_listed(settings)
    if as_json:
        for spec in specs:
            record = _record(spec, evidence.get(spec.url), regions.get(spec.url, ""))
            print(json.dumps(record, ensure_ascii=False))
        return
    session.out.print(_table(specs, evidence))
    counts = Counter(evidence[spec.url].state for spec in specs if spec.url in evidence)
    told = ", ".join(f"{counts[state]} {state}" for state in ("proven", "listed", "unproven") if counts[state])
    session.out.print(f"{len(specs)} feeds{': ' if told else ''}{told}")
    _tell_regions(specs, evidence, regions)


def _tell_regions(specs: list[FeedSpec], evidence: Mapping[str, Evidence], regions: Mapping[str, str]) -> None:
    proven = {spec.url for spec in specs if spec.url in evidence and evidence[spec.url].state == "proven"}
    of_regions = [regions[spec.url] for spec in specs if spec.url in regions]
    if of_regions:
        counts = Counter(region for url, region in regions.items() if url in proven)
        told = ", ".join(f"{region} {counts[region]}" for region in dict.fromkeys(of_regions))
        session.out.print(f"proven, from a partner's own region: {told}")


def _record(spec: FeedSpec, evidence: Evidence | None, region: str) -> dict[str, str]:
    if evidence is None:
        return asdict(spec) | {"evidence": ""}
    return asdict(spec) | {
        "region": region,
        "evidence": evidence.state,
        "found": evidence.found,
        "seen": evidence.seen,
        "format": evidence.format,
    }


def _table(specs: list[FeedSpec], evidence: Mapping[str, Evidence]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("outlet", "country", "language", "kind", "topic", "evidence", "address"):
        table.add_column(heading, overflow="fold")
    for spec in specs:
        state = evidence[spec.url].state if spec.url in evidence else ""
        cells = (spec.outlet, spec.country, spec.language, spec.kind, spec.topic, state, spec.url)
        table.add_row(*map(escape, cells))
    return table


@app.command()
def check(
    ctx: typer.Context,
    failing: Annotated[bool, typer.Option("--failing", help="show only the feeds that do not answer")] = False,
) -> None:
    """Try every configured feed and say which answer. No entries are stored; the results are, and axiswatch feeds
    health shows them. Exit code 3: none answers.

    Example: axiswatch feeds check --failing
    """
    from flows.feeds.subscriptions.user_feeds import to_read

    config = config_of(ctx)
    specs = to_read(config.feeds)
    answers = asyncio.run(try_all(specs, config.fetch))
    _keep(config, specs, answers)
    sound = 0
    for spec, (is_sound, told) in zip(specs, answers, strict=True):
        sound += is_sound
        if not (failing and is_sound):
            session.out.print(f"{'ok    ' if is_sound else 'failed'} {spec.outlet}: {told} ({spec.url})", markup=False)
    session.out.print(f"{sound} of {len(specs)} feeds answer with entries or an empty feed")
    if not sound:
        raise CommandError(f"0 of {len(specs)} feeds could be reached", session.UNREACHED)


def _keep(config: Config, specs: list[FeedSpec], answers: list[tuple[bool, str]]) -> None:
    from db import feed_checks, feeds
    from db.connect import open_store
    from flows.feeds.subscriptions.spelling import respell

    now = datetime.now(UTC)
    with closing(open_store(config.store.path)) as store:
        respell(store)
        ids = {feed.url: feed.id for feed in feeds.subscribe(store, specs, now)}
        found = [
            feed_checks.FeedCheck(ids[spec.url], now, is_sound, told)
            for spec, (is_sound, told) in zip(specs, answers, strict=True)
        ]
        feed_checks.save(store, found)


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

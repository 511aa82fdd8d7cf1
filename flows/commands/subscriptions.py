"""Commands that change which feeds are read."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of

if TYPE_CHECKING:
    from db.records import FeedKind
    from flows.config.settings import FetchSettings
    from flows.feeds.subscriptions.discovery import FoundFeed


def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(help="the address of a feed, a news sitemap, or a page that has one")],
    outlet: Annotated[str, typer.Option(help="the outlet's name; else what the feed calls itself")] = "",
    country: Annotated[str, typer.Option(help="the country of its seat, as DE")] = "",
    language: Annotated[str, typer.Option(help="the language of its entries, as de; else what they say")] = "",
    kind: Annotated[str, typer.Option(help="wire, press, think_tank, official or state_media; else by its host")] = "",
    topic: Annotated[str, typer.Option(help="a word to group it by; folders of OPML come from it")] = "",
    take_all: Annotated[bool, typer.Option("--all", help="where a page has several feeds, add all of them")] = False,
) -> None:
    """Add a feed, once it has been read. Of a web page, its feed is found; where it has several, they are listed.

    Added feeds are kept in the file that [feeds] added names (var/feeds.toml). Exit code 3: nothing answers there.

    Example: axiswatch feeds add https://news.example/world
    """
    from db.records import FeedSpec
    from flows.feeds.subscriptions import user_feeds
    from flows.feeds.subscriptions.state_media import kind_of

    config = config_of(ctx)
    address = _address(url)
    found = asyncio.run(_found(address, config.fetch))
    if len(found) > 1 and not take_all:
        _list(found)
        raise CommandError(f"{address} has {len(found)} feeds: add the one you want by its address, or --all")
    about = FeedSpec("", outlet, country, language, topic=topic)
    specs = [
        replace(
            about,
            url=feed.url,
            outlet=outlet or feed.title or feed.url,
            language=language or feed.language,
            kind=_kind(kind) if kind else kind_of(feed.url),
        )
        for feed in found
    ]
    new = {spec.url for spec in user_feeds.add(config.feeds, specs)}
    for spec, feed in zip(specs, found, strict=True):
        said = "added" if spec.url in new else "listed already"
        session.out.print(f"{said}: {spec.outlet}, {feed.entries} entries ({spec.url})", markup=False)


def _address(text: str) -> str:
    from flows.feeds.parsing.links import web_address

    address = web_address(text if "://" in text else f"https://{text}")
    if not address:
        raise CommandError(f"{text!r} is no http or https address; write it as https://news.example/feed")
    return address


def _kind(text: str) -> FeedKind:
    from typing import get_args

    from db.records import FeedKind

    for known in get_args(FeedKind):
        if known == text:
            kind: FeedKind = known
            return kind
    raise CommandError(f"{text!r} is no kind of outlet; the kinds are {', '.join(get_args(FeedKind))}")


async def _found(url: str, settings: FetchSettings) -> list[FoundFeed]:
    from flows.feeds.http.fetch import Fetcher
    from flows.feeds.parsing.worker_pool import ParsePool
    from flows.feeds.subscriptions.discovery import NoFeedError, discover

    one = settings.model_copy(update={"parse_workers": 1})
    try:
        async with ParsePool(one) as pool, Fetcher(one) as fetcher:
            return await discover(url, fetcher, pool, datetime.now(UTC))
    except NoFeedError as error:
        raise CommandError(str(error), session.UNREACHED if error.unreached else session.MISUSED) from error


def _list(found: list[FoundFeed]) -> None:
    for feed in found:
        session.out.print(f"{feed.url}  {feed.title}, {feed.entries} entries", markup=False)


def remove(ctx: typer.Context, url: Annotated[str, typer.Argument(help="the feed's address")]) -> None:
    """Read a feed no more. What it brought stays in the store.

    Example: axiswatch feeds remove https://news.example/world.rss
    """
    from flows.feeds.subscriptions import user_feeds

    spec = user_feeds.remove(config_of(ctx).feeds, url)
    session.out.print(f"removed: {spec.outlet} ({spec.url})", markup=False)


def import_opml(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="an OPML file")]) -> None:
    """Add the feeds of an OPML file, folders kept as topics. They are not tried: see axiswatch feeds check.

    Example: axiswatch feeds import subscriptions.opml
    """
    from flows.feeds.subscriptions import user_feeds
    from flows.feeds.subscriptions.opml import read_opml

    config = config_of(ctx)
    outlines = read_opml(file)
    new = user_feeds.add(config.feeds, outlines.feeds)
    session.out.print(
        f"{outlines.seen} feeds seen = {len(new)} added + {len(outlines.feeds) - len(new)} listed already"
        f" + {outlines.seen - len(outlines.feeds)} rejected"
    )
    for reason, count in sorted(outlines.rejected.items()):
        session.err.print(f"  rejected: {reason} ({count})", markup=False)


def export_opml(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="the file to write")]) -> None:
    """Write the feeds that are read as an OPML file, topics as folders.

    Example: axiswatch feeds export subscriptions.opml
    """
    from flows.feeds.subscriptions.opml import write_opml
    from flows.feeds.subscriptions.user_feeds import listed

    specs = listed(config_of(ctx).feeds)
    write_opml(file, specs)
    session.out.print(f"{len(specs)} feeds written to {file}", markup=False)

"""The feeds: does a sample of them answer? Nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from db.records import FeedSpec
from flows.config.settings import Config
from flows.doctor.finding import Finding, fault, from_error, sound, warning
from flows.feeds.http.fetch import Fetcher
from flows.feeds.parsing.records import FeedFailure
from flows.feeds.subscriptions.catalogue import CatalogueError
from flows.feeds.subscriptions.user_feeds import to_read

SAMPLE = 6
"""Feeds that are asked, spread over the list: where the network is at fault none answers."""
SECONDS = 10.0
"""For each, whatever [fetch] total_seconds allows."""


def check(current: Config, *, network: bool) -> list[Finding]:
    """A warning where some of the sample do not answer, a fault where none does."""
    try:
        specs = to_read(current.feeds)
    except CatalogueError as error:
        return [from_error("feeds", error)]
    if not network:
        return [sound("feeds", f"{len(specs)} are listed, none asked")]
    asked = specs[:: max(1, len(specs) // SAMPLE)][:SAMPLE]
    return [_told(asked, asyncio.run(_errors(current, asked)), len(specs))]


async def _errors(current: Config, specs: Sequence[FeedSpec]) -> list[str]:
    seconds = min(SECONDS, current.fetch.total_seconds)
    settings = current.fetch.model_copy(update={"total_seconds": seconds})

    async def error_of(url: str) -> str:
        answer = await fetcher.fetch(url)
        return answer.error if isinstance(answer, FeedFailure) else ""

    async with Fetcher(settings) as fetcher:
        return await asyncio.gather(*(error_of(spec.url) for spec in specs))


def _told(asked: Sequence[FeedSpec], errors: Sequence[str], listed: int) -> Finding:
    failed = [(spec, error) for spec, error in zip(asked, errors, strict=True) if error]
    if not failed:
        return sound("feeds", f"{len(asked)} of {listed} asked, all answer")
    spec, error = failed[0]
    found = f"{len(failed)} of {len(asked)} asked do not answer, such as {spec.url}: {error}"
    if len(failed) == len(asked):
        return fault("feeds", found, "see that this machine reaches the network, and [fetch] proxy where there is one")
    return warning("feeds", found, "axiswatch feeds check --failing names all; axiswatch feeds remove drops one")

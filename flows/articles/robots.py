"""robots.txt, as RFC 9309 tells it: read once a run for each host, and obeyed."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from flows.feeds.http.fetch import Fetcher
from flows.feeds.parsing.records import FeedFailure, FeedResponse

MAX_BYTES = 500_000
"""Of a robots.txt that are obeyed; the standard wants no more."""
MAX_DELAY = 30.0
"""A host that wants longer pauses than this, in seconds, gets this."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows to us: rules, or all (``rules`` is None), or nothing (``why``)."""

    rules: Protego | None = None
    why: str = ""


class Robots:
    """Whether pages may be read. ``user_agent`` is the whole header; its first word names us."""

    def __init__(self, fetcher: Fetcher, user_agent: str) -> None:
        self._fetcher = fetcher
        self._name = user_agent.partition("/")[0].split(" ")[0]
        self._rules: dict[str, Rules] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def refusal(self, url: str) -> str:
        """Why the page may not be read; empty where it may."""
        known = await self._of(url)
        if known.why:
            return known.why
        if known.rules is None or known.rules.can_fetch(url, self._name):
            return ""
        return "robots.txt forbids it"

    async def delay(self, url: str) -> float:
        """The seconds that the host wants between two requests (0: it does not say)."""
        known = await self._of(url)
        asked = known.rules.crawl_delay(self._name) if known.rules else None
        return min(max(float(asked or 0), 0.0), MAX_DELAY)

    async def _of(self, url: str) -> Rules:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks[origin]:
            if origin not in self._rules:
                self._rules[origin] = _rules(await self._fetcher.fetch(f"{origin}/robots.txt"))
            return self._rules[origin]


def _rules(answer: FeedResponse | FeedFailure) -> Rules:
    if isinstance(answer, FeedResponse):
        return Rules(Protego.parse(answer.body[:MAX_BYTES].decode("utf-8", "replace")))
    # Without such a file all is allowed; while it cannot be read nothing is.
    if answer.status is not None and 400 <= answer.status < 500 and answer.status != 429:
        return Rules()
    return Rules(why=f"robots.txt cannot be read: {answer.error}")

"""One address, of a feed or of a web page → the feeds that are there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from flows.feeds.http.fetch import Fetcher
from flows.feeds.http.redirects import PERMANENT
from flows.feeds.parsing.records import FeedFailure, FeedResponse
from flows.feeds.parsing.worker_pool import ParsePool
from flows.feeds.subscriptions.page_feeds import WELL_KNOWN, FeedLink, document_title, linked_feeds

MAX_TRIED = 12
"""Feeds of one page that are tried."""


class NoFeedError(Exception):
    """There is no feed at an address or on the page there; the message says why and what to do."""

    def __init__(self, message: str, *, unreached: bool = False) -> None:
        super().__init__(message)
        self.unreached = unreached


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was read: where, what it calls itself, the language of most entries, and how many they are."""

    url: str
    title: str
    language: str
    entries: int


async def discover(url: str, fetcher: Fetcher, pool: ParsePool, now: datetime) -> list[FoundFeed]:
    """The feed at ``url``, or those that the web page there names; where it names none, the first of the usual places
    at which one lies. ``now`` is aware UTC. One request after the other, and every feed in the result was read.

    Raises NoFeedError.
    """
    search = _Search(fetcher, pool, now)
    answer = await search.fetch(url)
    if isinstance(answer, FeedFailure):
        raise NoFeedError(f"{url}: {answer.error}", unreached=True)
    feed, why = await search.read(answer)
    if feed is not None:
        return [feed]
    found = await search.named_by(answer) or await search.usual_places(answer.final_url or url)
    if not found:
        raise NoFeedError(f"{url}: {why}, and no feed was found from there; give the address of the feed itself")
    return found


class _Search:
    def __init__(self, fetcher: Fetcher, pool: ParsePool, now: datetime) -> None:
        self._fetcher = fetcher
        self._pool = pool
        self._now = now

    async def fetch(self, url: str) -> FeedResponse | FeedFailure:
        async with self._fetcher.fetched(url) as answer:
            return answer

    async def read(self, answer: FeedResponse, title: str = "") -> tuple[FoundFeed | None, str]:
        """The feed in an answer, or None and what is there instead."""
        parsed = await self._pool.parse(answer, self._now)
        if parsed.error:
            return None, parsed.error
        languages = Counter(entry.language for entry in parsed.entries if entry.language)
        language = languages.most_common(1)[0][0] if languages else ""
        title = document_title(answer.body, answer.content_type) or title or urlsplit(answer.url).hostname or ""
        return FoundFeed(_lasting_address(answer), title, language, len(parsed.entries)), ""

    async def named_by(self, page: FeedResponse) -> list[FoundFeed]:
        """The feeds that a page names and that can be read."""
        links = linked_feeds(page.body, page.content_type, page.final_url or page.url)
        tried = [await self._tried(link) for link in links[:MAX_TRIED]]
        return list({feed.url: feed for feed in tried if feed is not None}.values())

    async def usual_places(self, url: str) -> list[FoundFeed]:
        """The first feed at one of the usual places of the page's host."""
        for path in WELL_KNOWN:
            feed = await self._tried(FeedLink(urljoin(url, path)))
            if feed is not None:
                return [feed]
        return []

    async def _tried(self, link: FeedLink) -> FoundFeed | None:
        answer = await self.fetch(link.url)
        return None if isinstance(answer, FeedFailure) else (await self.read(answer, link.title))[0]


def _lasting_address(answer: FeedResponse) -> str:
    """The address to keep: the last one where every redirect on the way is meant to last, else the one asked for."""
    return answer.final_url if all(hop.status in PERMANENT for hop in answer.hops) else answer.url

"""Entries that are flagged or nearly so → the text of their articles in the store. Plain Python; the flow calls it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from db import articles
from db.articles import Article, ArticleOutcome
from db.connect import open_store
from db.records import Entry
from flows.articles.extract import BARRIER, PageText
from flows.articles.robots import Robots
from flows.articles.worker import extracted
from flows.config.settings import Config
from flows.feeds.http.fetch import Fetcher
from flows.feeds.parsing.links import host_of
from flows.feeds.parsing.records import FeedFailure, FeedResponse

RUN_SECONDS = 600
"""For all articles of a run; what is not reached then waits for the next."""
_MARKUP = ("text/html", "application/xhtml+xml", "")


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the articles of one run."""

    read: int = 0
    refused: int = 0
    failed: int = 0
    empty: int = 0


async def read_articles(current: Config, now: datetime, proxy_password: str = "") -> Tally:
    """Read the articles that are wanted, as many as one run may, each host's one after the other.

    ``now`` is aware UTC. Without a ``proxy_password`` the environment may hold it. Raises only for what is ours:
    StoreError, ConfigError and sqlite3 errors.
    """
    wishes, path = current.fulltext, current.store.path
    since = now - timedelta(days=wishes.days)
    with closing(open_store(path)) as store:
        wanted = articles.wanted(store, since, now, wishes.max_articles)
    if not wanted:
        return Tally()
    settings = current.fetch.model_copy(update={"host_seconds": wishes.host_seconds, "per_host": 1})
    async with Fetcher(settings, proxy_password) as fetcher:
        run = _ArticleRun(path, fetcher, Robots(fetcher, settings.user_agent), settings.parse_seconds, now)
        return await run.read(wanted)


class _ArticleRun:
    """What the hosts of one run share."""

    def __init__(self, path: Path, fetcher: Fetcher, robots: Robots, parse_seconds: float, now: datetime) -> None:
        self._path = path
        self._fetcher = fetcher
        self._robots = robots
        self._parse_seconds = parse_seconds
        self._now = now
        self._outcomes: list[ArticleOutcome] = []

    async def read(self, wanted: Sequence[Entry]) -> Tally:
        """Read the articles of these entries."""
        hosts: dict[str, list[Entry]] = defaultdict(list)
        for entry in wanted:
            hosts[host_of(entry.link)].append(entry)
        try:
            async with asyncio.timeout(RUN_SECONDS), asyncio.TaskGroup() as group:
                for entries in hosts.values():
                    group.create_task(self._host(entries))
        except TimeoutError:
            pass  # what was read is stored
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        return Tally(**{name: self._outcomes.count(name) for name in set(self._outcomes)})

    async def _host(self, entries: Sequence[Entry]) -> None:
        for number, entry in enumerate(entries):
            if number:  # On top of the fetcher's own spacing.
                await asyncio.sleep(await self._robots.delay(entry.link))
            article = await self._article(entry)
            await asyncio.to_thread(_record, self._path, article)
            self._outcomes.append(article.outcome)

    async def _article(self, entry: Entry) -> Article:
        if why := await self._robots.refusal(entry.link):
            is_final = not why.startswith("robots.txt cannot")
            return Article(entry.id, "refused" if is_final else "failed", self._now, detail=why)
        async with self._fetcher.fetched(entry.link) as answer:
            pass
        outcome, detail, text = await self._judged(entry, answer)
        final_url = answer.final_url if answer.final_url != entry.link else ""
        return Article(entry.id, outcome, self._now, 1, answer.status, final_url, detail, text)

    async def _judged(self, entry: Entry, answer: FeedResponse | FeedFailure) -> tuple[ArticleOutcome, str, str]:
        if isinstance(answer, FeedFailure):
            return "failed" if answer.kind == "temporary" else "refused", answer.error, ""
        if answer.final_url != answer.url and (why := await self._robots.refusal(answer.final_url)):
            return "refused", why, ""
        if answer.content_type.partition(";")[0].strip().lower() not in _MARKUP:
            return "empty", "no web page", ""
        found = await extracted(answer.body, answer.content_type, answer.final_url or answer.url, self._parse_seconds)
        return _told(found, max(len(entry.summary), len(entry.body)))


def _told(found: PageText | str, known: int) -> tuple[ArticleOutcome, str, str]:
    """The outcome, where the feed itself gave so many characters."""
    if isinstance(found, str):
        return "empty", found, ""
    if found.is_barrier:
        return "refused", BARRIER, ""
    if not found.text:
        return "empty", "no article on the page", ""
    # A teaser, or another text of the page than the article.
    return ("read", "", found.text) if len(found.text) > known else ("empty", "shorter than what the feed says", "")


def _record(path: Path, article: Article) -> None:
    store: Database
    with closing(open_store(path)) as store:
        articles.record(store, article)

"""Fulltext: flagged entries → the text of their articles, where [fulltext] asks for it. Scores stay as they are."""

from __future__ import annotations

from dataclasses import asdict

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.articles.reading import Tally, read_articles
from flows.books import Clock, settings


@task(name="read articles", cache_policy=NO_CACHE)
async def read_wanted(config: str, now: str) -> Tally:
    """Read the articles that are wanted; ``config`` is the path of a config file, ``now`` an ISO moment."""
    return await read_articles(settings(config), Clock(now).now())


def told(tally: Tally) -> dict[str, object]:
    """The tally for the books."""
    return {"articles": asdict(tally)}

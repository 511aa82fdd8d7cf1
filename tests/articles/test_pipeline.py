"""Articles of flagged entries, read from a site on loopback into a real store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import models, scores
from db.articles import Article
from db.connect import open_store
from db.records import Score
from db.times import to_moment
from flows.articles.pipeline import Tally, read_articles
from flows.config.settings import Config
from tests.support.article_pages import SENTENCE, page
from tests.support.forward_proxy import ForwardProxy, port_of
from tests.support.store_records import new_entry, stored, version
from tests.support.web_site import ServedPage, WebSite

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ARTICLE = page(SENTENCE * 4).decode()


@pytest.fixture
def site() -> Iterator[WebSite]:
    pages = {
        "/robots.txt": ServedPage("User-agent: axiswatch\nDisallow: /private\n", "text/plain"),
        "/good": ServedPage(ARTICLE),
        "/moved": ServedPage(status=302, headers={"Location": "/good"}),
        "/sly": ServedPage(status=302, headers={"Location": "/private/1"}),
        "/private/1": ServedPage(ARTICLE),
        "/401": ServedPage(ARTICLE, status=401),
        "/402": ServedPage(ARTICLE, status=402),
        "/403": ServedPage(ARTICLE, status=403),
        "/503": ServedPage(ARTICLE, status=503),
        "/consent": ServedPage(status=302, headers={"Location": "/collectConsent?next=/good"}),
        "/collectConsent?next=/good": ServedPage(ARTICLE),
        "/film.mp4": ServedPage("xx", "video/mp4"),
    }
    with WebSite(pages) as site:
        yield site


@pytest.fixture
def current(tmp_path: Path) -> Config:
    settings = {"fetch": {"allow_private": True, "host_seconds": 0}, "fulltext": {"enabled": True, "host_seconds": 0}}
    return Config.model_validate({"store": {"path": tmp_path / "store.db"}, **settings})


def flag(
    current: Config, *links: str, probability: float = 0.9, review: bool = False, seen: datetime = NOW, **more: Any
) -> list[int]:
    """Store entries with these links, as judged; returns their ids."""
    with closing(open_store(current.store.path)) as store:
        if models.find(store, "m-1") is None:
            version(store)
        entries = stored(store, *[replace(new_entry(link), link=link, **more) for link in links], at=seen)
        found = [Score(each.id, "m-1", probability, not review, review, "en", True, (), (), NOW) for each in entries]
        scores.append(store, found)
        return [each.id for each in entries]


def became(current: Config, entry_id: int) -> Article:
    with closing(open_store(current.store.path)) as store:
        row = store.table("articles").get(entry_id)
    return Article(**{**row, "tried_at": to_moment(row["tried_at"])})


async def test_the_text_of_a_flagged_entry_is_read_once(current: Config, site: WebSite) -> None:
    good, moved, near = [
        *flag(current, site.url("/good"), site.url("/moved")),
        *flag(current, site.url("/good#2"), review=True),
    ]
    assert await read_articles(current, NOW) == Tally(read=3)
    assert became(current, good).text.startswith("Tugs\nThe harbour board")
    assert became(current, moved).final_url == site.url("/good")
    assert became(current, near).outcome == "read"
    assert site.asked.count("/robots.txt") == 1
    asked = len(site.asked)
    assert await read_articles(current, NOW) == Tally()
    assert len(site.asked) == asked


@pytest.mark.parametrize(
    ("path", "outcome", "told"),
    [
        ("/private/1", "refused", "robots.txt forbids it"),
        ("/sly", "refused", "robots.txt forbids it"),
        ("/401", "refused", "HTTP 401"),
        ("/402", "refused", "HTTP 402"),
        ("/403", "refused", "HTTP 403"),
        ("/404", "refused", "HTTP 404"),
        ("/consent", "refused", "behind a barrier"),
        ("/film.mp4", "empty", "no web page"),
        ("/503", "failed", "HTTP 503"),
    ],
)
async def test_what_may_not_or_cannot_be_read_leaves_the_summary_in_place(
    current: Config, site: WebSite, path: str, outcome: str, told: str
) -> None:
    (entry,) = flag(current, site.url(path))
    await read_articles(current, NOW)
    found = became(current, entry)
    assert (found.outcome, found.text) == (outcome, "")
    assert told in found.detail
    if path == "/private/1":
        assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize("name", ["summary", "body"])
async def test_an_article_shorter_than_what_the_feed_says_is_not_taken(
    current: Config, site: WebSite, name: str
) -> None:
    longer: dict[str, Any] = {name: SENTENCE * 9}
    (entry,) = flag(current, site.url("/good"), **longer)
    assert await read_articles(current, NOW) == Tally(empty=1)
    found = became(current, entry)
    assert (found.outcome, found.text, found.detail) == ("empty", "", "shorter than what the feed says")


async def test_articles_and_their_robots_files_go_through_the_proxy(current: Config, site: WebSite) -> None:
    with ForwardProxy({"quay.example": port_of(site)}, "desk:word") as proxy:
        told = {"proxy": proxy.address.replace("//", "//desk@")}
        through = current.model_copy(update={"fetch": current.fetch.model_copy(update=told)})
        flag(through, "http://quay.example/good")
        assert await read_articles(through, NOW, "word") == Tally(read=1)
        assert proxy.asked == ["GET http://quay.example/robots.txt", "GET http://quay.example/good"]


async def test_a_robots_file_that_cannot_be_read_forbids_all_for_now(current: Config, site: WebSite) -> None:
    site.pages["/robots.txt"] = ServedPage(status=500)
    (entry,) = flag(current, site.url("/good"))
    assert await read_articles(current, NOW) == Tally(failed=1)
    assert site.asked == ["/robots.txt"]
    assert "robots.txt cannot be read" in became(current, entry).detail
    del site.pages["/robots.txt"]
    assert await read_articles(current, NOW + timedelta(hours=1)) == Tally()
    assert await read_articles(current, NOW + timedelta(hours=7)) == Tally(read=1)
    assert became(current, entry).attempts == 2


async def test_what_keeps_failing_is_given_up(current: Config, site: WebSite) -> None:
    flag(current, site.url("/503"))
    tallies = [await read_articles(current, NOW + timedelta(hours=7 * number)) for number in range(5)]
    assert tallies == [Tally(failed=1)] * 3 + [Tally()] * 2


async def test_a_run_reads_so_many_the_most_probable_first_and_nothing_old(current: Config, site: WebSite) -> None:
    some = current.model_copy(update={"fulltext": current.fulltext.model_copy(update={"max_articles": 2})})
    flag(current, site.url("/good#old"), seen=NOW - timedelta(days=4))
    flag(current, site.url("/good#review"), review=True, probability=0.45)
    low, high = [*flag(current, site.url("/good#low"), probability=0.6), *flag(current, site.url("/good#high"))]
    assert await read_articles(some, NOW) == Tally(read=2)
    assert became(current, low).outcome == became(current, high).outcome == "read"
    assert await read_articles(some, NOW) == Tally(read=1)


async def test_private_addresses_are_not_read(current: Config, site: WebSite) -> None:
    (entry,) = flag(current, site.url("/good"))
    closed = current.model_copy(update={"fetch": current.fetch.model_copy(update={"allow_private": False})})
    assert await read_articles(closed, NOW) == Tally(failed=1)
    assert "private address" in became(current, entry).detail
    assert site.asked == []

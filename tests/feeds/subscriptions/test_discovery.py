"""From a page to its feeds, over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from flows.config.settings import FetchSettings
from flows.feeds.http.fetch import Fetcher
from flows.feeds.parsing.worker_pool import ParsePool
from flows.feeds.subscriptions.discovery import FoundFeed, NoFeedError, discover
from flows.feeds.subscriptions.page_feeds import WELL_KNOWN, document_title, linked_feeds
from tests.support.feed_pages import HEAD, JSON, RSS
from tests.support.web_site import ServedPage, WebSite

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[WebSite]:
    pages = {
        "/": ServedPage(HEAD),
        "/rss": ServedPage(RSS, "application/rss+xml"),
        "/deep/notes.json": ServedPage(JSON, "application/feed+json"),
        "/plain": ServedPage("<html><body><a href='/rss'>Our RSS</a> <a href='/about'>About</a></body></html>"),
        "/silent": ServedPage("<html><body>Nothing</body></html>"),
        "/lasting": ServedPage(status=301, headers={"Location": "/rss"}),
        "/passing": ServedPage(status=302, headers={"Location": "/rss"}),
    }
    with WebSite(pages) as site:
        yield site


async def found(url: str, **changes: object) -> list[FoundFeed]:
    settings = FetchSettings(allow_private=True, parse_workers=1, host_seconds=0).model_copy(update=changes)
    async with ParsePool(settings) as pool, Fetcher(settings) as fetcher:
        return await discover(url, fetcher, pool, NOW)


async def test_the_address_of_a_feed(site: WebSite) -> None:
    assert await found(site.url("/rss")) == [FoundFeed(site.url("/rss"), "Quay & Wire", "en", 1)]
    assert site.asked == ["/rss"]


async def test_a_page_that_names_several(site: WebSite) -> None:
    feeds = await found(site.url("/"))
    assert [(feed.url, feed.title) for feed in feeds] == [
        (site.url("/rss"), "Quay & Wire"),
        (site.url("/deep/notes.json"), "Quay notes"),
    ]


async def test_a_page_that_only_links_to_its_feed(site: WebSite) -> None:
    assert [feed.url for feed in await found(site.url("/plain"))] == [site.url("/rss")]
    assert site.asked == ["/plain", "/rss"]


async def test_the_usual_places_are_tried_one_after_the_other_until_one_answers(site: WebSite) -> None:
    assert [feed.url for feed in await found(site.url("/silent"))] == [site.url("/rss")]
    assert site.asked == ["/silent", "/feed", "/rss"]


async def test_lasting_redirects_give_the_new_address_and_passing_ones_the_old(site: WebSite) -> None:
    assert [feed.url for feed in await found(site.url("/lasting"))] == [site.url("/rss")]
    assert [feed.url for feed in await found(site.url("/passing"))] == [site.url("/passing")]


async def test_where_there_is_none(site: WebSite) -> None:
    del site.pages["/rss"]
    with pytest.raises(NoFeedError, match=r"a web page \(HTML\), and no feed was found") as raised:
        await found(site.url("/silent"))
    assert not raised.value.unreached
    assert site.asked == ["/silent", *WELL_KNOWN]


async def test_what_does_not_answer_or_is_private(site: WebSite) -> None:
    for url, changes, told in (
        (site.url("/gone"), {}, "404"),
        (site.url("/"), {"allow_private": False}, "private address"),
    ):
        with pytest.raises(NoFeedError, match=told) as raised:
            await found(url, **changes)
        assert raised.value.unreached


def test_links_of_a_hostile_page() -> None:
    many = "".join(f'<link rel=alternate type=application/rss+xml href="/f{n}">' for n in range(20_000))
    page = f"<base href='javascript:x'><link rel=alternate type=application/rss+xml href='http://[bad'>{many}"
    links = linked_feeds(page.encode(), "text/html", "https://quay.example/")
    assert links[0].url == "https://quay.example/f0"
    assert linked_feeds(b"\xff\xfe" + bytes(range(256)) * 99, "", "https://quay.example/") == []


def test_titles_of_documents() -> None:
    assert document_title(b"<title>\n A &lt;i&gt;B&lt;/i&gt; </title>", "text/html") == "A B"
    assert document_title(b'{"title": "N\\"1"}', "") == 'N\\"1'
    assert document_title(b"<rss>", "") == ""

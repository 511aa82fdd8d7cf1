"""News sitemaps, behind the same door as feeds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.feeds.parsing.parse import parse_feed
from flows.feeds.parsing.records import ParsedFeed
from tests.support.sitemaps import NAMESPACES, page

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://quay.example/sitemap-news.xml"


def read(*pages: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> ParsedFeed:
    return parse_feed(f"{head}<urlset {NAMESPACES}>{''.join(pages)}</urlset>".encode(), "text/xml", URL, NOW)


def test_pages_become_entries() -> None:
    parsed = read(
        page("https://quay.example/a", "Tugs &amp; <![CDATA[<b>barges</b>]]>", "2026-11-20T10:00+03:00", "ru"),
        page("https://quay.example/b", "Day only", "2026-11-19"),
    )
    assert (parsed.error, parsed.seen, parsed.rejected) == ("", 2, 0)
    first, second = parsed.entries
    assert (first.title, first.link, first.language) == ("Tugs & barges", "https://quay.example/a", "ru")
    assert first.published_at == datetime(2026, 11, 20, 7, tzinfo=UTC)
    assert second.published_at == datetime(2026, 11, 19, tzinfo=UTC)


def test_an_entry_is_the_same_in_the_feed_and_in_the_sitemap() -> None:
    feed = b"""<rss version="2.0"><channel><item><title>Tugs</title><guid>77</guid>
    <link>http://www.quay.example/a?utm_source=rss</link></item></channel></rss>"""
    (in_feed,) = parse_feed(feed, "text/xml", "https://quay.example/rss", NOW).entries
    (in_sitemap,) = read(page("https://quay.example/a", "Tugs", "")).entries
    assert set(in_feed.keys) & set(in_sitemap.keys)


def test_pages_without_a_title_are_counted() -> None:
    parsed = read(page("https://quay.example/a", "Tugs", ""), "<url><loc>https://quay.example/about</loc></url>")
    assert (parsed.seen, len(parsed.entries), parsed.rejected) == (2, 1, 1)


def test_links_of_other_schemes_are_not_kept() -> None:
    (entry,) = read(page("javascript:alert(1)", "Tugs", "")).entries
    assert entry.link == ""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<sitemapindex><sitemap><loc>https://quay.example/1.xml</loc></sitemap></sitemapindex>", "an index of"),
        ("<urlset><url><loc>https://quay.example/about</loc></url></urlset>", "addresses alone"),
        ("<urlset><url><loc>https://quay.example/a", "a broken sitemap"),
        ('<!DOCTYPE urlset SYSTEM "https://quay.example/x.dtd"><urlset></urlset>', "document type"),
        ('<!DOCTYPE urlset [<!ENTITY a "aaa">]><urlset><url>&a;</url></urlset>', "document type"),
        ("<urlset><urlset>" * 5000, "broken"),
    ],
)
def test_what_is_no_news_sitemap_is_told(body: str, told: str) -> None:
    parsed = parse_feed(body.encode(), "text/xml", URL, NOW)
    assert told in parsed.error
    assert parsed.seen == 0


def test_an_empty_sitemap_is_a_quiet_feed() -> None:
    assert read() == ParsedFeed()

"""A host in letters: one feed, however its address is written, and a store that holds another spelling goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import feeds, fetches
from db.connect import open_store
from db.entries import append_batch
from db.records import FeedSpec, Fetch, NewEntry
from flows.config.settings import FeedsSettings
from flows.feeds.parsing.parse import parse_feed
from flows.feeds.subscriptions.opml import read_opml
from flows.feeds.subscriptions.spelling import respell
from flows.feeds.subscriptions.user_feeds import add, listed, remove
from tests.support.feed_documents import item, rss
from tests.support.feed_store import SETTINGS, read
from tests.support.web_site import ServedPage, WebSite

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
ENCODED = "%D0%B3%D0%B0%D0%B2%D0%B0%D0%BD%D1%8C.%D1%80%D1%84"
URL = "https://xn--80aafc7c0e.xn--p1ai/rss"
SPELLINGS = ("https://гавань.рф/rss", f"https://{ENCODED}/rss", URL.upper().replace("/RSS", "/rss"))
DOCUMENT = rss(
    item(title="Tugs", link="https://гавань.рф/1", guid="1") + item(title="Buoys", link="https://гавань.рф/2")
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    with closing(open_store(tmp_path / "store.db")) as opened:
        yield opened


def own(folder: Path, url: str) -> FeedsSettings:
    (folder / "list.toml").write_text(f'[[feed]]\nurl = "{url}"\noutlet = "Harbour"\n')
    return FeedsSettings(file=folder / "list.toml", added=folder / "var/feeds.toml")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_feed_is_listed_under_one_address_however_it_is_written(tmp_path: Path, spelling: str) -> None:
    settings = own(tmp_path, spelling)
    assert [spec.url for spec in listed(settings)] == [URL]
    assert add(settings, [FeedSpec(other, "Harbour again") for other in SPELLINGS]) == []
    (tmp_path / "in.opml").write_text(
        "<opml><body>" + "".join(f'<outline text="H" xmlUrl="{other}"/>' for other in SPELLINGS) + "</body></opml>"
    )
    outlines = read_opml(tmp_path / "in.opml")
    assert ([spec.url for spec in outlines.feeds], outlines.rejected) == ([URL], {"listed twice": 2})


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_feed_that_was_removed_under_another_spelling_stays_removed(tmp_path: Path, spelling: str) -> None:
    settings = own(tmp_path, URL)
    settings.added.parent.mkdir()
    settings.added.write_text(f'removed = ["{spelling}"]\n')
    assert listed(settings) == []
    assert add(settings, [FeedSpec(URL, "Harbour")]) != []
    assert remove(settings, SPELLINGS[0]).url == URL
    assert listed(settings) == []


def old_entries(store: Database, url: str) -> None:
    """Two entries as they were stored when hosts in letters were percent-encoded."""
    (feed,) = feeds.subscribe(store, [FeedSpec(url, "Harbour")], NOW)
    entries = [
        NewEntry(("g:of-old", f"u:{ENCODED.lower()}/1"), "Tugs", link=f"https://{ENCODED}/1", guid="1"),
        NewEntry((f"u:{ENCODED.lower()}/2",), "Buoys", link=f"https://{ENCODED}/2"),
    ]
    append_batch(store, Fetch(feed.id, NOW, "ok", "old", seen=2), entries, NOW)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_store_with_another_spelling_goes_on_as_one_feed(store: Database, spelling: str) -> None:
    old_entries(store, spelling)
    assert respell(store) == 3
    (feed,) = feeds.subscribe(store, [FeedSpec(URL, "Harbour")], NOW)
    assert [row["url"] for row in store.query("SELECT url FROM feeds")] == [URL]
    today = parse_feed(DOCUMENT, "application/rss+xml", URL, NOW).entries
    append_batch(store, Fetch(feed.id, NOW, "ok", "new", seen=2), today, NOW)
    told = fetches.coverage_of_run(store, "new")
    assert (told.new, told.duplicate) == (0, 2)
    links = [row["link"] for row in store.query("SELECT link FROM entries ORDER BY id")]
    assert links == [entry.link for entry in today]
    assert respell(store) == 0


def test_links_of_another_s_feed_are_known_again(store: Database) -> None:
    old_entries(store, "https://quay.example/all")
    assert respell(store) == 2
    today = parse_feed(DOCUMENT, "application/rss+xml", "https://quay.example/other", NOW).entries
    (feed,) = feeds.subscribe(store, [FeedSpec("https://quay.example/other", "Other")], NOW)
    append_batch(store, Fetch(feed.id, NOW, "ok", "new", seen=2), today, NOW)
    assert fetches.coverage_of_run(store, "new").duplicate == 2


def test_of_two_feeds_that_stand_there_already_the_listed_one_is_read(store: Database) -> None:
    feeds.subscribe(store, [FeedSpec(SPELLINGS[1], "Harbour"), FeedSpec(URL, "Harbour")], NOW)
    assert respell(store) == 0
    assert [feed.url for feed in feeds.subscribe(store, [FeedSpec(URL, "Harbour")], NOW)] == [URL]


def test_a_host_that_is_percent_encoded_is_found_and_redirects_to_such_are_followed(tmp_path: Path) -> None:
    with WebSite({}) as site:
        encoded = site.url("/").replace("127.0.0.1", "%6Cocalhost")
        site.pages["/moved"] = ServedPage(status=301, headers={"Location": f"{encoded}rss"})
        site.pages["/rss"] = ServedPage(DOCUMENT.decode(), "application/rss+xml")
        specs = [FeedSpec(f"{encoded}rss", "Direct"), FeedSpec(site.url("/moved"), "Moved")]
        settings = SETTINGS.model_copy(update={"host_seconds": 0})
        direct, moved = read(tmp_path / "read.db", [replace(spec) for spec in specs], settings=settings)
    assert (direct.outcome, moved.outcome) == ("ok", "ok")
    assert "//localhost:" in moved.final_url

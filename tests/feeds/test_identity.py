"""Which element is which article: no two ever become one, and none becomes two when only what means nothing changes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db import entries, feeds
from db.connect import open_store
from db.records import FeedSpec, Fetch
from flows.feeds.parsing.parse import parse_feed
from flows.sample.site import FolderSite
from tests.support.feed_documents import NOW, item, rss
from tests.support.feed_store import read
from tests.support.invented_feeds import GUIDS, LINKS, NAMELESS, Habit, habits, readings

FEED = "https://quay.example/feed.xml"
PAGE = "https://ministry.example/press/"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """One store for many feeds: their articles must not be taken for each other's either."""
    return open_store(tmp_path_factory.mktemp("store") / "a.db")


def read_into(store: Database, body: bytes, url: str = FEED) -> Fetch:
    specs = [FeedSpec(feed.url, feed.outlet) for feed in feeds.enabled(store) if feed.url != url]
    known = feeds.subscribe(store, [*specs, FeedSpec(url, url)], NOW)[-1]
    parsed = parse_feed(body, "application/rss+xml", url, NOW)
    fetch = Fetch(known.id, NOW, "ok", seen=parsed.seen, rejected=parsed.rejected, reasons=parsed.reasons)
    return entries.append_batch(store, fetch, parsed.entries, NOW)


def authors(store: Database, url: str = FEED) -> list[str]:
    """Who wrote what is stored of a feed: the articles' numbers, as the invented feeds have it."""
    rows = store.query(
        "SELECT author FROM entries JOIN feeds ON feeds.id = feed_id WHERE url = ? ORDER BY entries.id", [url]
    )
    return [row["author"] for row in rows]


@pytest.mark.parametrize("guid", GUIDS)
@pytest.mark.parametrize("link", LINKS)
def test_every_way_of_naming_articles(tmp_path: Path, guid: str, link: str) -> None:
    if (guid, link) in NAMELESS:
        pytest.skip("names nothing that stays")
    with closing(open_store(tmp_path / "a.db")) as store:
        for seed in range(12):
            url = f"https://quay.example/{seed}"
            articles, documents = readings(Habit(guid, link, f"quay{seed}"), random.Random(seed))
            for document in documents:
                read_into(store, document, url)
            assert sorted(authors(store, url)) == sorted(str(article.number) for article in articles), seed
            assert read_into(store, documents[-1], url).new == 0


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_articles_stay_apart_and_whole_through_three_readings(shelf: Database, seed: int) -> None:
    chance = random.Random(seed)
    habit = habits(chance)
    url = f"https://{habit.name}.example/feed"
    articles, documents = readings(habit, chance)
    for document in documents:
        read_into(shelf, document, url)
    assert sorted(authors(shelf, url)) == sorted(str(article.number) for article in articles), habit
    assert read_into(shelf, documents[-1], url).new == 0


def test_the_same_through_the_pipeline(tmp_path: Path) -> None:
    chance = random.Random(2026)
    told = [readings(habits(chance), chance) for _ in range(60)]
    (tmp_path / "site").mkdir()
    for number in range(len(told)):
        (tmp_path / "site" / f"feed-{number:02d}.xml").touch()
    with FolderSite(tmp_path / "site") as site:
        for reading in range(3):
            for file, (_, documents) in zip(sorted((tmp_path / "site").iterdir()), told, strict=True):
                file.write_bytes(documents[reading])
            fetched = read(tmp_path / "a.db", site.feeds(), f"run {reading}")
            assert {fetch.outcome for fetch in fetched} <= {"ok", "unchanged"}
        with closing(open_store(tmp_path / "a.db")) as store:
            stored = [sorted(authors(store, spec.url)) for spec in site.feeds()]
    assert stored == [sorted(str(article.number) for article in articles) for articles, _ in told]


def shown(*elements: dict[str, str]) -> bytes:
    return rss("".join(item(**fields) for fields in elements))


def notice(title: str, **changes: str) -> dict[str, str]:
    return {"title": title, "link": PAGE, "guid": PAGE, "description": f"{title}."} | changes


def counts(store: Database, documents: Sequence[bytes]) -> list[int]:
    return [read_into(store, document).new for document in documents]


@pytest.mark.parametrize(
    ("documents", "new"),
    [
        pytest.param(
            [
                *[shown(notice("A"), notice("B"), notice("C"))] * 2,
                shown(notice("C")),
                shown(notice("D"), notice("A")),
            ],
            [3, 0, 0, 1],
            id="a page of notices",
        ),
        pytest.param(
            [shown(notice("A")), shown(notice("B"), notice("A")), shown(notice("B")), shown(notice("C"))],
            [1, 1, 0, 1],
            id="a page whose second notice comes later",
        ),
        pytest.param(
            [shown(notice("A", guid="1")), shown(notice("B", guid="2")), shown(notice("A", guid="3"))],
            [1, 1, 0],
            id="two guids and two titles under one link",
        ),
        pytest.param(
            [shown(notice("A", guid="1"), notice("A", guid="2")), shown(notice("A", guid="3"))],
            [1, 0],
            id="a guid that counts",
        ),
        pytest.param(
            [
                shown(notice("A", link="https://q.example/live#1", guid="post-1")),
                shown(notice("B", link="https://q.example/live#2", guid="post-2")),
                shown(notice("A", link="https://q.example/live#1", guid="post-1")),
            ],
            [1, 1, 0],
            id="fragments, one post at a time",
        ),
        pytest.param(
            [
                shown(notice("A", link="https://q.example/show?rss=501", guid=""), notice("Z")),
                shown(notice("B", link="https://q.example/show?rss=502", guid=""), notice("Z")),
            ],
            [2, 1],
            id="a doubtful parameter without a guid",
        ),
        pytest.param(
            [shown(notice("A", link=f"https://q.example/a?ref=x{n}", guid="")) for n in range(3)],
            [1, 0, 0],
            id="a doubtful parameter, and nothing else differs",
        ),
        pytest.param(
            [shown(notice(title, link="https://q.example/a", guid="")) for title in ("A", "B")],
            [1, 0],
            id="an edited headline without a guid",
        ),
        pytest.param(
            [shown(notice("A", link="", guid="")), shown(notice("A", link="https://q.example/a", guid="1"))],
            [1, 0],
            id="a feed that begins to name its articles",
        ),
    ],
)  # fmt: skip
def test_elements_and_articles(tmp_path: Path, documents: list[bytes], new: list[int]) -> None:
    with closing(open_store(tmp_path / "a.db")) as store:
        assert counts(store, documents) == new
        assert counts(store, documents) == [0] * len(documents)

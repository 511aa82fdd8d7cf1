"""State media are known by their host, in lists, in OPML and in archives."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from db.connect import open_store
from flows.archive.loading import load_rows
from flows.archive.outlets import Outlets
from flows.feeds.subscriptions.catalogue import read_catalogue
from flows.feeds.subscriptions.opml import read_opml
from flows.feeds.subscriptions.state_media import kind_of

NOW = datetime(2026, 5, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://tass.ru/rss", "state_media"),
        ("https://arabic.rt.com/a", "state_media"),
        ("http://www.xinhuanet.com/world/1", "state_media"),
        ("https://start.com/feed", "press"),
        ("https://nottass.ru/rss", "press"),
        ("https://ru/", "press"),
        ("http://[::1", "press"),
        ("", "press"),
    ],
)
def test_the_host_tells(address: str, kind: str) -> None:
    assert kind_of(address) == kind


def test_every_outlet_that_the_shipped_list_calls_state_media_is_known_by_host() -> None:
    told = [spec for spec in read_catalogue() if spec.kind == "state_media"]
    assert len(told) > 10
    assert [urlsplit(spec.url).hostname for spec in told if kind_of(spec.url) != "state_media"] == []


def test_a_list_that_says_no_kind_is_told_and_one_that_does_is_believed(tmp_path: Path) -> None:
    file = tmp_path / "list.toml"
    file.write_text(
        '[[feed]]\nurl = "https://tass.ru/rss"\noutlet = "T"\n'
        '[[feed]]\nurl = "https://ria.ru/rss"\noutlet = "R"\nkind = "press"\n'
    )
    assert [spec.kind for spec in read_catalogue(file)] == ["state_media", "press"]


def test_opml_is_told_too(tmp_path: Path) -> None:
    file = tmp_path / "a.opml"
    file.write_text('<opml><body><outline text="T" xmlUrl="https://tass.com/rss/v2.xml"/></body></opml>')
    assert [spec.kind for spec in read_opml(file).feeds] == ["state_media"]


def test_archives_are_told_by_the_links_of_their_rows(tmp_path: Path) -> None:
    rows = [
        {"title": "One", "url": "https://tass.com/politics/1", "date": "2026-05-01", "outlet": "Dispatches"},
        {"title": "Two", "url": "https://quay.example/2", "date": "2026-05-01", "outlet": "Quay"},
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with closing(open_store(tmp_path / "a.db")) as store:
        load_rows(store, file, Outlets(store, [], NOW), NOW, lambda _: None)
        assert {(row["outlet"], row["kind"]) for row in store.query("SELECT outlet, kind FROM feeds")} == {
            ("Dispatches", "state_media"),
            ("Quay", "press"),
        }

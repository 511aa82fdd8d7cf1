"""Feeds added and removed by command: a file beside the list, which itself is never written to."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.records import FeedSpec
from flows.config.settings import FeedsSettings
from flows.feeds.subscriptions.catalogue import CatalogueError
from flows.feeds.subscriptions.user_feeds import UserFeeds, add, listed, read_user_feeds, remove

QUAY = FeedSpec("https://quay.example/f", "Quay")
PIER = FeedSpec("https://pier.example/f", 'Pier "North"\\\x7f\n', "NL", "nl", "wire", "ports")


@pytest.fixture
def settings(tmp_path: Path) -> FeedsSettings:
    (tmp_path / "list.toml").write_text('[[feed]]\nurl = "https://quay.example/f"\noutlet = "Quay"\n')
    return FeedsSettings(file=tmp_path / "list.toml", added=tmp_path / "var/feeds.toml")


def test_what_is_added_is_read_after_the_list_and_survives(settings: FeedsSettings) -> None:
    assert listed(settings) == [QUAY]
    assert add(settings, [PIER, PIER]) == [PIER]
    kept = FeedSpec(PIER.url, PIER.outlet.strip(), "NL", "nl", "wire", "ports")
    assert listed(settings) == [QUAY, kept]
    assert add(settings, [PIER]) == []


@pytest.mark.parametrize("url", ["http://quay.example/f", "https://www.quay.example/f/", "https://quay.example/f"])
def test_a_feed_is_not_listed_twice(settings: FeedsSettings, url: str) -> None:
    assert add(settings, [FeedSpec(url, "Quay again")]) == []
    assert not settings.added.exists()


def test_a_feed_of_the_list_is_removed_without_touching_the_list_and_comes_back(settings: FeedsSettings) -> None:
    assert settings.file is not None
    before = settings.file.read_bytes()
    add(settings, [PIER])
    assert remove(settings, "http://www.quay.example/f") == QUAY
    assert [spec.url for spec in listed(settings)] == [PIER.url]
    assert read_user_feeds(settings.added).removed == (QUAY.url,)
    assert add(settings, [QUAY]) == [QUAY]
    assert {spec.url for spec in listed(settings)} == {QUAY.url, PIER.url}
    remove(settings, QUAY.url)
    assert [spec.url for spec in listed(settings)] == [PIER.url]
    assert settings.file.read_bytes() == before


def test_an_added_feed_is_removed_for_good(settings: FeedsSettings) -> None:
    add(settings, [PIER])
    remove(settings, PIER.url)
    assert read_user_feeds(settings.added) == UserFeeds()
    with pytest.raises(CatalogueError, match="is not listed"):
        remove(settings, PIER.url)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("removed = 3", "removed must be a list"),
        ("other = 3", "unknown key other"),
        ("feed = 3", "write \\[\\[feed\\]\\]"),
        ("[[feed", "not readable as TOML"),
        ('[[feed]]\nurl = "javascript:x"\noutlet = "a"', "must begin with http"),
    ],
)
def test_a_damaged_file_is_named(settings: FeedsSettings, text: str, told: str) -> None:
    settings.added.parent.mkdir()
    settings.added.write_text(text)
    with pytest.raises(CatalogueError, match=told):
        add(settings, [PIER])
    assert settings.added.read_text() == text


def test_a_folder_that_is_missing_is_named(settings: FeedsSettings, tmp_path: Path) -> None:
    lost = settings.model_copy(update={"added": tmp_path / "no/such/feeds.toml"})
    with pytest.raises(CatalogueError, match="change \\[feeds\\] added"):
        add(lost, [PIER])

"""By which keys the entries of one document are known again."""

from __future__ import annotations

from datetime import UTC, datetime

from db.records import NewEntry
from flows.feeds.parsing.normalise import with_keys

URL = "https://quay.example/feed.xml"


def entry(title: str = "T", link: str = "", guid: str = "", published_at: datetime | None = None) -> NewEntry:
    return NewEntry(keys=(), title=title, link=link, guid=guid, published_at=published_at)


def kinds(*entries: NewEntry, url: str = URL) -> list[list[str]]:
    return [[key[:2] for key in identified.keys] for identified in with_keys(entries, url)]


def keys(one: NewEntry, url: str = URL) -> tuple[str, ...]:
    return with_keys([one], url)[0].keys


def test_a_guid_counts_within_its_feed_and_an_address_everywhere() -> None:
    here, there = (
        keys(entry(link="https://q.example/1", guid="7")),
        keys(entry(link="https://q.example/1", guid="7"), "https://other.example/feed"),
    )
    assert here[0] != there[0]
    assert here[1] == there[1] == "u:q.example/1"


def test_a_guid_that_is_an_address_counts_as_one() -> None:
    assert keys(entry(link="https://q.example/new", guid="http://www.q.example/old#0"))[1:] == (
        "u:q.example/new",
        "u:q.example/old",
    )


def test_a_link_shared_by_different_elements_identifies_none() -> None:
    live = "https://q.example/live"
    assert kinds(entry("A", live, "1"), entry("B", live, "2"), entry("C", "https://q.example/c", "3")) == [
        ["g:"],
        ["g:"],
        ["g:", "u:"],
    ]


def test_a_guid_shared_by_different_articles_identifies_none() -> None:
    assert kinds(entry("A", "https://q.example/a", "same"), entry("B", "https://q.example/b", "same")) == [
        ["u:"],
        ["u:"],
    ]


def test_the_same_element_twice_has_the_same_keys() -> None:
    twin = entry("A", "https://q.example/a", "1")
    first, second = with_keys([twin, twin], URL)
    assert first.keys == second.keys
    assert len(first.keys) == 2


def test_without_guid_and_address_the_title_and_the_day_identify() -> None:
    monday, tuesday = datetime(2026, 11, 16, 9, tzinfo=UTC), datetime(2026, 11, 17, 9, tzinfo=UTC)
    assert keys(entry("Tide table", published_at=monday)) == keys(entry("Tide  Table!", published_at=monday))
    assert keys(entry("Tide table", published_at=monday)) != keys(entry("Tide table", published_at=tuesday))
    assert keys(entry("Tide table"))[0].startswith("t:")


def test_untitled_links_to_the_front_page_leave_the_titles_to_identify() -> None:
    front = "https://q.example/"
    assert kinds(entry("A", front), entry("B", front)) == [["t:"], ["t:"]]


def test_an_edited_title_and_new_tracking_change_no_key() -> None:
    before = entry("Tugs leave", "https://www.q.example/a?utm_source=rss", "1")
    after = entry("Tugs left", "http://q.example/a?fbclid=3", "1")
    assert keys(before) == keys(after)

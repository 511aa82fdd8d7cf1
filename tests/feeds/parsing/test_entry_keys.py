"""By which keys the entries of one document are known again."""

from __future__ import annotations

from datetime import UTC, datetime

from db.records import NewEntry
from flows.feeds.parsing.entry_keys import with_keys

URL = "https://quay.example/feed.xml"


def entry(title: str = "T", link: str = "", guid: str = "", published_at: datetime | None = None) -> NewEntry:
    return NewEntry(keys=(), title=title, link=link, guid=guid, published_at=published_at)


def kinds(*entries: NewEntry, url: str = URL) -> list[list[str]]:
    """The kinds of the keys of each, without that of the title, which every entry has."""
    found = [
        [key[: key.index(":", 2) + 1] if key[1] == ":" and key[0] in "so" else key[:2] for key in each.keys]
        for each in with_keys(entries, url)
    ]
    return [[kind for kind in own if kind not in ("p:", "t:", "o:t:")] for own in found]


def keys(one: NewEntry, url: str = URL) -> tuple[str, ...]:
    """Its keys but for those of its title, unless it has nothing else."""
    found = with_keys([one], url)[0].keys
    return tuple(key for key in found if not key.startswith(("p:", "t:", "o:t:"))) or found


def test_a_guid_counts_within_its_feed_and_an_address_everywhere() -> None:
    here, there = (
        keys(entry(link="https://q.example/1", guid="7")),
        keys(entry(link="https://q.example/1", guid="7"), "https://other.example/feed"),
    )
    assert here[0] != there[0]
    assert here[1] == there[1] == "u:q.example/1"


def test_a_guid_that_is_the_address_of_another_page_counts_as_one() -> None:
    moved = entry(link="https://q.example/new", guid="http://www.q.example/old")
    assert keys(moved)[1:] == ("u:q.example/new", "u:q.example/old")
    assert keys(entry(link="https://q.example/new", guid="https://q.example/new#3"))[1:] == ("u:q.example/new",)


def test_a_link_shared_by_different_elements_identifies_none() -> None:
    live = "https://q.example/live"
    assert kinds(entry("A", live, "1"), entry("B", live, "2"), entry("C", "https://q.example/c", "3")) == [
        ["g:", "s:u:"],
        ["g:", "s:u:"],
        ["g:", "u:"],
    ]


def test_a_guid_shared_by_different_articles_identifies_none() -> None:
    assert kinds(entry("A", "https://q.example/a", "same"), entry("B", "https://q.example/b", "same")) == [
        ["s:g:", "u:"],
        ["s:g:", "u:"],
    ]


def test_a_guid_and_a_link_shared_by_different_titles_leave_the_titles_to_identify() -> None:
    page = "https://ministry.example/press/"
    assert kinds(entry("A", page, "1"), entry("B", page, "1")) == [["s:g:", "s:u:"], ["s:g:", "s:u:"]]
    assert kinds(entry("A", page, page), entry("B", page, page)) == [["o:g:", "s:u:"], ["o:g:", "s:u:"]]
    first, second = with_keys([entry("A", page, page), entry("B", page, page)], URL)
    assert first.keys[-1].startswith("t:")
    assert first.keys[-1] != second.keys[-1]


def test_one_link_and_title_under_two_guids_are_shared_by_nothing() -> None:
    link = "https://q.example/a"
    assert kinds(entry("A", link, "1"), entry("A", link, "2")) == [["g:", "u:"], ["g:", "u:"]]


def test_the_same_element_twice_has_the_same_keys() -> None:
    twin = entry("A", "https://q.example/a", "1")
    first, second = with_keys([twin, twin], URL)
    assert first.keys == second.keys
    assert kinds(twin) == [["g:", "u:"]]


def test_a_part_of_an_address_that_may_name_the_article_is_kept_beside_the_address_without_it() -> None:
    assert keys(entry(link="https://q.example/live#post-1")) == ("a:q.example/live??#post-1", "l:q.example/live")
    assert keys(entry(link="https://q.example/x?id=4&ref=2026-101")) == (
        "a:q.example/x?id=4??ref=2026-101",
        "l:q.example/x?id=4",
    )
    assert keys(entry(link="https://q.example/x?utm_id=4&ref=rss#top")) == ("u:q.example/x",)


def test_where_fragments_tell_elements_apart_the_address_without_them_means_nothing() -> None:
    live = "https://q.example/live"
    assert kinds(entry("A", f"{live}#a"), entry("A", f"{live}#b"), entry("B", live)) == [
        ["a:", "s:l:"],
        ["a:", "s:l:"],
        ["u:", "s:l:"],
    ]


def test_feeds_that_differ_in_a_doubtful_parameter_have_guids_of_their_own() -> None:
    one, other = (keys(entry(guid="7"), f"https://q.example/feed?rss={number}") for number in (501, 502))
    assert one[0] != other[0]
    assert one[1] == other[1] == f"o:{keys(entry(guid='7'), 'https://q.example/feed')[0]}"


def test_without_guid_and_address_the_title_and_the_day_identify() -> None:
    monday, tuesday = datetime(2026, 11, 16, 9, tzinfo=UTC), datetime(2026, 11, 17, 9, tzinfo=UTC)
    assert keys(entry("Tide table", published_at=monday)) == keys(entry("Tide  Table!", published_at=monday))
    assert keys(entry("Tide table", published_at=monday)) != keys(entry("Tide table", published_at=tuesday))
    assert keys(entry("Tide table"))[0].startswith("t:")


def test_a_day_that_is_not_believed_yet_counts_in_the_key() -> None:
    monday = datetime(2026, 11, 16, 9, tzinfo=UTC)
    (before,), (after,) = (
        with_keys([entry("Tide table", published_at=believed)], URL, [(monday, None)]) for believed in (None, monday)
    )
    assert before.keys == after.keys


def test_untitled_links_to_the_front_page_leave_the_titles_to_identify() -> None:
    front = "https://q.example/"
    assert kinds(entry("A", front), entry("B", front)) == [["s:u:"], ["s:u:"]]
    assert keys(entry("A", "https://q.example/#post-1")) == ("a:q.example??#post-1",)


def test_an_edited_title_and_new_tracking_change_no_key() -> None:
    before = entry("Tugs leave", "https://www.q.example/a?utm_source=rss", "1")
    after = entry("Tugs left", "http://q.example/a?fbclid=3", "1")
    assert keys(before) == keys(after)

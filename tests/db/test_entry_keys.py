"""What each kind of key proves of an element, and what it leaves behind in the store."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils import Database

from db import entries
from db.records import NewEntry
from tests.support.store_records import NOON, feed, fetch_of, new_entry

DAY = timedelta(days=1)


def one(*keys: str, title: str = "T", guid: str = "", link: str = "", summary: str = "", day: int = 0) -> NewEntry:
    published = NOON - day * DAY
    return new_entry(*keys, title=title, guid=guid, link=link, summary=summary, published_at=published)


def is_new(store: Database, *batch: NewEntry) -> list[int]:
    """How many entries the store holds after each."""
    found = []
    for entry in batch:
        entries.append_batch(store, fetch_of(feed(store), [entry]), [entry], NOON)
        found.append(store["entries"].count)
    return found


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (one("g:1"), one("g:1", title="U", day=3), 1),
        (one("g:1", "u:a", guid="1"), one("g:2", "u:a", guid="2"), 1),
        (one("g:1", "u:a", guid="1"), one("g:2", "u:a", guid="2", title="U"), 2),
        (one("u:a"), one("u:a", title="U"), 1),
        (one("u:a"), one("g:2", "u:a", guid="2", title="U"), 1),
        (one("s:u:a", "t:1"), one("u:a", "t:2", title="U"), 2),
        (one("u:a", "t:1"), one("s:u:a", "t:2"), 1),
        (one("u:a", "t:1"), one("s:u:a", "t:2", day=2), 2),
        (one("a:a#1", "l:a"), one("a:a#2", "l:a"), 1),
        (one("a:a#1", "l:a"), one("a:a#2", "l:a", summary="S"), 2),
        (one("a:a#1", "l:a"), one("a:a#2", "l:a", title="U"), 2),
        (one("a:a#1", "s:l:a"), one("a:a#2", "l:a"), 2),
        (one("u:a"), one("a:a#2", "l:a"), 1),
        (one("a:a#1", "l:a"), one("u:a", title="U"), 2),
        (one("u:a", link="https://a.example#1"), one("a:a#1", "l:a", title="U", link="https://a.example#1"), 1),
        (one("g:1", "t:1", guid="1"), one("t:1"), 2),
        (one("t:1"), one("g:1", "t:1", guid="1"), 1),
        (one("s:g:1", "t:1", guid="1"), one("g:2", "t:1", guid="2"), 2),
        (one("s:u:a", "g:1", "p:1", guid="1"), one("s:u:a", "g:2", "p:1", guid="2"), 1),
        (one("o:g:1", "t:1"), one("g:1", "t:2", title="U"), 2),
    ],
)  # fmt: skip
def test_the_same_or_another(store: Database, first: NewEntry, second: NewEntry, count: int) -> None:
    assert is_new(store, first, second, second, first) == [1, count, count, count]


def test_what_is_stored_without_a_date_was_published_before_it_was_seen(store: Database) -> None:
    undated = new_entry("t:none", title="T")
    assert is_new(store, undated, one("t:1", "o:t:none", day=1), one("t:2", "o:t:none", day=-1)) == [1, 1, 2]


def test_what_is_only_looked_up_is_not_stored_and_titles_only_where_they_are_needed(store: Database) -> None:
    is_new(store, one("g:1", "u:a", "o:g:old", "p:1", "t:1"))
    assert {row["key"] for row in store["entry_keys"].rows} == {"g:1", "u:a"}
    is_new(store, one("g:2", "s:u:b", "p:2", "t:2", title="U"))
    assert {row["key"] for row in store["entry_keys"].rows} == {"g:1", "u:a", "g:2", "s:u:b", "p:2", "t:2"}

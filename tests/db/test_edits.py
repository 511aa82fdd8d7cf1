"""Entries that their feed changes: history, a new score, and no history of flapping."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from db import edits, entries, scores
from db.records import Fetch, NewEntry
from tests.support.store_queries import edits_of
from tests.support.store_records import HOUR, MINUTE, NOON, feed, fetch_of, new_entry, score, stored, version

FIRST = new_entry("u:a.example/1", "g:1", title="Tug sinks", summary="In the bay.", link="https://a.example/1?utm=1")


def shown(store: Database, *batch: NewEntry, url: str = "https://a.example/rss", hours: int = 1) -> Fetch:
    """What came of the feed's showing these entries some hours later."""
    return entries.append_batch(store, fetch_of(feed(store, url), batch), batch, NOON + hours * HOUR)


def changed(**changes: str) -> NewEntry:
    return new_entry(*FIRST.keys, **{"title": FIRST.title, "summary": FIRST.summary, "link": FIRST.link} | changes)


def titles(store: Database) -> list[str]:
    return [row["title"] for row in store.query("SELECT title FROM entries ORDER BY id")]


def history(store: Database) -> Iterable[dict[str, str]]:
    return [changes for _, changes in edits_of(store, 1)]


def test_an_edit_keeps_what_stood_there_and_waits_for_a_score(store: Database) -> None:
    version(store)
    (first,) = stored(store, FIRST)
    scores.append(store, [score(first)])
    logged = shown(store, changed(title="Tug lifted", summary="From the bay."))
    assert (logged.new, logged.duplicate, logged.edited) == (0, 0, 1)
    assert history(store) == [{"title": "Tug sinks", "summary": "In the bay."}]
    assert edits_of(store, 1)[0][0] == NOON + HOUR
    (waiting,) = next(entries.unscored(store, 10))
    assert (waiting.id, waiting.title, waiting.first_seen_at) == (1, "Tug lifted", NOON)
    assert [each.id for each in entries.search(store, "lifted")] == [1]
    assert entries.search(store, "sinks") == []


def test_what_has_not_changed_is_a_duplicate(store: Database) -> None:
    stored(store, FIRST)
    assert shown(store, FIRST).duplicate == 1
    assert shown(store, changed(link="https://a.example/1?utm=2")).duplicate == 1
    assert history(store) == []


def test_two_versions_that_alternate_leave_one_row(store: Database) -> None:
    stored(store, FIRST)
    told = [shown(store, changed(title=("Tug lifted", "Tug sinks")[n % 2]), hours=n).edited for n in range(20)]
    assert told == [1] + [0] * 19
    assert history(store) == [{"title": "Tug sinks"}]
    assert titles(store) == ["Tug lifted"]


def test_an_entry_that_changes_every_time_stops_being_followed(store: Database) -> None:
    stored(store, FIRST)
    told = [shown(store, changed(title=f"{n} readers"), hours=n).edited for n in range(edits.MOST_EDITS + 30)]
    assert sum(told) == edits.MOST_EDITS == len(list(history(store)))


def test_another_feed_with_the_same_entry_edits_nothing(store: Database) -> None:
    stored(store, FIRST)
    logged = shown(store, changed(title="Our partner reports: tug sinks"), url="https://b.example/rss")
    assert (logged.duplicate, logged.edited) == (1, 0)
    assert titles(store) == ["Tug sinks"]


def test_a_document_that_holds_an_entry_twice_does_not_edit_it(store: Database) -> None:
    logged = shown(store, FIRST, changed(title="Tug sinks (video)"))
    assert (logged.new, logged.duplicate, logged.edited) == (1, 1, 0)
    assert shown(store, FIRST, changed(title="Tug sinks (video)")).duplicate == 2
    assert titles(store) == ["Tug sinks"]


def test_a_link_that_leads_elsewhere_is_an_edit_once(store: Database) -> None:
    stored(store, FIRST)
    moved = new_entry("u:a.example/tug", "g:1", title=FIRST.title, summary=FIRST.summary, link="https://a.example/tug")
    assert shown(store, moved).edited == 1
    assert history(store) == [{"link": "https://a.example/1?utm=1"}]
    assert [shown(store, each).duplicate for each in (FIRST, moved)] == [1, 1]
    assert shown(store, new_entry(*moved.keys, title="Tug lifted", link=moved.link)).edited == 1
    assert [row["link"] for row in store.query("SELECT link FROM entries")] == ["https://a.example/tug"]


def test_an_edit_and_its_fetch_are_counted(store: Database) -> None:
    stored(store, FIRST, new_entry("other"))
    batch = [changed(title="Tug lifted"), new_entry("other"), new_entry("third")]
    fetch = fetch_of(feed(store), batch, seen=10, capped=4, rejected=3, started_at=NOON + MINUTE)
    logged = entries.append_batch(store, fetch, batch, NOON + HOUR)
    assert (logged.new, logged.duplicate, logged.edited, logged.capped, logged.rejected) == (1, 1, 1, 4, 3)

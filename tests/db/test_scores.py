"""Scores: the newest of an entry counts."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

import pytest
from sqlite_utils import Database

from db import clusters, entries, scores
from db.records import Entry, Score
from tests.support.store_records import HOUR, MINUTE, NOON, feed, fetch_of, new_entry, score, stored, version


@pytest.fixture
def three(store: Database) -> list[Entry]:
    """Three entries first seen at noon, and two model versions."""
    version(store)
    version(store, "m-2")
    return stored(store, *[new_entry(key) for key in "abc"])


def judged(store: Database) -> list[Score]:
    return [each.score for each in scores.flagged(store, NOON, NOON + HOUR)]


def test_a_score_comes_back_as_it_was_given(store: Database, three: list[Entry]) -> None:
    given = score(three[0])
    scores.append(store, [given])
    (found,) = scores.flagged(store, NOON, NOON + HOUR)
    assert (found.entry, found.score) == (three[0], given)
    assert scores.newest(store, three[0].id) == given
    assert scores.newest(store, three[1].id) is None


def test_the_most_probable_comes_first(store: Database, three: list[Entry]) -> None:
    given = [score(entry, probability=value) for entry, value in zip(three, (0.7, 0.9, 0.7), strict=True)]
    scores.append(store, given)
    assert judged(store) == [given[1], given[0], given[2]]


def test_the_window_is_half_open(store: Database) -> None:
    version(store)
    seen = [*stored(store, new_entry("a"), at=NOON - MINUTE), *stored(store, new_entry("b"), at=NOON)]
    seen += stored(store, new_entry("c"), at=NOON + HOUR)
    scores.append(store, [score(entry) for entry in seen])
    assert [each.entry for each in scores.flagged(store, NOON, NOON + HOUR)] == [seen[1]]


@pytest.mark.parametrize("order", [("m-1", "m-2"), ("m-2", "m-1")])
def test_the_newest_wins_even_within_a_second(store: Database, three: list[Entry], order: tuple[str, str]) -> None:
    scores.append(
        store, [score(three[0], model_version=order[0]), score(three[1], model_version=order[0], flagged=False)]
    )
    later = [
        score(three[0], model_version=order[1], flagged=False, probability=0.1),
        score(three[1], model_version=order[1], probability=0.7),
    ]
    scores.append(store, later)
    assert judged(store) == [later[1]]
    assert [scores.newest(store, entry.id) for entry in three[:2]] == later


def test_a_score_by_the_same_version_is_replaced_and_is_the_newest(store: Database, three: list[Entry]) -> None:
    first, second = score(three[0]), score(three[0], model_version="m-2", flagged=False)
    again = replace(first, probability=0.95, scored_at=NOON + HOUR)
    for each in (first, second, again):
        scores.append(store, [each])
    assert judged(store) == [again]
    assert store.execute("SELECT count(*) FROM scores").fetchone() == (2,)


def test_below_is_not_flagged_not_ruled_out_and_limited(store: Database, three: list[Entry]) -> None:
    given = [
        score(entry, flagged=False, review=True, probability=0.3 + number / 10) for number, entry in enumerate(three)
    ]
    scores.append(store, given)
    assert [each.score for each in scores.below(store, NOON, NOON + HOUR, 2)] == [given[2], given[1]]
    assert scores.below(store, NOON + HOUR, NOON + 2 * HOUR, 2) == []
    scores.append(store, [replace(given[2], flagged=True), replace(given[1], probability=0.005)])
    assert [each.score for each in scores.below(store, NOON, NOON + HOUR, 2)] == [given[0]]


def test_unknown_languages_count_each_entry_once(store: Database, three: list[Entry]) -> None:
    blind = [score(entry, flagged=False, known_language=False, language="hu") for entry in three]
    scores.append(store, blind)
    scores.append(store, [replace(blind[0], model_version="m-2"), replace(blind[1], language="fi")])
    assert scores.unknown_languages(store, NOON, NOON + HOUR) == {"fi": 1, "hu": 2}
    scores.append(store, [replace(blind[0], flagged=True), replace(blind[2], known_language=True)])
    assert scores.unknown_languages(store, NOON, NOON + HOUR) == {"fi": 1}
    assert scores.unknown_languages(store, NOON + HOUR, NOON + 2 * HOUR) == {}


def test_scored_entries_wait_no_longer_and_flagged_ones_for_their_cluster(store: Database, three: list[Entry]) -> None:
    scores.append(store, [score(three[0]), score(three[1], flagged=False)])
    assert list(entries.unscored(store, 10)) == [[three[2]]]
    assert clusters.unclustered(store) == [three[0]]
    scores.append(store, [score(three[0], model_version="m-2", flagged=False), score(three[1])])
    assert clusters.unclustered(store) == [three[1]]
    scores.append(store, [score(three[1], model_version="m-2")])
    assert clusters.unclustered(store) == [three[1]]


def test_one_bad_score_takes_all_back(store: Database, three: list[Entry]) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        scores.append(store, [score(three[0]), score(three[1], model_version="m-9")])
    assert scores.newest(store, three[0].id) is None
    assert list(entries.unscored(store, 10)) == [three]
    assert clusters.unclustered(store) == []


def reworded(store: Database, key: str, title: str, at: datetime) -> None:
    """The feed shows the entry under another title."""
    entries.append_batch(store, fetch_of(feed(store), [new_entry(key)]), [new_entry(key, title=title)], at)


def counted(store: Database) -> list[list[tuple[int, bool]]]:
    """Of the hours at and after noon: the ids of the flagged entries that count there, and whether by an edit."""
    hours = [(NOON + number * HOUR, NOON + (number + 1) * HOUR) for number in range(4)]
    return [[(each.entry.id, each.edited_at is not None) for each in scores.flagged(store, *hour)] for hour in hours]


def test_what_an_edit_made_relevant_counts_where_it_was_edited_and_once(store: Database) -> None:
    version(store)
    (entry,) = stored(store, new_entry("a"))
    scores.append(store, [score(entry, flagged=False, probability=0.1)])
    assert counted(store) == [[], [], [], []]
    reworded(store, "a", "Now it says so", NOON + HOUR + MINUTE)
    scores.append(store, [score(entry)])
    assert counted(store) == [[], [(1, True)], [], []]
    (found,) = scores.flagged(store, NOON + HOUR, NOON + 2 * HOUR)
    assert found.edited_at == NOON + HOUR + MINUTE
    reworded(store, "a", "And more", NOON + 2 * HOUR)
    scores.append(store, [score(entry)])
    assert counted(store) == [[], [(1, True)], [], []]


def test_what_was_flagged_before_an_edit_stays_where_it_was_first_seen(store: Database) -> None:
    version(store)
    (entry,) = stored(store, new_entry("a"))
    scores.append(store, [score(entry)])
    for hour, is_flagged in ((1, False), (2, True)):
        reworded(store, "a", f"Wording {hour}", NOON + hour * HOUR)
        scores.append(store, [score(entry, flagged=is_flagged)])
        assert counted(store) == [[(1, False)] if is_flagged else [], [], [], []]


def test_another_model_moves_no_entry_to_a_later_window(store: Database) -> None:
    version(store)
    version(store, "m-2")
    (entry,) = stored(store, new_entry("a"))
    scores.append(store, [score(entry, flagged=False)])
    scores.append(store, [score(entry, model_version="m-2", scored_at=NOON + 2 * HOUR)])
    assert counted(store) == [[(1, False)], [], [], []]

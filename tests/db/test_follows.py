"""Who follows what: once for each reader and thread, until it ends, with the mails that told of it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from sqlite_utils import Database

from db import clusters, deliveries, editions, follows
from tests.support.store_records import HOUR, NOON, score, stored, version
from tests.support.store_records import new_entry as entry

READER = "Analyst@desk.example"


@pytest.fixture
def threads_at(store: Database) -> Database:
    """A store with two story clusters."""
    version(store)
    found = stored(store, entry("1", title="One"), entry("2", title="Two"))
    from db import scores

    scores.append(store, [score(each) for each in found])
    clusters.append(store, [(None, [each]) for each in found], NOON)
    return store


def mail(store: Database, name: str, follow: int, steps: int = 1) -> int:
    """An edition of a thread; returns its id."""
    made = editions.insert(
        store,
        name=name,
        window=(NOON, NOON + HOUR),
        composed_at=NOON + HOUR,
        model_version="m",
        config_hash="",
        content={},
        kind="thread",
    )
    follows.keep_mail(store, made.id, follow, steps)
    return made.id


def test_a_reader_follows_a_thread_once_whatever_the_case_of_the_address(threads_at: Database) -> None:
    assert follows.add(threads_at, 1, READER, [2, 1], NOON)
    assert not follows.add(threads_at, 1, READER.lower(), [1], NOON + HOUR)
    assert follows.add(threads_at, 2, READER, [], NOON)
    assert follows.add(threads_at, 1, "other@desk.example", [], NOON)
    first = follows.standing(threads_at)[0]
    assert (first.story_id, first.address, first.known, first.followed_at) == (1, READER, frozenset({1, 2}), NOON)
    assert first.looked_at == NOON


def test_what_ended_stays_with_its_reason_and_can_begin_again(threads_at: Database) -> None:
    follows.add(threads_at, 1, READER, [], NOON)
    assert follows.end(threads_at, 1, "quiet", NOON + HOUR)
    assert not follows.end(threads_at, 1, "reader", NOON + 2 * HOUR)
    assert follows.standing(threads_at) == []
    ended = follows.find(threads_at, 1)
    assert ended is not None
    assert (ended.ended_by, ended.ended_at) == ("quiet", NOON + HOUR)
    assert follows.add(threads_at, 1, READER, [], NOON + 3 * HOUR)
    assert [each.id for each in follows.standing(threads_at)] == [2]
    assert follows.find(threads_at, 9) is None


def test_what_is_known_grows_with_the_moment_of_looking(threads_at: Database) -> None:
    follows.add(threads_at, 1, READER, [1], NOON)
    follows.know(threads_at, 1, {2, 1}, NOON + HOUR)
    kept = follows.find(threads_at, 1)
    assert kept is not None
    assert (kept.known, kept.looked_at, kept.followed_at) == (frozenset({1, 2}), NOON + HOUR, NOON)


def test_an_edition_tells_one_follower_and_answers_the_mail_before_that_arrived(threads_at: Database) -> None:
    follows.add(threads_at, 1, READER, [], NOON)
    follows.add(threads_at, 2, READER, [], NOON)
    ids = [mail(threads_at, "a", 1), mail(threads_at, "b", 2), mail(threads_at, "c", 1), mail(threads_at, "d", 1, 0)]
    for number, state in zip(ids, ("accepted", "accepted", "refused"), strict=False):
        sent = deliveries.prepare(threads_at, number, READER, "mail", f"<{number}@x>", NOON)
        deliveries.settle(threads_at, sent, state, "", NOON, held=False)  # type: ignore[arg-type]
    told = follows.told_by(threads_at, ids[2])
    assert told is not None
    assert told.id == 1
    assert [(each.edition, each.steps) for each in follows.mails(threads_at, 1)] == [("d", 0), ("c", 1), ("a", 1)]
    assert follows.answered(threads_at, ids[3]) == f"<{ids[0]}@x>"
    assert follows.answered(threads_at, ids[0]) == ""
    assert follows.told_by(threads_at, 99) is None


def test_editions_of_threads_are_told_in_no_archive_and_looked_for_however_old(threads_at: Database) -> None:
    follows.add(threads_at, 1, READER, [], NOON)
    before = editions.state(threads_at)
    mail(threads_at, "a", 1)
    assert list(editions.stories_alone(threads_at)) == []
    assert editions.state(threads_at) == before
    late = NOON + timedelta(days=10)
    assert deliveries.unprepared(threads_at, late, late - timedelta(hours=24)) == ["a"]


@pytest.mark.parametrize("change", ["ended_by = 'reader'", "ended_at = '1'", "ended_at = '1', ended_by = 'x'"])
def test_an_end_has_a_moment_and_a_known_reason(threads_at: Database, change: str) -> None:
    follows.add(threads_at, 1, READER, [], NOON)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        threads_at.execute(f"UPDATE follows SET {change}")

"""Following a thread ends: by itself when it is quiet, for who leaves or stops, and where two threads become one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from db import follows, threads, unsubscriptions
from db.connect import open_store
from flows.config.settings import Config
from flows.digest.sending import send_edition
from flows.digest.thread_editions import compose_threads
from flows.runtime.clock import Clock
from tests.support.followed_threads import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    OPENING,
    READER,
    SIGNING,
    begun,
    body,
    follow,
    followed,
    joined,
    mail,
    passed,
    read,
    report,
    standing,
)

SIGNED = NOON + DAY


@pytest.fixture
def current(tmp_path: Path) -> Config:
    """A thread with one story, which a reader follows since two hours after noon."""
    return begun(tmp_path)


def test_a_quiet_thread_ends_with_a_last_mail(current: Config) -> None:
    for day in range(1, 14):
        read(current, NOON + day * DAY)
        assert passed(current, NOON + day * DAY + MINUTE) == ()
    assert passed(current, NOON + 14 * DAY + HOUR) == ()  # two hours are left, since the reader began two hours after
    read(current, NOON + 14 * DAY + HOUR)
    (name,) = passed(current, NOON + 14 * DAY + 2 * HOUR)
    made = mail(current, name)
    assert made["Subject"].startswith("Quiet for 14 days, followed no more: Russia and North Korea plan")
    text = " ".join(body(made).split())
    assert "Nothing was reported of it for 14 days, since Tue 17 Nov: this was its last mail." in text
    assert "follow it again: https://desk.example/follow/1/" in text
    assert standing(current) == []
    report(current, SIGNING, NOON + 14 * DAY + 3 * HOUR)
    assert passed(current, NOON + 14 * DAY + 4 * HOUR) == ()


def test_days_on_which_nothing_was_read_are_not_quiet(current: Config) -> None:
    assert passed(current, NOON + 30 * DAY) == ()
    assert len(standing(current)) == 1


def test_reports_without_news_keep_a_thread_alive(current: Config) -> None:
    for day in range(1, 20):
        read(current, NOON + day * DAY)
    report(current, OPENING, NOON + 13 * DAY, "Ferry Times")
    with closing(open_store(current.store.path)) as store:
        threads.append(store, [(3, 1)])
    sent = passed(current, NOON + 20 * DAY)
    assert not any(followed(current, name).ended for name in sent)
    assert len(standing(current)) == 1


def test_who_unsubscribed_gets_none_and_follows_no_more(current: Config) -> None:
    report(current, SIGNING, SIGNED)
    with closing(open_store(current.store.path)) as store:
        unsubscriptions.add(store, READER.upper(), SIGNED)
    assert passed(current, SIGNED + MINUTE) == ()
    assert standing(current) == []
    assert not current.delivery.outbox.exists()


def test_who_stops_gets_no_mail_that_was_composed_before(current: Config) -> None:
    report(current, SIGNING, SIGNED)
    assert len(compose_threads(current, SIGNED + MINUTE)[0]) == 1
    with closing(open_store(current.store.path)) as store:
        follows.end(store, 1, "reader", SIGNED + 2 * MINUTE)
    assert passed(current, SIGNED + HOUR) == ()
    assert not current.delivery.outbox.exists()


def test_a_mail_that_is_asked_for_by_its_name_goes_to_its_reader_alone(current: Config) -> None:
    report(current, SIGNING, SIGNED)
    ((made,), _) = compose_threads(current, SIGNED + MINUTE)
    sent = send_edition(current, made.name, Clock((SIGNED + HOUR).isoformat()))
    assert [each.recipient for each in sent.deliveries] == [READER]


def test_threads_that_become_one_send_one_mail(current: Config) -> None:
    other = ("A museum in Pyongyang shows gifts from Moscow", "Gifts of Russia to North Korea are shown.")
    story = report(current, other, NOON + 2 * HOUR)
    assert story != 1
    assert follow(current, story, NOON + 3 * HOUR)
    with closing(open_store(current.store.path)) as store:
        joined(store, story)
    assert passed(current, NOON + 4 * HOUR) in ((), ("thread-1-1-1",))
    report(current, SIGNING, SIGNED)
    assert len(passed(current, SIGNED + MINUTE)) == 1
    assert [each.id for each in standing(current)] == [1]
    with closing(open_store(current.store.path)) as store:
        ended = follows.find(store, 2)
    assert ended is not None
    assert ended.ended_by == "same thread"

"""How feeds fare: rhythms, silence, and the condition that is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from db.feed_checks import FeedCheck
from db.feed_states import FeedState
from db.records import Feed
from flows.feeds.schedule.health import health_of, rhythm_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FEED = Feed(1, "https://quay.example/rss", "Quay Wire", "", "", "press", "", True)
READ = FeedState(1, NOW + DAY / 24, "every 15 min", last_success_at=NOW, newest_at=NOW)
DAILY = range(1, 29)


def days(*ago: int, count: int = 6) -> dict[date, int]:
    return {(NOW - each * DAY).date(): count for each in ago}


@pytest.mark.parametrize(
    ("ago", "is_silent"),
    [
        (range(28), False),
        (range(2, 28), False),
        (range(3, 28), True),
        ([1, 4, 5, 6, 7, 8, 11, 12, 13], False),  # not at weekends
        ([6, 9, 10, 11, 12, 13, 16, 17], False),
        ([7, 10, 11, 12, 13, 16, 17], True),
        ([10, 17, 24, 31, 38], False),  # weekly
        ([15, 22, 29, 36], True),
        ([20, 21], False),  # too little for a rhythm
        ([], True),
    ],
)
def test_silence_is_judged_by_the_own_rhythm(ago: Any, is_silent: bool) -> None:
    assert rhythm_of(days(*ago), None, NOW).is_silent is is_silent


def test_another_feeds_entries_break_the_silence_too() -> None:
    assert rhythm_of(days(*range(9, 28)), NOW - 9 * DAY, NOW).is_silent
    assert not rhythm_of(days(*range(9, 28)), NOW - DAY, NOW).is_silent
    assert not rhythm_of({}, NOW - 59 * DAY, NOW).is_silent
    assert rhythm_of({}, NOW - 61 * DAY, NOW).is_silent


def test_entries_a_day_of_late_and_usually() -> None:
    rhythm = rhythm_of(days(0, 1) | days(*range(2, 28), count=20), None, NOW)
    assert rhythm.recent == pytest.approx((6 + 6 + 20) / 3)
    assert rhythm.usual == pytest.approx((2 * 6 + 26 * 20) / 28)
    assert rhythm_of(days(0, 1, 2), None, NOW).usual is None
    assert rhythm_of(days(0, 1, 2, 3), None, NOW).usual == 6


@pytest.mark.parametrize(
    ("state", "condition", "remark"),
    [
        (READ, "ok", ""),
        (replace(READ, last_success_at=None), "unread", "never read yet"),
        (
            replace(READ, failures=4, failing_since=NOW - DAY, last_error="HTTP 404 Not Found"),
            "failing",
            "failing since 2026-11-21 12:00 (4 times): HTTP 404 Not Found",
        ),
        (
            replace(READ, failures=1, failing_since=NOW, gone_at=NOW - DAY, last_error="HTTP 410 Gone"),
            "gone",
            "gone since 2026-11-21: HTTP 410 Gone",
        ),
        (
            replace(READ, moved_to="https://new.example/", moved_since=NOW - DAY),
            "moving",
            "sends us to https://new.example/; followed from 2026-11-28 on",
        ),
        (replace(READ, address="https://new.example/"), "moved", "read at https://new.example/"),
    ],
)
def test_conditions(state: FeedState, condition: str, remark: str) -> None:
    health = health_of(FEED, state, days(*DAILY), None, NOW)
    assert (health.condition, health.remark) == (condition, remark)
    assert (health.next_check_at, health.next_check_why) == (NOW + DAY / 24, "every 15 min")


def test_a_silent_feed_says_how_unlike_it_that_is() -> None:
    silent = replace(READ, newest_at=None)
    told = [health_of(FEED, silent, days(*ago), None, NOW).remark for ago in (range(5, 28), [20, 22, 24, 28], [])]
    assert told == [
        "nothing new for 5 days; before, it brought something every day",
        "nothing new for 20 days; before, never over 4 days",
        "has brought nothing with a date of the last 60 days",
    ]


@pytest.mark.parametrize(
    ("state", "is_sound", "hours", "condition", "remark"),
    [
        (FeedState(1, NOW), False, 1, "failing", "never read yet; tried by hand 2026-11-22 13:00: HTTP 404"),
        (FeedState(1, NOW), True, 1, "unread", "never read yet; tried by hand 2026-11-22 13:00: HTTP 404"),
        (READ, False, 1, "ok", "tried by hand 2026-11-22 13:00: HTTP 404"),
        (READ, False, -1, "ok", ""),
    ],
)
def test_a_trial_by_hand_counts_while_it_is_newer_than_the_last_reading(
    state: FeedState, is_sound: bool, hours: int, condition: str, remark: str
) -> None:
    check = FeedCheck(1, NOW + hours * DAY / 24, is_sound, "HTTP 404")
    health = health_of(FEED, state, days(*DAILY), None, NOW + DAY / 12, check)
    assert (health.condition, health.remark) == (condition, remark)


def test_a_paused_host_puts_off_the_next_check() -> None:
    pause = (NOW + DAY, "quay.example asked for quiet (HTTP 429)")
    health = health_of(FEED, READ, days(*DAILY), pause, NOW)
    assert (health.condition, health.next_check_at, health.next_check_why) == ("paused", *pause)

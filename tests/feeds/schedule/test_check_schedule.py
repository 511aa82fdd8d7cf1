"""When a feed is asked again, and why: tables of cases, no clock and no network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from flows.feeds.http.rate_limit import HostRateLimit, is_own_machine
from flows.feeds.parsing.interval import stated_interval
from flows.feeds.schedule.check_schedule import (
    DAY,
    JITTER,
    LONGEST_WAIT,
    WEEK,
    FetchResult,
    freshness,
    host_quiet,
    jitter,
    next_check,
    retry_after,
    serves_strangers,
    span_in_words,
)

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
EVERY = timedelta(minutes=15)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def outcome(kind: Any = "ok", **changes: Any) -> FetchResult:
    return FetchResult(kind, NOW, **({"failures": 0 if kind == "ok" else 1} | changes))


@pytest.mark.parametrize(
    ("given", "wait", "why"),
    [
        (outcome(), EVERY, "every 15 min"),
        (outcome(interval_seconds=60), EVERY, "every 15 min"),
        (outcome(interval_seconds=3600), HOUR, "the feed asks for 60 min between readings"),
        (outcome(interval_seconds=10**7), DAY, "the feed asks for 24 h"),
        (outcome(headers={"cache-control": "public, max-age=7200"}), 2 * HOUR, "the server's cache rules ask for 2 h"),
        (outcome(headers={"cache-control": "max-age=99999999"}), DAY, "24 h"),
        (outcome(headers={"cache-control": "no-cache, max-age=7200"}), EVERY, "every 15 min"),
        (outcome(headers={"cache-control": "max-age=7200"}, interval_seconds=9000), 2.5 * HOUR, "the feed asks"),
        (outcome("temporary"), EVERY, "out of reach for now (once): again after 15 min"),
        (outcome("temporary", failures=3), HOUR, "(3 times in a row): again after 60 min"),
        (outcome("temporary", failures=99), 2 * HOUR, "again after 2 h"),
        (outcome("soft"), HOUR / 2, "answers, but not with a feed"),
        (outcome("soft", failures=9), 12 * HOUR, "12 h"),
        (outcome("hard"), 2 * HOUR, "refuses or knows of no feed"),
        (outcome("hard", failures=3), 8 * HOUR, "8 h"),
        (outcome("hard", status=404, failures=1000), DAY, "24 h"),
        (outcome("gone", failures=5), WEEK, "7 days"),
        (
            outcome("temporary", status=429, headers={"retry-after": "5400"}),
            1.5 * HOUR,
            "asked for 90 min of quiet",
        ),
        (outcome("temporary", status=503, headers={"retry-after": "999999"}), DAY, "the server asked for 24 h"),
        (outcome("temporary", status=429, headers={"retry-after": "5"}), EVERY, "out of reach"),
        (outcome("temporary", status=500, headers={"retry-after": "5400"}), EVERY, "out of reach"),
    ],
)
def test_the_next_check_and_its_reason(given: FetchResult, wait: timedelta, why: str) -> None:
    check = next_check(given, EVERY, feed_id=7)
    assert NOW + wait <= check.at <= NOW + wait * (1 + JITTER)
    assert why.rstrip(".") in check.why


@pytest.mark.parametrize("kind", LONGEST_WAIT)
def test_waits_grow_and_end_somewhere(kind: Any) -> None:
    waits = [next_check(outcome(kind, failures=n), EVERY, 1).at - NOW for n in range(1, 40)]
    assert all(later >= earlier * 0.9 for earlier, later in pairwise(waits))
    assert max(waits) <= max(DAY, LONGEST_WAIT[kind])


def test_an_own_interval_longer_than_all_is_kept() -> None:
    assert next_check(outcome(interval_seconds=60), 2 * DAY, 1).at >= NOW + 2 * DAY
    assert next_check(outcome("temporary"), 2 * DAY, 1).at >= NOW + 2 * DAY


def test_jitter_is_the_same_each_time_and_differs_between_feeds() -> None:
    shares = [jitter(feed_id, 0) for feed_id in range(500)]
    assert shares == [jitter(feed_id, 0) for feed_id in range(500)]
    assert all(0 <= share < JITTER for share in shares)
    assert len(set(shares)) > 490
    assert 0.4 < sum(shares) / len(shares) / JITTER < 0.6


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("120", 2 * MINUTE),
        (" 0 ", timedelta(0)),
        ("99999999999999999999", DAY),
        ("Sun, 22 Nov 2026 07:00:00 GMT", HOUR),
        ("Sun, 22 Nov 2026 09:00:00 +0200", HOUR),
        ("Sun, 22 Nov 2026 07:00:00", HOUR),
        ("Sun, 22 Nov 2099 07:00:00 GMT", DAY),
        ("Sun, 22 Nov 2026 05:00:00 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("Sun, 99 Nov 99999 07:00:00 GMT", None),
        ("", None),
    ],
)
def test_retry_after_in_both_forms(text: str, wait: timedelta | None) -> None:
    assert retry_after({"retry-after": text}, NOW) == wait


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({}, timedelta(0)),
        ({"cache-control": 'private, Max-Age="600"'}, 10 * MINUTE),
        ({"cache-control": "max-age=-1"}, timedelta(0)),
        ({"cache-control": "s-maxage=900"}, timedelta(0)),
        ({"expires": "Sun, 22 Nov 2026 08:00:00 GMT"}, 2 * HOUR),
        ({"expires": "Sun, 22 Nov 2026 08:00:00 GMT", "date": "Sun, 22 Nov 2026 07:30:00 GMT"}, HOUR / 2),
        ({"expires": "Sun, 22 Nov 2026 08:00:00 GMT", "cache-control": "max-age=60"}, MINUTE),
        ({"expires": "0"}, timedelta(0)),
        ({"expires": "Thu, 19 Nov 1981 08:52:00 GMT"}, timedelta(0)),
    ],
)
def test_how_long_an_answer_stays_fresh(headers: dict[str, str], fresh: timedelta) -> None:
    assert freshness(headers, NOW) == fresh


@pytest.mark.parametrize(
    ("ttl", "period", "frequency", "seconds"),
    [
        ("", "", "", 0),
        ("60", "", "", 3600),
        (" 5 ", "hourly", "2", 1800),
        ("", "daily", "", 86_400),
        ("", "Weekly", "7", 86_400),
        ("", "hourly", "0", 3600),
        ("-1", "now and then", "x", 0),
        ("999999999999", "", "", 59_999_940),
    ],
)
def test_what_a_document_asks_for(ttl: str, period: str, frequency: str, seconds: int) -> None:
    assert stated_interval(ttl, period, frequency) == seconds


def test_a_host_that_asks_for_quiet_is_left_alone() -> None:
    told = host_quiet("quay.example", 429, {"retry-after": "600"}, NOW, ())
    assert (told.at, told.why) == (NOW + 10 * MINUTE, "quay.example asked for quiet (HTTP 429)")
    assert host_quiet("quay.example", 503, {}, NOW, ()).at == NOW + 15 * MINUTE
    for status in (None, 200, 403, 404, 500):
        assert host_quiet("quay.example", status, {"retry-after": "600"}, NOW, ()).at == NOW


def test_a_host_of_strangers_is_not() -> None:
    assert host_quiet("feeds.feedburner.com", 429, {"retry-after": "600"}, NOW, ()).at == NOW
    assert host_quiet("quay.example", 429, {"retry-after": "600"}, NOW, ("quay.example",)).at == NOW
    assert serves_strangers("tugs.substack.com")
    assert not serves_strangers("notsubstack.com")
    assert not serves_strangers("")


@pytest.mark.parametrize(
    ("span", "words"),
    [(timedelta(0), "1 min"), (90 * MINUTE, "90 min"), (2 * HOUR, "2 h"), (DAY, "24 h"), (3 * DAY, "3 days")],
)
def test_spans_are_spoken(span: timedelta, words: str) -> None:
    assert span_in_words(span) == words


def test_nothing_is_asked_of_one_host_faster_than_it_may_be() -> None:
    pace = HostRateLimit(2)
    assert [pace.wait("quay.example", now) for now in (100.0, 100.0, 101.0, 110.0)] == [0, 2, 3, 0]
    assert [pace.wait("bay.example", 100.0), pace.wait("127.0.0.1", 100.0), pace.wait("localhost", 100)] == [0, 0, 0]
    assert HostRateLimit(0).wait("quay.example", 1.0) == 0
    assert is_own_machine("::1")
    assert not is_own_machine("10.0.0.1")

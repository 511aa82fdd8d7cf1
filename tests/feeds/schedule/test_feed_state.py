"""How a feed's state follows from what came of asking it, and what is said of it: once, without flapping."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.feed_states import FeedState
from flows.feeds.parsing.records import FeedFailure, FeedResponse, Hop, ParsedFeed
from flows.feeds.schedule.feed_state import (
    FeedAnswer,
    advance,
    answer_of,
    body_hash,
    conditions_of,
    is_known,
    move_notice,
    worth_saying,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
URL = "https://quay.example/rss"
EVERY = timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRESH = FeedState(1, NOW)
WHEN = "Sat, 21 Nov 2026 10:00:00 GMT"


def answer(kind: Any, hours: float = 0, **changes: Any) -> FeedAnswer:
    given: dict[str, Any] = {"kind": kind, "at": NOW + hours * HOUR, "asked": URL, "final_url": URL, "status": 200}
    return FeedAnswer(**(given | changes))


def after(*kinds: Any, state: FeedState = FRESH) -> FeedState:
    """The state after readings of these kinds, an hour apart."""
    for hours, kind in enumerate(kinds):
        state = advance(state, URL, answer(kind, hours, error="" if kind == "ok" else f"error {hours}"), EVERY)
    return state


def said(*kinds: Any, after_failures: int = 3) -> list[str]:
    """The notices of a feed that fares so, as a pass after each reading gives them."""
    state, told = FRESH, []
    for hours, kind in enumerate(kinds):
        now = NOW + hours * HOUR
        state = advance(state, URL, answer(kind, hours, error="timed out"), EVERY)
        if notice := worth_saying(state, now, after_failures):
            told.append(f"{hours} {notice[0]}")
            state = replace(state, noticed_at=None if notice[0] == "recovered" else now)
    return told


def test_a_sound_answer_is_remembered() -> None:
    headers = {"etag": '"7"', "last-modified": WHEN}
    sound = answer("ok", headers=headers, body_hash="b", interval_seconds=3600, newest_at=NOW - DAY)
    state = advance(FRESH, URL, sound, EVERY)
    assert (state.validated_url, state.etag, state.last_modified, state.body_hash) == (URL, '"7"', WHEN, "b")
    assert (state.last_success_at, state.full_at, state.newest_at) == (NOW, NOW, NOW - DAY)
    assert (state.host, state.successes, state.failures, state.interval_seconds) == ("quay.example", 1, 0, 3600)
    assert conditions_of(state, NOW + HOUR) is not None
    assert conditions_of(state, NOW + 7 * DAY) is None


@pytest.mark.parametrize("etag", ["x" * 501, 'snow"☃"', "two\nlines"])
def test_validators_that_cannot_be_sent_are_dropped(etag: str) -> None:
    state = advance(FRESH, URL, answer("ok", headers={"etag": etag}), EVERY)
    assert conditions_of(state, NOW) is None


@pytest.mark.parametrize("kind", ["temporary", "soft", "hard", "gone"])
def test_any_failure_takes_the_validators(kind: Any) -> None:
    sound = advance(FRESH, URL, answer("ok", headers={"etag": '"7"'}, body_hash="b"), EVERY)
    state = advance(sound, URL, answer(kind, 1, error="broken"), EVERY)
    assert (state.etag, state.body_hash, state.failures, state.last_error) == ("", "", 1, "broken")
    assert (state.failing_since, state.last_success_at) == (NOW + HOUR, NOW)
    assert conditions_of(state, NOW + HOUR) is None
    again = advance(state, URL, answer(kind, 2), EVERY)
    assert (again.failures, again.failing_since) == (2, NOW + HOUR)


def test_gone_is_remembered_and_forgotten() -> None:
    gone = after("ok", "gone", "gone")
    assert gone.gone_at == NOW + HOUR
    assert gone.next_check_at == NOW + 2 * HOUR + 7 * DAY
    assert after("ok", state=gone).gone_at is None


@pytest.mark.parametrize("kind", ["hard", "gone"])
def test_a_new_address_that_is_none_is_given_up(kind: Any) -> None:
    moved = replace(FRESH, address="https://new.example/rss", host="new.example")
    back = advance(moved, URL, answer(kind, asked="https://new.example/rss"), EVERY)
    assert (back.address, back.host, back.gone_at) == ("", "quay.example", None)
    assert back.next_check_at < NOW + HOUR
    assert advance(moved, URL, answer("temporary"), EVERY).address == "https://new.example/rss"


def test_nothing_is_said_of_what_is_sound_or_stumbles() -> None:
    assert said(*["ok"] * 9) == []
    assert said(*["ok", "temporary", "temporary"] * 9) == []


def test_one_notice_of_failing_and_one_of_recovery() -> None:
    assert said("ok", *["soft"] * 20, *["ok"] * 20) == ["3 failing", "23 recovered"]
    assert said(*["hard"] * 4, after_failures=1) == ["0 failing"]
    assert said(*["hard"] * 4, after_failures=5) == []


def test_flapping_is_said_once() -> None:
    assert said(*["temporary"] * 3, *["ok", "ok", "temporary"] * 20) == ["2 failing"]
    assert said(*["temporary"] * 3, *["ok", "temporary", "temporary", "temporary"] * 20) == ["2 failing"]


def test_gone_is_said_at_once_and_its_return_too() -> None:
    assert said("ok", "gone", "gone", "gone", "ok", "ok", "ok") == ["1 gone", "6 recovered"]


def test_a_notice_names_since_when_and_why() -> None:
    notice = worth_saying(after(*["soft"] * 3), NOW + 26 * HOUR, 3)
    assert notice == ("failing", "has failed 3 times in a row since 2026-11-22 00:00 UTC (26 h): error 2")


def test_a_move_is_told_but_not_a_mere_s() -> None:
    moved = replace(FRESH, address="https://new.example/rss")
    assert move_notice(FRESH, moved, URL).startswith("has moved to https://new.example/rss")
    assert move_notice(moved, moved, URL) == ""
    assert move_notice(FRESH, replace(FRESH, address=URL), "http://quay.example/rss") == ""


def test_an_answer_becomes_a_reading() -> None:
    response = FeedResponse(URL, URL, 200, "", b"<rss/>", 6, 1, {"etag": "x"}, (Hop(301, URL),))
    broken = answer_of(response, ParsedFeed(error="not a feed"), NOW, URL, "hash", is_unchanged=False)
    assert (broken.kind, broken.error, broken.body_hash) == ("soft", "not a feed", "hash")
    assert answer_of(response, ParsedFeed(), NOW, URL, "hash", is_unchanged=True).kind == "unchanged"
    failure = FeedFailure(URL, "refused", 403, kind="hard", headers={"retry-after": "5"})
    told = answer_of(failure, ParsedFeed(error="refused"), NOW, URL, body_hash(failure), is_unchanged=False)
    assert (told.kind, told.status, told.error, told.headers) == ("hard", 403, "refused", {"retry-after": "5"})


def test_the_same_bytes_are_known_again_and_others_are_not() -> None:
    response = FeedResponse(URL, URL, 200, "", b"<rss/>", 6, 1)
    known = replace(FRESH, body_hash=body_hash(response))
    assert is_known(known, response, body_hash(response))
    assert not is_known(known, response, body_hash(replace(response, body=b"<rss />")))
    assert not is_known(replace(known, failures=1), response, body_hash(response))
    assert not is_known(FRESH, response, body_hash(response))
    unchanged = replace(response, status=304, body=b"")
    assert body_hash(unchanged) == ""
    assert is_known(FRESH, unchanged, "")

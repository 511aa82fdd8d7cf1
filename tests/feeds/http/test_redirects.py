"""What redirects say of a feed's address, and when it is believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db.feed_states import FeedState
from flows.feeds.http.redirects import followed, new_address, next_address
from flows.feeds.parsing.records import Hop

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, NEW, OTHER = "https://old.example/rss", "https://new.example/rss", "https://other.example/rss"
STATE = FeedState(1, NOW)


@pytest.mark.parametrize(
    ("asked", "hops", "address"),
    [
        (OLD, [], ""),
        (OLD, [Hop(301, NEW)], NEW),
        (OLD, [Hop(308, NEW)], NEW),
        (OLD, [Hop(302, NEW)], ""),
        (OLD, [Hop(307, NEW)], ""),
        (OLD, [Hop(301, NEW), Hop(301, OTHER)], OTHER),
        (OLD, [Hop(301, NEW), Hop(302, OTHER)], NEW),
        (OLD, [Hop(302, NEW), Hop(301, OTHER)], ""),
        (OLD, [Hop(301, NEW), Hop(301, OLD)], ""),
        (OLD, [Hop(301, "http://old.example/rss")], ""),
    ],
)
def test_only_the_permanent_part_of_a_chain_counts(asked: str, hops: list[Hop], address: str) -> None:
    assert new_address(asked, hops) == address


def test_a_move_is_made_after_seven_steady_days() -> None:
    state = STATE
    for day in range(7):
        state = followed(state, OLD, [Hop(301, NEW)], NOW + day * DAY)
        assert (state.address, state.moved_to, state.moved_since) == ("", NEW, NOW)
    state = followed(state, OLD, [Hop(301, NEW)], NOW + 7 * DAY)
    assert (state.address, state.moved_to, state.moved_since) == (NEW, "", None)


@pytest.mark.parametrize("hops", [[], [Hop(302, NEW)]])
def test_a_move_that_is_taken_back_is_forgotten(hops: list[Hop]) -> None:
    state = followed(STATE, OLD, [Hop(301, NEW)], NOW)
    state = followed(state, OLD, hops, NOW + 3 * DAY)
    assert (state.moved_to, state.moved_since) == ("", None)
    assert followed(state, OLD, [Hop(301, NEW)], NOW + 8 * DAY).address == ""


def test_a_move_to_somewhere_else_begins_anew() -> None:
    state = followed(STATE, OLD, [Hop(301, NEW)], NOW)
    state = followed(state, OLD, [Hop(301, OTHER)], NOW + 6 * DAY)
    assert (state.moved_to, state.moved_since) == (OTHER, NOW + 6 * DAY)
    assert followed(state, OLD, [Hop(301, OTHER)], NOW + 12 * DAY).address == ""


def test_the_s_of_https_is_added_at_once() -> None:
    moved = followed(STATE, "http://old.example/rss", [Hop(301, "https://old.example/feed")], NOW)
    assert moved.address == "https://old.example/feed"
    assert followed(STATE, "http://old.example/rss", [Hop(301, "https://www.old.example/rss")], NOW).address == ""
    assert followed(STATE, "http://old.example/rss", [Hop(302, "https://old.example/rss")], NOW).address == ""


@pytest.mark.parametrize(
    ("status", "headers", "target"),
    [
        (302, {"location": "/feed"}, "https://quay.example/feed"),
        (302, {}, ""),
        (200, {"location": "/feed"}, ""),
        (200, {"refresh": "0; url=/feed"}, "https://quay.example/feed"),
        (200, {"refresh": "0;URL='https://pier.example/f?a=1;b=2'"}, "https://pier.example/f?a=1;b=2"),
        (200, {"refresh": "5, /feed", "content-type": "text/html; charset=utf-8"}, "https://quay.example/feed"),
        (
            200,
            {"refresh": "0; url=/feed", "content-type": "application/rss+xml", "content-length": "0"},
            "https://quay.example/feed",
        ),
        (200, {"refresh": "0; url=/feed", "content-type": "application/rss+xml", "content-length": "900"}, ""),
        (200, {"refresh": "300; url=/feed"}, ""),
        (200, {"refresh": "0; url=/old"}, ""),
        (200, {"refresh": "0"}, ""),
        (200, {"refresh": "0;" + " " * 1_000_000}, ""),
        (200, {"refresh": f"0; url{' ' * 1_000_000}=/feed "}, "https://quay.example/feed"),
        (200, {"refresh": "soon; url=/feed"}, ""),
        (404, {"refresh": "0; url=/feed"}, ""),
    ],
)
def test_where_an_answer_sends_its_reader(status: int, headers: dict[str, str], target: str) -> None:
    assert next_address("https://quay.example/old", status, headers) == target


def test_a_refresh_is_no_move() -> None:
    assert new_address("https://quay.example/old", (Hop(200, "https://quay.example/feed"),)) == ""

"""Trends, with figures worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from classifiers.stories.trends import silent, trends
from db.records import DayCount

LAST = date(2026, 11, 22)


def rows(counts: list[int], thing: str = "iran") -> list[DayCount]:
    """A row a day, the last of them on LAST."""
    return [
        DayCount(LAST - timedelta(days=back), "partner", thing, count) for back, count in enumerate(reversed(counts))
    ]


def feeds(days: int, number: int = 10) -> dict[date, int]:
    return {LAST - timedelta(days=back): number for back in range(days)}


def test_a_day_is_held_against_the_median_of_the_days_before() -> None:
    """Ten days before: 1 2 1 3 2 2 1 2 3 2, median 2, distances 1 0 1 1 0 0 1 0 1 0, spread 0.5. The scale is the
    largest of 1.4826 x 0.5 = 0.74, the root of 2 = 1.414 and 1; (8 - 2) / 1.414 = 4.24: unusual."""
    [trend] = trends(rows([1, 2, 1, 3, 2, 2, 1, 2, 3, 2, 8]), feeds(11), LAST, "day")
    assert (trend.stories, trend.usual, trend.spread, trend.score, trend.known) == (8, 2, 0.5, 4.24, 10)
    assert trend.unusual


def test_a_week_is_held_against_the_eight_weeks_before() -> None:
    """Weeks of 7 a week, but 14, 0, 7 ...: median 7, distances 7 7 0 ...: spread 0; scale root of 7 = 2.65."""
    before = [*[2] * 7, *[0] * 7, *[1] * 42]
    [trend] = trends(rows([*before, *[3] * 7]), feeds(63), LAST, "week")
    assert (trend.stories, trend.usual, trend.spread, trend.known) == (21, 7, 0, 8)
    assert trend.score == 5.29
    assert trend.unusual


def test_silence_where_there_is_much_is_unusual_too() -> None:
    [trend] = trends(rows([*[16] * 20, 0]), feeds(21), LAST, "day")
    assert (trend.score, trend.unusual) == (-4, True)


def test_adding_feeds_is_no_news() -> None:
    """Twice the feeds bring twice the stories."""
    twice = feeds(11) | {LAST: 20}
    [trend] = trends(rows([*[4] * 10, 8]), twice, LAST, "day")
    assert (trend.usual, trend.score, trend.unusual) == (8, 0, False)
    [alone] = trends(rows([*[4] * 10, 12]), feeds(11), LAST, "day")
    assert alone.unusual


def test_days_on_which_nothing_was_read_tell_nothing() -> None:
    read = {day: number for day, number in feeds(21).items() if day > LAST - timedelta(days=10) or day == LAST}
    [trend] = trends(rows([*[0] * 11, *[4] * 9, 4]), read, LAST, "day")
    assert (trend.usual, trend.known, trend.unusual) == (4, 9, False)


def test_too_little_is_never_unusual() -> None:
    [few_days] = trends(rows([1, 1, 30]), feeds(3), LAST, "day")
    assert not few_days.unusual
    [few_stories] = trends(rows([*[0] * 20, 2]), feeds(21), LAST, "day")
    assert not few_stories.unusual


def test_what_is_unusual_comes_first() -> None:
    found = trends([*rows([*[9] * 20, 9], "china"), *rows([*[1] * 20, 7], "cuba")], feeds(21), LAST, "day")
    assert [trend.id for trend in found] == ["cuba", "china"]


@given(some.lists(some.integers(0, 40), min_size=1, max_size=70))
def test_rows_in_another_order_give_the_same(counts: list[int]) -> None:
    told = rows(counts)
    assert trends(told, feeds(70), LAST, "week") == trends(told[::-1], feeds(70), LAST, "week")


def test_silent_claims_are_named_with_their_last_day() -> None:
    told = [DayCount(LAST - timedelta(days=40), "claim", "visits", 2), DayCount(LAST, "claim", "treaties", 1)]
    told.append(DayCount(LAST, "partner", "fissures", 1))
    assert silent(told, ["visits", "treaties", "fissures"], LAST, 30) == {
        "visits": LAST - timedelta(days=40),
        "fissures": None,
    }

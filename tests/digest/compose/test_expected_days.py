"""For which day an act is announced."""

from __future__ import annotations

from datetime import date

import pytest

from flows.digest.compose.expected_days import expected_day, expected_day_elsewhere

FRIDAY = date(2024, 11, 8)


@pytest.mark.parametrize(
    ("text", "day", "when"),
    [
        ("Leaders to meet on Thursday", date(2024, 11, 14), "Thu 14 Nov"),
        ("Leaders to meet tomorrow", date(2024, 11, 9), "Sat 9 Nov"),
        ("Leader to fly next week to sign", date(2024, 11, 17), "in the week of Mon 11 Nov"),
        ("Drills planned for 27 November", date(2024, 11, 27), "Wed 27 Nov"),
        ("Drills planned for Nov. 27", date(2024, 11, 27), "Wed 27 Nov"),
        ("Drills in January, ministry says", date(2025, 1, 31), "in January"),
        ("Vote due next month", date(2024, 12, 31), "in December"),
        ("Deliveries begin in 2026", date(2026, 12, 31), "in 2026"),
        ("Visit set for 3 February", date(2025, 2, 3), "Mon 3 Feb 2025"),
    ],
)
def test_a_day_to_come_is_read(text: str, day: date, when: str) -> None:
    found = expected_day(text, "", FRIDAY)
    assert found is not None
    assert (found.day, found.when) == (day, when)


@pytest.mark.parametrize(
    "text",
    [
        "Leaders met on Thursday",
        "Minister said on Monday that they talk",
        "Drills held on 2 November",
        "Leaders to meet",
        "Visit on 31 February",
        "The March of the regiments in 2023",
        "Leaders may meet on Friday",  # of this very Friday it is no news any more
    ],
)
def test_what_is_past_or_no_day_is_not(text: str) -> None:
    assert expected_day(text, "", FRIDAY) is None


def test_below_the_headline_only_sentences_that_look_ahead_count() -> None:
    below = "The two spoke by phone. The envoy will travel on 20 November."
    found = expected_day("Envoy prepares a visit", below, FRIDAY)
    assert found is not None
    assert (found.day, found.when) == (date(2024, 11, 20), "Wed 20 Nov")
    assert expected_day("Envoy prepares a visit", "A fair opens on 20 November.", FRIDAY) is None


def test_a_day_that_is_named_within_the_week_says_more_than_the_week() -> None:
    found = expected_day("Leader to fly next week", "The talks are planned for 13 November.", FRIDAY)
    assert found is not None
    assert found.when == "Wed 13 Nov"
    other = expected_day("Leader to fly next week", "Drills are planned for 27 November.", FRIDAY)
    assert other is not None
    assert other.when == "in the week of Mon 11 Nov"


@pytest.mark.parametrize(
    ("language", "title", "day", "when"),
    [
        ("ru", "Путин и Си встретятся в четверг", date(2024, 11, 14), "Thu 14 Nov"),
        ("de", "Kim will nächste Woche nach Moskau", date(2024, 11, 17), "in the week of Mon 11 Nov"),
        ("zh", "军演将于12月举行", date(2024, 12, 31), "in December"),
        ("fa", "رزمایش سال آینده گسترده‌تر می‌شود", date(2025, 12, 31), "in 2025"),
        ("fr", "Visite prévue le 3 février", date(2025, 2, 3), "Mon 3 Feb 2025"),
        ("ko", "다음 주 12월 9일 회담", date(2024, 12, 9), "Mon 9 Dec"),
    ],
)
def test_headlines_of_other_languages_name_days_too(language: str, title: str, day: date, when: str) -> None:
    found = expected_day_elsewhere(title, language, FRIDAY)
    assert found is not None
    assert (found.day, found.when, found.sentence) == (day, when, title)
    assert expected_day_elsewhere(title, "xx", FRIDAY) is None

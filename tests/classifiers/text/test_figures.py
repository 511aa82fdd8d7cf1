"""Figures: what is new about them, whatever words they came in, and how they are shown."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from classifiers.stories.constraints import contradict
from classifiers.stories.fingerprint import fingerprint_of, read_fingerprint
from classifiers.text.figure_words import in_words, shown_again
from classifiers.text.figures import Figure, figure_of, new_figures, read_figure, stored
from classifiers.text.fold import fold
from classifiers.text.numbers.read import numbers_in
from classifiers.text.numbers.words import table
from db.records.tags import Quantity
from tests.support.story_entries import entry


def figures(text: str, language: str) -> list[Figure]:
    return [figure_of(each) for each in numbers_in(fold(text), language)]


TOLD = "12,000 North Korean soldiers are in Russia"


@pytest.mark.parametrize(
    ("told", "now", "language"),
    [
        (TOLD, "12 000 soldats nord-coréens en Russie", "fr"),
        (TOLD, "12 thousand troops", "en"),
        (TOLD, "Twelve thousand North Korean servicemen", "en"),
        (TOLD, "Some 11,900 soldiers", "en"),
        (TOLD, "Тысячи солдат КНДР", "ru"),
        (TOLD, "1만2천명의 북한 병력", "ko"),
        ("10,000 to 12,000 soldiers", "11 000 soldats", "fr"),
        ("4 to 19 tanks", "10 chars", "fr"),
        ("4 to 19 tanks", "3 to 5 tanks", "en"),
        ("11,000 soldiers", "Від 10 до 12 тисяч солдатів", "uk"),
        ("Trade is worth $2.5 billion", "2,5 Mrd. Dollar", "de"),
        (TOLD, "Zahl: 12.000", "de"),
    ],
)
def test_the_same_figure_in_other_words_is_no_news(told: str, now: str, language: str) -> None:
    assert new_figures(figures(now, language), figures(told, "en")) == []


@pytest.mark.parametrize(
    ("told", "now"),
    [
        (TOLD, "15,000 soldiers"),
        (TOLD, "12,000 workers"),
        ("Thousands of soldiers", TOLD),
        ("Dozens of drones", "40 drones"),
        ("$2 billion", "2 billion euros"),
        ("2 ships", "3 ships"),
        ("2 to 9 tanks", "50 tanks"),
        ("50 tanks", "2 to 9 tanks"),
        ("10,000 to 49,999 shells", "60,000 shells"),
        ("Dozens of drones", "Thousands of drones"),
        ("Dozens of drones", "5,000 drones"),
        ("$1 to $4 a barrel", "$6 a barrel"),
        ("No number", "Dozens of drones"),
    ],
)
def test_another_figure_is_news(told: str, now: str) -> None:
    assert len(new_figures(figures(now, "en"), figures(told, "en"))) == 1


def test_what_is_new_is_named_once() -> None:
    assert len(new_figures(figures("12,000 soldiers, 12 thousand troops", "en"), [])) == 1


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure(12_000, 12_000, "", "soldiers"), "12,000 soldiers"),
        (Figure(10_000, 12_000, "", "soldiers"), "10,000–12,000 soldiers"),
        (Figure(20, 99, "", "drones"), "dozens of drones"),
        (Figure(20_000, 99_999, "", "shells"), "tens of thousands of shells"),
        (Figure(200, 999, "", "wounded"), "hundreds wounded"),
        (Figure(2e13, 99_999_999_999_999, "IRR", ""), "tens of trillions of rials"),
        (Figure(2, 9, "", "soldiers"), "2–9 soldiers"),
        (Figure(1, 4, "", "tanks"), "1–4 tanks"),
        (Figure(4, 19, "", "drones"), "4–19 drones"),
        (Figure(1, 4, "USD", ""), "$1–4"),
        (Figure(40, 199, "", "tanks"), "40–199 tanks"),
        (Figure(10_000, 49_999, "", "shells"), "10,000–49,999 shells"),
        (Figure(2e9, 2e9, "USD", ""), "$2 billion"),
        (Figure(2.5e9, 2.5e9, "EUR", ""), "€2.5 billion"),
        (Figure(1e10, 1.2e10, "USD", ""), "$10–12 billion"),
        (Figure(2e9, 9_999_999_999, "USD", ""), "billions of dollars"),
        (Figure(3e9, 3e9, "CNY", ""), "3 billion yuan"),
        (Figure(25, 25, "percent", ""), "25%"),
        (Figure(8.7, 8.7, "percent", ""), "8.7%"),
        (Figure(1.2e6, 1.2e6, "barrels a day", ""), "1.2 million barrels a day"),
        (Figure(1, 1, "", "ships"), "1 ship"),
        (Figure(3, 3, "", "ships"), "3 ships"),
        (Figure(1_234_567, 1_234_567, "", "shells"), "1.23 million shells"),
        (Figure(999_900, 1.5e6, "", "shells"), "1–1.5 million shells"),
        (Figure(500_000, 1e6, "", "shells"), "500,000–1 million shells"),
        (Figure(40, 40, "", ""), "40"),
    ],
)
def test_figures_are_shown_as_people_write_them(figure: Figure, shown: str) -> None:
    assert in_words(figure) == shown


def test_what_is_shown_reads_back() -> None:
    for kind in table()["shown"]:
        is_unit = kind.upper() == kind or kind in ("barrels", "barrels a day", "tonnes", "cubic metres")
        for low, high in ((1, 1), (3, 3), (12_000, 12_000), (10_000, 12_000), (2e9, 2e9), (20, 99), (2000, 9999)):
            figure = Figure(low, high, kind if is_unit else "", "" if is_unit else kind)
            assert read_figure(in_words(figure)) == figure, in_words(figure)


@pytest.mark.parametrize(
    ("old", "shown"),
    [("12,000 soldiers", "12,000 soldiers"), ("2 bn USD", "$2 billion"), ("1.5 m shells", "1.5 million shells"),
     ("26 percent", "26%"), ("3,000 дронов", "3,000 drones"), ("6 m 炮弹", "6 million shells"),
     ("12,000 soldi", "12,000 soldiers"), ("40 sanct", "40"), ("12,000", "12,000"), ("1.5 m snaryad", "1.5 million")],
)  # fmt: skip
def test_what_older_versions_wrote_is_shown_rightly(old: str, shown: str) -> None:
    assert shown_again(old) == shown


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (Quantity(3000, "", "дронов"), "3,000 drones"),
        (Quantity(6e6, "", "炮弹"), "6 million shells"),
        (Quantity(2, "GW", ""), "2,000 MW"),
        (Quantity(38, "billion cubic metres", ""), "38 billion cubic metres"),
        (Quantity(20, "", "drones", most=99), "dozens of drones"),
    ],
)
def test_rows_of_older_versions_are_read(row: Quantity, shown: str) -> None:
    figure = stored(row)
    assert figure is not None
    assert in_words(figure) == shown


@pytest.mark.parametrize("amount", [math.inf, math.nan, 1e300, -1])
def test_what_nobody_counts_to_has_no_figure(amount: float) -> None:
    assert stored(Quantity(amount, "USD", "")) is None
    sign = replace(fingerprint_of(entry(1, "12 tanks")), quantities=frozenset({Figure(amount, amount, "USD", "")}))
    assert read_fingerprint(sign.text()).quantities == frozenset()


def test_a_row_of_nothing_known_has_no_figure() -> None:
    assert stored(Quantity(3, "", "questions")) is None


@pytest.mark.parametrize(
    ("one", "other", "contrary"),
    [
        ("12,000 soldiers arrive", "3,000 soldiers arrive", True),
        ("12,000 soldiers arrive", "12 000 soldats arrivent", False),
        ("Thousands of soldiers arrive", "12,000 soldiers arrive", False),
        ("Thousands of soldiers arrive", "300 soldiers arrive", True),
        ("12,000 soldiers arrive", "3,000 workers arrive", False),
        ("12,000 sanctions", "3,000 sanctions", False),
        ("3 ships arrive", "4 ships arrive", False),
        ("4 to 19 tanks arrive", "50 tanks arrive", True),
        ("4 to 19 tanks arrive", "12 tanks arrive", False),
        ("10,000 to 49,999 shells arrive", "300,000 shells arrive", True),
        ("Dozens of drones arrive", "400 drones arrive", False),
        ("Dozens of drones arrive", "Thousands of drones arrive", True),
    ],
)
def test_headlines_that_count_the_same_thing_differently_contradict(one: str, other: str, contrary: bool) -> None:
    signs = [fingerprint_of(entry(number, text)) for number, text in enumerate((one, other))]
    assert contradict(*signs) is contrary


def test_signs_keep_their_figures() -> None:
    sign = fingerprint_of(entry(1, "10,000 to 12,000 soldiers, 1.2 million barrels a day, 40 sanctions"))
    assert len(sign.quantities) == 3
    assert read_fingerprint(sign.text()) == sign
    assert {"#10000-12000", "#1.2e+06", "#40"} <= sign.title
    assert read_fingerprint(sign.text().replace("10000:12000", "10000")).quantities < sign.quantities

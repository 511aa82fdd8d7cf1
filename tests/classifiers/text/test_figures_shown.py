"""What a reader is shown of a figure: no exponents, and words that the reader of numbers understands."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifiers.text.figure_words import in_words, shown_again
from classifiers.text.figures import Figure, read_figure
from classifiers.text.numbers.words import table

UNITS = ("percent", "km", "MW", "kWh", "barrels", "barrels a day", "tonnes", "cubic metres")
KINDS = [(unit, "") for unit in UNITS] + [
    (kind, "") if kind.isupper() else ("", kind) for kind in table()["shown"] if kind not in UNITS
]
VALUES = st.one_of(
    st.integers(1, 20).map(float),
    st.integers(1, 10**15).map(float),
    st.floats(1e-6, 1e15),
    st.integers(0, 14).map(lambda power: 10.0**power),
)
VAGUE = st.integers(1, 14).map(lambda power: (2 * 10.0**power, 10 * 10.0**power - 1))
RANGES = st.one_of(VALUES.map(lambda value: (value, value)), st.tuples(VALUES, VALUES).map(sorted), VAGUE)


@settings(deadline=None)
@given(ends=RANGES, kind=st.sampled_from(KINDS))
@example((1.0, 5e6), ("", "shells"))
@example((999.6, 999.6), ("tonnes", ""))
@example((0.9999, 0.9999), ("tonnes", ""))
@example((1_234_567.0, 1_234_999.0), ("", "shells"))
def test_what_is_shown_is_read_and_shown_alike(ends: tuple[float, float], kind: tuple[str, str]) -> None:
    figure = Figure(*ends, *kind)
    shown = in_words(figure)
    assert not re.search(r"\de[+-]?\d|inf|nan", shown)
    assert shown_again(shown) == shown
    read = read_figure(shown)
    assert read is not None, shown
    assert (read.unit, read.counted) == kind
    assert (read.low, read.high) == pytest.approx(ends, rel=0.006)


@settings(deadline=None)
@given(ends=RANGES)
def test_a_figure_of_nobody_knows_what_is_shown_again(ends: tuple[float, float]) -> None:
    shown = in_words(Figure(*ends, "", ""))
    assert shown_again(shown) == shown


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure(999.6, 999.6, "tonnes", ""), "1,000 tonnes"),
        (Figure(0.00001, 0.00001, "percent", ""), "0.00001%"),
        (Figure(0.5, 1, "tonnes", ""), "0.5–1 tonnes"),
        (Figure(999_999.6, 999_999.6, "tonnes", ""), "1 million tonnes"),
        (Figure(6.4e16, 6.4e16, "IRR", ""), "64,000 trillion rials"),
        (Figure(9e8, 1.2e9, "USD", ""), "$900 million – 1.2 billion"),
        (Figure(1, 5e6, "", "shells"), "1–5,000,000 shells"),
        (Figure(1_234_567, 1_234_999, "", "shells"), "1.23 million shells"),
    ],
)
def test_figures_have_no_exponents(figure: Figure, shown: str) -> None:
    assert in_words(figure) == shown

"""A figure as a person would write it, in English: "12,000 soldiers", "dozens of drones", "$2 billion"."""

from __future__ import annotations

import re
from decimal import Decimal

from classifiers.text.figures import Figure, read_figure, with_million
from classifiers.text.numbers.words import table

SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
VAGUE = {
    1: "dozens",
    2: "hundreds",
    3: "thousands",
    4: "tens of thousands",
    5: "hundreds of thousands",
    6: "millions",
    7: "tens of millions",
    8: "hundreds of millions",
    9: "billions",
    10: "tens of billions",
    11: "hundreds of billions",
    12: "trillions",
    13: "tens of trillions",
    14: "hundreds of trillions",
}
"""Power of ten → the plural that stands for it."""
WITHOUT_OF = frozenset(("dead", "wounded"))
"""Dozens dead, not dozens of dead."""
_ONE = r"[\d.,]+(?: (?:million|billion|trillion))?"
_BARE = re.compile(rf"{_ONE}(?: ?[–-] ?{_ONE})?|(?:{'|'.join(sorted(VAGUE.values(), key=len, reverse=True))})$")
"""A number of nobody knows what."""


def in_words(figure: Figure) -> str:
    """The figure as a reader is shown it; values of more than three digits behind "million" are rounded."""
    if figure.is_vague and figure.unit != "percent":
        return _vague(figure)
    value = _span(figure.low, figure.high)
    if figure.unit == "percent":
        return f"{value}%"
    if sign := table()["signs"].get(figure.unit):
        return f"{sign}{value}"
    return f"{value} {_name(figure, value)}".strip()


def shown_again(text: str) -> str:
    """A figure that an older version wrote ("12,000 soldi"), written anew: without what nobody can read."""
    figure = read_figure(text)
    if figure is not None:
        return in_words(figure)
    value = _BARE.match(with_million(text))
    return value[0] if value else ""


def _vague(figure: Figure) -> str:
    power = len(f"{figure.low:.0f}") - 1
    plural = VAGUE.get(power, VAGUE[12])
    link = " " if figure.counted in WITHOUT_OF else " of "
    name = _name(figure, plural)
    return f"{plural}{link}{name}" if name else plural


def _name(figure: Figure, value: str) -> str:
    kind = figure.unit or figure.counted
    told = table()["shown"].get(kind)
    if told is None:
        return kind
    names: list[str] = told.split(", ")
    return names[value != "1"]


def _span(low: float, high: float) -> str:
    (first, first_scale), (last, last_scale) = _value(low), _value(high)
    if (first, first_scale) == (last, last_scale):
        return f"{last} {last_scale}".rstrip()
    if first_scale == last_scale:
        return f"{first}–{last} {last_scale}".rstrip()
    if not first_scale and low < float(last.replace(",", "")):  # "1–5 million" would be millions both
        return f"{first}–{float(f'{high:.3g}'):,.0f}"
    return f"{first} {first_scale} – {last} {last_scale}" if first_scale else f"{first}–{last} {last_scale}"


def _value(value: float) -> tuple[str, str]:
    """(digits, scale): ("1.23", "million"), ("12,000", ""), ("0.00001", ""); never with an exponent."""
    rounded = float(f"{value:.3g}")
    for size, name in SCALES:
        if rounded >= size:
            return _three_digits(rounded / size), name
    return (f"{value:,.0f}" if value >= 1000 or value == int(value) else _three_digits(value)), ""


def _three_digits(value: float) -> str:
    return f"{Decimal(f'{value:.3g}'):,f}"

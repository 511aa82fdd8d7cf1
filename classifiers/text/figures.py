"""Figures compared by value, unit and class, whatever language and words they came in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from classifiers.text.fold import fold
from classifiers.text.numbers.limits import is_believable
from classifiers.text.numbers.read import Number, numbers_in
from classifiers.text.numbers.words import class_of, words_of
from db.records.tags import Quantity

ROUNDED = 0.02
"""Values that differ by less than this share are one figure, more or less rounded: "12,000", "some 11,900"."""
LEAST_VAGUE = 20
"""Dozens: no plural stands for fewer."""
_OLD_MILLION = re.compile(r"^([\d.,]+) m\b")
_VALUE = re.compile(r"^[\d.,]+(?: (?:million|bn))?\b")


class Figure(NamedTuple):
    """``low`` to ``high`` of a ``unit`` ("USD", "percent", "") or a class ``counted`` (see ``numbers.toml``)."""

    low: float
    high: float
    unit: str
    counted: str

    @property
    def is_vague(self) -> bool:
        """Whether it is a plural and no number: exactly the range that the reader of numbers gives a vague word,
        "dozens" 20 to 99, "thousands" 2,000 to 9,999, and so on by powers of ten."""
        return self.low >= LEAST_VAGUE and self.low == 2 * _power(self.low) and self.high == 5 * self.low - 1

    @property
    def most(self) -> float:
        """The most that may be meant: "thousands" may be twelve thousand."""
        return 10 * self.high if self.is_vague else self.high

    def overlaps(self, other: Figure, share: float) -> bool:
        """Whether they count the same thing and, give or take that share, may be the same number of it."""
        if (self.unit, self.counted) != (other.unit, other.counted):
            return False
        first, second = sorted((self, other))
        return first.most >= second.low or second.low - first.most < share * second.low


def _power(value: float) -> int:
    """The greatest power of ten that is no greater than the value, which is one or more."""
    return int(10 ** (len(f"{value:.0f}") - 1))


def figure_of(found: Number) -> Figure:
    """The figure of a number that was read."""
    return Figure(found.low, found.high, found.unit, found.counted)


def stored(quantity: Quantity) -> Figure | None:
    """The figure of a stored quantity, or None where it counts nothing known or is beyond belief. Older rows
    name what they count in a word of the text, and units by other names."""
    unit, _, factor = words_of("en").units.find(fold(quantity.unit)).partition("*")
    if quantity.unit == "billion cubic metres":
        unit, factor = "cubic metres", "1e9"
    size = float(factor or 1)
    counted = "" if unit else class_of(quantity.counted)
    if not unit and not counted:
        return None
    return believable(Figure(quantity.amount * size, quantity.high * size, unit, counted))


def believable(figure: Figure) -> Figure | None:
    """The figure, or None where an older version stored what is beyond all counting, infinity among it."""
    return figure if is_believable(figure.low, figure.high, figure.unit) else None


def new_figures(found: Iterable[Figure], told: Sequence[Figure]) -> list[Figure]:
    """Those of the figures found that are news beside what was told, each once.

    A figure is news unless one was told that it may be, as ranges that overlap; after a vague plural, a number is
    more exact, and so is news. A number of nobody knows what is news where no such number was told of anything.
    """
    new: list[Figure] = []
    for figure in found:
        if not _is_known(figure, [*told, *new]):
            new.append(figure)
    return new


def _is_known(figure: Figure, told: Sequence[Figure]) -> bool:
    if not figure.unit and not figure.counted:
        return any(each.low <= figure.high and figure.low <= each.high for each in told)
    exact = told if figure.is_vague else [each for each in told if not each.is_vague]
    return any(figure.overlaps(each, ROUNDED) for each in exact)


def with_million(shown: str) -> str:
    """What an older version wrote ("1.5 m shells") with its million spelt out."""
    return _OLD_MILLION.sub(r"\1 million", shown)


def read_figure(shown: str) -> Figure | None:
    """The figure that `classifiers.text.figure_words.in_words` wrote, or an edition of an older version ("2 bn USD",
    "3,000 дронов"); None where nothing known is counted."""
    text = fold(with_million(shown))
    found = next(iter(numbers_in(text, "en")), None)
    if found is None or found.unit or found.counted:
        return figure_of(found) if found else None
    counted = class_of(_VALUE.sub("", text))
    return figure_of(found)._replace(counted=counted) if counted else None

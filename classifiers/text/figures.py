"""Figures held against each other, and shown: by value, unit and class, whatever language and words they came in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from classifiers.text.fold import fold
from classifiers.text.numbers.read import Number, numbers_in
from classifiers.text.numbers.words import class_of, words_of
from db.records.tags import Quantity

ROUNDED = 0.02
"""Values that differ by less than this share are one figure, told with another exactness: "12,000", "some 11,900"."""
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
        """Whether it is a plural and no number: "dozens" is 20 to 99, "thousands" 2,000 to 9,999."""
        return self.high > self.low and self.high + 1 == 5 * self.low

    def overlaps(self, other: Figure, share: float) -> bool:
        """Whether they count the same thing and, give or take that share, may be the same number of it."""
        if (self.unit, self.counted) != (other.unit, other.counted):
            return False
        first, second = sorted((self, other))
        return first.high >= second.low or second.low - first.high < share * second.low


def figure_of(found: Number) -> Figure:
    """The figure of a number that was read."""
    return Figure(found.low, found.high, found.unit, found.counted)


def stored(quantity: Quantity) -> Figure | None:
    """The figure of a stored quantity, or None where it counts nothing known. Older rows name what they count in a
    word of the text, and units by other names."""
    unit, _, factor = words_of("en").units.find(fold(quantity.unit)).partition("*")
    if quantity.unit == "billion cubic metres":
        unit, factor = "cubic metres", "1e9"
    size = float(factor or 1)
    counted = "" if unit else class_of(quantity.counted)
    if not unit and not counted:
        return None
    return Figure(quantity.amount * size, quantity.high * size, unit, counted)


def new_figures(found: Iterable[Figure], told: Sequence[Figure]) -> list[Figure]:
    """Those of the figures found that are news beside what was told, each once.

    A vague plural is news where nothing of its kind was told. A number is news unless one was told that it may be;
    after a vague plural, a number is more exact, and so is news. A number of nobody knows what is news where no such
    number was told of anything.
    """
    new: list[Figure] = []
    for figure in found:
        if not _is_known(figure, [*told, *new]):
            new.append(figure)
    return new


def _is_known(figure: Figure, told: Sequence[Figure]) -> bool:
    if not figure.unit and not figure.counted:
        return any(each.low <= figure.high and figure.low <= each.high for each in told)
    alike = [each for each in told if (each.unit, each.counted) == (figure.unit, figure.counted)]
    if figure.is_vague:
        return bool(alike)
    return any(not each.is_vague and figure.overlaps(each, ROUNDED) for each in alike)


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

"""Numbers with what they count, in any of the languages that the monitor reads, from a folded headline."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?<![\w.,-])(?P<money>[$€£₽¥])?\s?(?P<digits>\d{1,3}(?:[ ,.\u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"\s?(?P<scale>thousand|million|billion|trillion|mln|mld|bn|tys|тыс|млн|млрд|тысяч\w*|миллион\w*|миллиард\w*"
    r"|milion\w*|miliard\w*|million\w*|milliard\w*|tausend|mille|mil\b|k\b|m\b|万|亿|만|억)?\.?"
    r"\s?(?P<counted>%|percent|процент\w*|[^\W\d_]+)?"
)
_DIGIT = re.compile(r"\d")
_SCALES = {
    "th": 1e3, "ty": 1e3, "ты": 1e3, "ta": 1e3, "mille": 1e3, "mil": 1e3, "k": 1e3, "万": 1e4, "만": 1e4,
    "亿": 1e8, "억": 1e8, "milion": 1e6, "million": 1e6, "mln": 1e6, "мл": 1e6, "ми": 1e6, "m": 1e6,
    "млрд": 1e9, "миллиард": 1e9, "mld": 1e9, "bn": 1e9, "billion": 1e9, "miliard": 1e9, "milliard": 1e9,
    "trillion": 1e12,
}  # fmt: skip


class Quantity(NamedTuple):
    """A value and what it counts: the beginning of the next word, "%", "$" … or "" where nothing says."""

    value: float
    counted: str


def quantities(folded: str) -> frozenset[Quantity]:
    """The quantities of a folded text. Years and bare numbers below ten are none: they tell little and often slip."""
    if not _DIGIT.search(folded):
        return frozenset()
    found: set[Quantity] = set()
    for match in _NUMBER.finditer(folded):
        scale, money, counted = match["scale"] or "", match["money"] or "", match["counted"] or ""
        value = _value(match["digits"]) * _scale(scale)
        if not scale and not money and counted != "%" and (value < 10 or (1900 <= value <= 2100)):
            continue
        found.add(Quantity(value, money or counted[:5]))
    return frozenset(found)


def _value(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[ ,.\u00a0]\d{3})+", digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))


def _scale(word: str) -> float:
    fitting = [start for start in _SCALES if word.startswith(start)]
    return _SCALES[max(fitting, key=len)] if fitting else 1.0

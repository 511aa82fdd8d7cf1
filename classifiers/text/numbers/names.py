"""Which numbers count nothing: years, dates, ordinals, and what is part of a name."""

from __future__ import annotations

from classifiers.text.numbers.things import Thing, Things
from classifiers.text.numbers.tokens import Tokens
from classifiers.text.numbers.values import Value
from classifiers.text.numbers.words import Words

PERSIAN_YEARS = (1300, 1450)
WESTERN_YEARS = (1900, 2100)
ROUND = 50
"""A year hardly ever stands for a number of things, and such a number is round: 1950, 2000."""


def is_year(value: float, years: tuple[int, int] = WESTERN_YEARS) -> bool:
    """Whether a year may be meant."""
    return years[0] <= value < years[1]


class Names:
    """Tells numbers from names."""

    def __init__(self, tokens: Tokens, words: Words, things: Things) -> None:
        self.tokens, self.words, self._things = tokens, words, things

    def is_name(self, place: int, value: Value) -> bool:
        """Whether the number is part of a name, an ordinal, a date or a clock time."""
        tokens, words = self.tokens, self.words
        if self._follows_name(place) or self._is_date(place, value):
            return True
        if tokens.kinds[place] != "number":
            return False
        after, behind = tokens.text(place + 1), tokens.text(place + 2)
        if tokens.is_glued(place + 1) and after in words.list("ordinals"):
            return True
        if after == "-" and behind in words.list("ordinals") and tokens.is_glued(place + 2):
            return True
        return self._has_ordinal_dot(place)

    def _has_ordinal_dot(self, place: int) -> bool:
        tokens = self.tokens
        dotted = tokens.text(place + 1) == "." and tokens.is_glued(place + 1) and len(tokens.texts[place]) < 3
        return self.words.ordinal_dot and dotted and place + 2 < tokens.size and tokens.kinds[place + 2] == "word"

    def _follows_name(self, place: int) -> bool:
        tokens, words = self.tokens, self.words
        known = words.list("before")
        if any(tokens.one_of(known, place - back) == place for back in (1, 2, 3) if place >= back):
            return True
        last = tokens.text(place - 1)
        if last in ("#", "№", "/", "+", "_", "°", "º") or (last == "." and tokens.text(place - 2) in known):
            return True
        if last == "-" and tokens.is_glued(place) and tokens.is_glued(place - 1):
            word = tokens.text(place - 2)
            return tokens.kinds[place - 2] == "name" or (word.isalpha() and word not in words.list("prefixes"))
        return False

    def _is_date(self, place: int, value: Value) -> bool:
        if (value.low > 31 and not is_year(value.low)) or self.tokens.kinds[place] != "number":
            return False
        after = value.end + 1 if self.tokens.text(value.end) in (".", "de", "of") else value.end
        return self._is_month(after) or (self._is_month(place - 1) and not self._things.noun(value.end))

    def _is_month(self, place: int) -> bool:
        word = self.tokens.text(place)
        if len(word) < 3:
            return word == "ב" and self._is_month(place + 1)
        if self.words.months.find(word):
            return True
        return any(
            word.startswith(each) and self.words.months.find(word[len(each) :]) for each in self.words.list("prefixes")
        )

    def is_year(self, place: int, value: Value, thing: Thing) -> bool:
        """Whether it is a year: four digits of our time, unless they are round and stand right before what they
        count, with no "in" or "since" before them."""
        digits = self.tokens.texts[place]
        if value.low != value.high or value.end != place + 1 or len(digits) != 4 or not digits.isdigit():
            return False
        if not is_year(value.low) and not (self.words.language == "fa" and is_year(value.low, PERSIAN_YEARS)):
            return False
        counts = (thing.unit or thing.counted) and thing.counted != "years" and thing.skipped < 2
        return not counts or self.tokens.text(place - 1) in self.words.list("year_after") or value.low % ROUND != 0

    def is_glued(self, value: Value) -> bool:
        """Whether letters that mean nothing are glued to it: "5g", "1990s", "10-point"."""
        tokens, end = self.tokens, value.end
        if tokens.is_glued(end) and tokens.kinds[end] in ("word", "name"):
            return True
        return tokens.text(end) == "-" and tokens.is_glued(end) and tokens.is_glued(end + 1)

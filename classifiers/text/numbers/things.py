"""What a number counts: the unit or the noun that follows it, in languages that part words by spaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from classifiers.text.numbers.tokens import Tokens
from classifiers.text.numbers.values import Value
from classifiers.text.numbers.words import Words

REACH = 4
"""How many unknown words may stand between a number and what it counts: whose it is, of which kind."""
UNIT_REACH = 2
DURATIONS = frozenset(("days", "weeks", "months", "years"))
NEAR = DURATIONS | {"times"}
"""Classes that stand right behind their number, or nearly."""
DAILY_REACH = 6
"""Pieces between "barrels" and "a day": "barrels of heavy crude oil a day"."""
SIGNS = "$€£"
IGNORED = "-"
"""The class in the table of metres, hours and calibres: they are recognised, so as to be left out."""


class Thing(NamedTuple):
    """What a number counts: a unit of ``factor``, or a class, and the place behind it."""

    unit: str
    factor: float
    counted: str
    end: int
    skipped: int = 0


class Things:
    """Looks for what is counted."""

    def __init__(self, tokens: Tokens, words: Words, stops: frozenset[str]) -> None:
        self.tokens, self.words, self.stops = tokens, words, stops
        self._prefixes = words.list("prefixes")

    def of(self, value: Value) -> Thing | None:
        """What follows the number and is known: the first unit near by, or the first noun."""
        at, skipped, fallback = value.end, 0, None
        while at < self.tokens.size and skipped <= REACH:
            plain = self.tokens.kinds[at] == "word" and self.words.is_plain[self.tokens.texts[at]]
            if not plain and (thing := self._known(at, value, skipped)) is not None:
                return fallback if fallback and thing.counted == "soldiers" else thing
            end, is_skipped = (at + 1, True) if plain else self._past(at)
            if not end or (skipped and self.tokens.texts[at] in self.words.list("of")):
                break
            if is_skipped and self.tokens.texts[at] in self.stops:
                break
            fallback = fallback or (None if plain else self._type(at))
            at, skipped = end, skipped + is_skipped
        return fallback

    def _past(self, at: int) -> tuple[int, bool]:
        """Where the search goes on behind a piece, 0 where it ends; and whether the piece was a word like others."""
        kind, text = self.tokens.kinds[at], self.tokens.texts[at]
        if end := self._calibre(at):
            return end, False
        if kind == "word" and (end := self.tokens.one_of(self.words.list("links"), at)):
            return self._past_whole(end), False
        if kind == "name" or (kind == "sign" and text in "-'\""):
            return at + 1, False
        return (at + 1, True) if kind == "word" else (0, False)

    def _known(self, at: int, value: Value, skipped: int) -> Thing | None:
        if self.tokens.kinds[at] == "sign" and at != value.end and self.tokens.texts[at] not in SIGNS:
            return None
        if skipped <= UNIT_REACH and (thing := self._unit_at(at)):
            return self._daily(thing)
        noun = self.noun(at) if self.tokens.kinds[at] == "word" else None
        if noun is None or (noun.counted in NEAR and skipped > 1):
            return self._attribute(at, value)
        if self.words.forms("adjectival").find(self.tokens.texts[at]) and (next_noun := self.noun(noun.end)):
            noun = next_noun
        return noun._replace(skipped=skipped)

    def _unit_at(self, at: int) -> Thing | None:
        if self.tokens.texts[at] in SIGNS and self.tokens.size > at + 1 and self.tokens.kinds[at + 1] == "number":
            return None  # the sign of another number: "the two now near $60 billion"
        for text, end in self._readings(at, self.words.units.openers):
            if unit := self.words.units.find(text):
                return unit_of(unit, end)
        return None

    def noun(self, at: int) -> Thing | None:
        """The noun of a known class that begins at a place, or None."""
        if at >= self.tokens.size:
            return None
        for text, end in self._readings(at, self.words.nouns.openers):
            if kind := self.words.nouns.find(text):
                return Thing("", 1, kind, end)
        return None

    def _attribute(self, at: int, value: Value) -> Thing | None:
        """English: "a 20-year deal", and one ship."""
        kind = self.words.singular.get(self.tokens.texts[at], "")
        if kind and (value.high == 1 or (at == value.end + 1 and self.tokens.text(value.end) == "-")):
            return Thing("", 1, kind, at + 1)
        return None

    def _readings(self, at: int, openers: frozenset[str]) -> Iterator[tuple[str, int]]:
        """The texts that may be looked up at a place: phrases where one begins so, the word, the word without what
        Arabic and Hebrew write before it."""
        text = self.tokens.texts[at]
        if text in openers:
            yield from self.tokens.phrases(at)
        else:
            yield text, at + 1
        for prefix in self._prefixes:
            if text.startswith(prefix) and len(text) > len(prefix) + 1:
                yield text[len(prefix) :], at + 1

    def _calibre(self, at: int) -> int:
        """The place behind "152-mm", or 0."""
        if self.tokens.kinds[at] != "number":
            return 0
        end = at + 2 if self.tokens.text(at + 1) == "-" else at + 1
        return end + 1 if self.words.nouns.find(self.tokens.text(end)) == IGNORED else 0

    def _past_whole(self, at: int) -> int:
        """Behind the 103 of "88 of 103 drones"."""
        return at + 1 if at < self.tokens.size and self.tokens.kinds[at] == "number" else at

    def _type(self, at: int) -> Thing | None:
        kind = self.words.types.find(self.tokens.texts[at])
        return Thing("", 1, kind, at + 1) if kind else None

    def _daily(self, thing: Thing) -> Thing:
        if thing.unit != "barrels":
            return thing
        for at in range(thing.end, min(thing.end + DAILY_REACH, self.tokens.size)):
            if end := self.tokens.one_of(self.words.list("daily"), at):
                return thing._replace(unit="barrels a day", end=end)
            if self.tokens.kinds[at] == "sign":
                break
        return thing


def unit_of(told: str, end: int) -> Thing:
    """The unit that the table writes as "MW*1000"."""
    unit, _, factor = told.partition("*")
    return Thing(unit, float(factor or 1), "", end)

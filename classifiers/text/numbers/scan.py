"""Finds quantities in languages that part words by spaces: a value, and the unit or the noun that it counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from classifiers.text.numbers.names import Names
from classifiers.text.numbers.things import DURATIONS, IGNORED, Thing, Things, unit_of
from classifiers.text.numbers.tokens import Tokens
from classifiers.text.numbers.values import Value, Values
from classifiers.text.numbers.words import Words

CHANGE_REACH = 4
"""Pieces before "from" among which a verb of change is looked for."""
PERCENT = ("%", "٪")
SHARED_REACH = 4
"""Pieces behind a number within which "and" may join it to another that counts the same."""

WHOLES = (3, 4, 5, 6, 7, 8, 9, 10, 20, 100)
"""Of how many a share is told: "nine in ten", "one of every five"."""


class Found(NamedTuple):
    """A quantity with offsets into the text; ``unit`` and ``counted`` are empty where nothing known is counted."""

    low: float
    high: float
    unit: str
    counted: str
    start: int
    end: int


class Scan:
    """A piece of a text being read."""

    def __init__(self, tokens: Tokens, words: Words, stops: frozenset[str]) -> None:
        self.tokens, self.words = tokens, words
        self.values, self.things = Values(tokens, words), Things(tokens, words, stops)
        self.names = Names(tokens, words, self.things)

    def read(self, before: Found | None) -> Iterator[Found]:
        """The quantities of the piece, in its order; ``before`` is the last of the piece before."""
        texts, kinds, starts = self.tokens.texts, self.tokens.kinds, self.words.starts
        behind = 0
        for place, kind in enumerate(kinds):
            if place < behind or not (kind == "number" or (kind == "word" and starts[texts[place]])):
                continue
            found, behind = self._at(place, before)
            if found is not None:
                before = found
                yield found

    def _at(self, place: int, before: Found | None) -> tuple[Found | None, int]:
        """The quantity at a place, if there is one, and where to go on."""
        if self.tokens.kinds[place] == "word" and (told := self._in_one_word(place)):
            return told, place + 1
        value = self.values.at(place)
        if value is None or self.names.is_name(place, value):
            return None, place + 1 if value is None else max(value.end, place + 1)
        if share := self._share(place, value):
            return share
        value, unit_before = self._money_before(place, value)
        value = self._ranged(place, value, unit_before)
        thing = unit_before._replace(end=value.end) if unit_before else self.things.of(value) or self._shared(value)
        return self._made(place, value, thing, before), max(self._end(value, thing), place + 1)

    def _share(self, place: int, part: Value) -> tuple[Found, int] | None:
        """The share that begins with a number, and where to go on: "nine in ten" are ninety per cent, and neither nine
        of a thing nor ten."""
        end = self.tokens.one_of(self.words.list("out_of"), part.end)
        whole = self.values.at(end) if end else None
        if whole is None or whole.low not in WHOLES or not part.low == part.high < whole.low:
            return None
        thing = self.things.of(whole)
        if thing and thing.counted in DURATIONS:
            return None
        share, start = 100 * part.low / whole.low, self.tokens.spans[place][0]
        return Found(share, share, "percent", "", start, self.tokens.spans[whole.end - 1][1]), whole.end

    def _end(self, value: Value, thing: Thing | None) -> int:
        """Where to go on: behind what is counted, unless another number stands before that."""
        between = range(value.end, thing.end if thing else value.end)
        kinds, texts = self.tokens.kinds, self.tokens.texts
        counted = thing is not None and not thing.unit
        if any(kinds[at] == "number" or (counted and self.words.starts[texts[at]]) for at in between):
            return value.end
        return between.stop

    def _shared(self, value: Value) -> Thing | None:
        """What the next number counts, where the two share it: "three old and two new warships"."""
        for at in range(value.end, min(value.end + SHARED_REACH, self.tokens.size)):
            if self.tokens.texts[at] in self.words.list("both"):
                other = self.values.at(at + 1)
                thing = self.things.of(other) if other and not self.names.is_name(at + 1, other) else None
                return thing._replace(end=value.end) if thing and not thing.unit else None
            if self.tokens.kinds[at] != "word":
                return None
        return None

    def _made(self, place: int, value: Value, thing: Thing | None, before: Found | None) -> Found | None:
        digits = self.tokens.kinds[place] == "number"
        if thing is None:
            thing = self._inherited(place, value, before) or Thing("", 1, "", value.end)
            if value.letter or (not thing.unit and not thing.counted and (self.names.is_glued(value) or not digits)):
                return None
        if thing.counted == IGNORED or (digits and self.names.is_year(place, value, thing)):
            return None
        value, thing = self._and_half(value, thing)
        start = self.tokens.spans[place - (self.tokens.text(place - 1) in self.words.list("articles"))][0]
        end = self.tokens.spans[max(thing.end, value.end) - 1][1]
        return Found(value.low * thing.factor, value.high * thing.factor, thing.unit, thing.counted, start, end)

    def _in_one_word(self, place: int) -> Found | None:
        """ "Dreitägig", "трёхдневный", and the dual of Arabic and Hebrew."""
        word = self.tokens.texts[place]
        start, end = self.tokens.spans[place][0], self.tokens.spans[place][1]
        if kind := self.words.duals.find(word):
            half = self.tokens.one_of(self.words.list("and_half"), place + 1)
            value = 2.5 if half else 2.0
            return Found(value, value, "", kind, start, self.tokens.spans[half - 1][1] if half else end)
        for stem, kind in self.words.durations:
            if (cut := word.find(stem)) > 1 and (role := self.words.roles.get(word[:cut])) and role.cardinal:
                return None if kind == IGNORED else Found(role.cardinal, role.cardinal, "", kind, start, end)
        return None

    def _and_half(self, value: Value, thing: Thing) -> tuple[Value, Thing]:
        """Two years and a half."""
        half = self.tokens.one_of(self.words.list("and_half"), thing.end) if thing.counted in DURATIONS else 0
        if not half:
            return value, thing
        return value._replace(low=value.low + 0.5, high=value.high + 0.5), thing._replace(end=half)

    def _money_before(self, place: int, value: Value) -> tuple[Value, Thing | None]:
        last = self.tokens.text(place - 1)
        unit = self.words.units.find(last) if last else ""
        if not unit or unit == "percent" or not (last in "$€£¥₽₹₩₺₴₸₪" or last.endswith("$") or len(last) == 3):
            return value, None
        return value, unit_of(unit, value.end)

    def _ranged(self, place: int, value: Value, money: Thing | None) -> Value:
        """The value with that behind "to", where it is the lower end of a range."""
        if value.vague:
            return value
        tokens, start = self.tokens, value.end
        percent = tokens.text(start) in PERCENT
        if percent or (not money and self._is_money(start)):
            start += 1
        behind = self._joiner(place, start)
        upper = self._upper(behind) if behind else None
        if upper is None or (percent and tokens.text(upper.end) not in PERCENT):
            return value
        low = value.low
        if value.factor == 1 and upper.factor > 1 and low < upper.high / upper.factor:
            low *= upper.factor
        return upper._replace(low=low, letter=upper.letter) if low < upper.high else value

    def _upper(self, place: int) -> Value | None:
        """The upper end of a range, at a place or behind its currency."""
        upper = self.values.at(place + 1 if self._is_money(place) else place)
        if upper is None or upper.vague or (upper.end == place + 1 and self.names.is_name(place, upper)):
            return None
        return upper

    def _is_money(self, place: int) -> bool:
        text = self.tokens.text(place)
        return bool(text) and text in "$€£¥₽₹₩"

    def _joiner(self, place: int, start: int) -> int:
        """The place behind what joins the two ends of a range, or 0."""
        tokens, words = self.tokens, self.words
        if tokens.text(start) in ("-", "~"):
            return start + 1
        first = place - 1 if self._is_money(place - 1) else place
        if tokens.one_of(words.list("between"), first - 1) and (end := tokens.one_of(words.list("both"), start)):
            return end + 1 if tokens.text(end) == "-" else end
        end = tokens.one_of(words.list("to"), start)
        if not end or (tokens.text(first - 1) in words.list("from") and self._changes(first - 1)):
            return 0
        return end + 1 if tokens.text(end) == "-" and tokens.is_glued(end + 1) else end

    def _changes(self, place: int) -> bool:
        """Whether something rises or falls from the one to the other: then these are two figures."""
        change = self.words.forms("change")
        return any(change.find(self.tokens.text(each)) for each in range(max(0, place - CHANGE_REACH), place))

    def _inherited(self, place: int, value: Value, before: Found | None) -> Thing | None:
        """What the number before it counts, where a later one of the same sentence names nothing: "from 1.6 million in
        April", "of whom 800 came this year"."""
        if before is None or not self._refers(place, value):
            return None
        between = self.tokens.folded[before.end : self.tokens.spans[place][0]]
        if any(mark in between for mark in (". ", "\n", "!", "?", ";")):
            return None
        return Thing(before.unit, 1, before.counted, value.end)

    def _refers(self, place: int, value: Value) -> bool:
        follows = self.tokens.text(value.end)
        refers = self.words.list("refers")
        back = (self.tokens.one_of(refers, place - back) == place for back in (1, 2, 3, 4) if place >= back)
        return value.end > place and any(back) and not follows.startswith("-")

"""What digits and number words amount to: "12.000" and "2,5" by the language's own separators, "two and a half
million", "mil millones", "zwölftausend", "tens of thousands"."""

from __future__ import annotations

import re
from typing import NamedTuple

from classifiers.text.numbers.forms import NO_ROLE, Role
from classifiers.text.numbers.tokens import Tokens
from classifiers.text.numbers.words import Words

_GROUPED = re.compile(r"(\d{1,3})(?:[.,'٬،٫ ]\d{3})+$")
_SEPARATOR = re.compile(r"[.,'٬٫، ]")
MANY = 1e6
"""From this scale on nobody writes thousands before it, except in Spanish: "12.500 million" is twelve and a half."""


class Value(NamedTuple):
    """A value as read: from ``low`` to ``high``, the token behind it, what scales made of its last number, and whether
    it is vague or ends in a lone letter that may be a scale ("5 m")."""

    low: float
    high: float
    end: int
    factor: float = 1.0
    vague: bool = False
    letter: bool = False


def amount_of(digits: str, words: Words, exact: bool) -> float | None:
    """The value of digits with separators; None where they are no number ("24.02.2024"). ``exact`` says that three
    digits behind the language's decimal sign are decimals: before "million" and "%" nobody writes thousands."""
    marks = _SEPARATOR.findall(digits)
    if not marks:
        return float(digits)
    if len(set(marks)) == 1 and _GROUPED.match(digits) and not _is_decimal(digits, marks, words, exact):
        return float(_SEPARATOR.sub("", digits))
    if len(marks) == 1:
        return float(_SEPARATOR.sub(".", digits))
    whole, last = digits[: digits.rindex(marks[-1])], digits[digits.rindex(marks[-1]) + 1 :]
    if marks.count(marks[-1]) == 1 and len({*marks[:-1]}) == 1 and _GROUPED.match(whole):
        return float(f"{_SEPARATOR.sub('', whole)}.{last}")
    return None


def _is_decimal(digits: str, marks: list[str], words: Words, exact: bool) -> bool:
    if len(marks) > 1 or marks[0] in " '٬":
        return False
    if marks[0] == "٫" or digits.startswith("0"):
        return True
    return exact and marks[0] == words.separators[0]


class Values:
    """Reads values at places of a text."""

    def __init__(self, tokens: Tokens, words: Words) -> None:
        self.tokens, self.words = tokens, words
        self._least_and = 100 if words.language == "en" else 20

    def at(self, place: int) -> Value | None:
        """The value that begins at that place, or None."""
        kind = self.tokens.kinds[place] if place < self.tokens.size else "sign"
        if kind == "number":
            return self._digits(place)
        return self._worded(place) if kind == "word" else None

    def _role(self, place: int) -> tuple[Role, int]:
        if place >= self.tokens.size or self.tokens.kinds[place] != "word":
            return NO_ROLE, place
        if self.tokens.texts[place] in self.words.openers:
            for text, end in self.tokens.phrases(place):
                if end > place + 1 and text in self.words.roles:
                    return self.words.roles[text], end
        return self.words.role[self.tokens.texts[place]], place + 1

    def _digits(self, place: int) -> Value | None:
        follows = self._role(place + 1)[0].scale
        many = follows >= MANY and not self.words.million_thousands
        thousand = follows == 1000 and self.words.language != "es"
        percent = self.tokens.text(place + 1) in ("%", "٪")
        amount = amount_of(self.tokens.texts[place], self.words, many or percent or thousand)
        return None if amount is None else self._scaled(place + 1, amount)

    def _worded(self, place: int) -> Value | None:
        tokens, words = self.tokens, self.words
        if end := tokens.one_of(words.list("several"), place):
            return self._vague(tokens.one_of(words.list("links"), end) or end)
        if end := self._half(place):
            return self._scaled(end, 0.5, worded=True)
        role, end = self._role(place)
        if role.vague and not (tokens.texts[place] in words.list("genitive") and self._is_exact(place)):
            return self._vague(place)
        if role.cardinal:
            return None if self._is_share(role.cardinal, end) else self._scaled(end, role.cardinal, worded=True)
        bare = words.language != "en" or tokens.text(place - 1) in words.list("articles")
        scaled = self._scaled(place, None, worded=True) if role.scale and bare else None
        return scaled if scaled and scaled.end > place else None

    def _is_share(self, value: float, end: int) -> bool:
        """Whether it is a fraction of what was named, as in "⅔ of them", and no number of a scale or a unit."""
        return value < 1 and not self._role(end)[0].scale and not self.words.units.find(self.tokens.text(end))

    def _is_exact(self, place: int) -> bool:
        return self.tokens.text(place - 1) in self.words.list("exact_after")

    def _half(self, place: int) -> int:
        """The place behind "half a", "demi-", "medio" before a scale, or 0."""
        articles = self.words.list("articles")
        text, known = self.tokens.text(place), self.words.list("half")
        bare = (text.removeprefix(prefix) for prefix in self.words.list("prefixes"))
        if text not in known and not any(each in known for each in bare):
            return 0
        end = place + 1
        while self.tokens.text(end) in articles or self.tokens.text(end) == "-":
            end += 1
        return end if self._role(end)[0].scale else 0

    def _vague(self, place: int) -> Value | None:
        """Dozens, several hundred, tens of thousands."""
        base, last, end = 0.0, 0.0, place
        while True:
            after = end if not base else self.tokens.one_of(self.words.list("links"), end) or end
            role, behind = self._role(after)
            size = role.vague or (role.scale if role.scale != 12 else 10.0)
            if not size:
                break
            base, last, end = (base or 1) * size, size, self._abbreviated(behind)
        return Value(2 * base, 10 * base - 1, end, last, vague=True) if base else None

    def _abbreviated(self, place: int) -> int:
        """Behind the full stop of "тыс." and "Mrd."."""
        return place + 1 if self.tokens.text(place) == "." and self.tokens.is_glued(place) else place

    def _scaled(self, place: int, current: float | None, *, worded: bool = False) -> Value:
        total, factor, last, letter, end = 0.0, 1.0, 0.0, False, place
        follows = self.tokens.text(place)
        if current is not None and follows != "-" and not self.words.goes_on[follows]:
            return Value(current, current, place)
        while True:
            if half := self.tokens.one_of(self.words.list("and_half"), end):
                total, current = (total + last / 2, current) if current is None else (total, current + 0.5)
                end = half
                continue
            start = self._joined(end, current, worded)
            role, behind = self._role_within(start, current, worded)
            if role.scale and self._may_scale(start, role.scale, last, current):
                letter = len(self.tokens.texts[start]) == 1 and start > place - 1
                total, current, factor = _times(total, current, factor, role.scale)
                last, end = (role.scale if role.scale >= 1000 else last), self._abbreviated(behind)
            elif role.cardinal and self._adds(start, role.cardinal, current, last if total else 0.0):
                current, factor, end = (current or 0.0) + role.cardinal, 1.0, behind
            elif more := self._more_digits(start, last if total and current is None else 0.0):
                current, end = more, start + 1
            else:
                return Value(total + (current or 0), total + (current or 0), end, factor, letter=letter)

    def _role_within(self, place: int, current: float | None, worded: bool) -> tuple[Role, int]:
        """The role of a word within a number, with that of words which are numbers there alone: behind tens and
        hundreds in words."""
        word = self.tokens.text(place)
        if worded and current and current >= 20 and word in self.words.joined:
            return Role(cardinal=self.words.joined[word]), place + 1
        return self._role(place)

    def _joined(self, place: int, current: float | None, worded: bool) -> int:
        """Where the number goes on: behind the hyphen of "twenty-five", the "and" of "a hundred and ten", and all that
        stands between in "vingt-et-un"."""
        at = self._past_hyphen(place)
        if self.tokens.text(at) in self.words.list("and") and (current is None or current >= self._least_and):
            last = self._past_hyphen(at + 1)
            return last if 0 < self._role_within(last, current, worded)[0].cardinal < 100 else place
        return at if self._role_within(at, current, worded)[0] != NO_ROLE else place

    def _past_hyphen(self, place: int) -> int:
        glued = self.tokens.is_glued(place) and self.tokens.is_glued(place + 1)
        return place + 1 if glued and self.tokens.text(place) == "-" else place

    def _may_scale(self, place: int, scale: float, last: float, current: float | None) -> bool:
        text = self.tokens.texts[place]
        if len(text) == 1 and text.isascii():
            currency = place > 1 and self.words.units.find(self.tokens.text(place - 2)) != ""
            after = self.words.units.find(self.tokens.text(place + 1)) in ("EUR", "USD", "GBP")
            return self.tokens.is_glued(place) or currency or after
        return scale < 1000 or not last or current is None or scale < last

    def _adds(self, place: int, cardinal: float, current: float | None, last: float) -> bool:
        """Whether a number word goes on with the number: "twenty five", "two thousand three", never "two three"."""
        if current is None:
            return last > cardinal
        if 0 < current % 100 < 10 and 20 <= cardinal < 100:  # Arabic: five and twenty
            return self.tokens.texts[place].startswith("و")
        if current % 100 in self.words.twenties:  # in French: sixty-fifteen, eighty-nineteen
            return cardinal < 20
        return cardinal < current and cardinal < 10 ** _zeros(current)

    def _more_digits(self, place: int, last: float) -> float | None:
        """The digits of "2 million 500 thousand"."""
        if last < 1000 or place >= self.tokens.size or self.tokens.kinds[place] != "number":
            return None
        scale = self._role(place + 1)[0].scale
        return amount_of(self.tokens.texts[place], self.words, False) if 0 < scale < last else None


def _times(total: float, current: float | None, factor: float, scale: float) -> tuple[float, float | None, float]:
    """(total, open number, factor) once a scale follows: hundreds belong to the open number, thousands close it."""
    if scale < 1000:
        return total, (1.0 if current is None else current) * scale, factor * scale
    if current is not None:
        return total + current * scale, None, factor * scale
    return (total or 1.0) * scale, None, factor * scale


def _zeros(value: float) -> int:
    digits = f"{value:.0f}"
    return len(digits) - len(digits.rstrip("0"))

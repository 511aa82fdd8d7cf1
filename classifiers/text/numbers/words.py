"""The words of numbers, by language: read from ``numbers.toml`` when a language is first met, and kept.

The separators of digits and the names of months are those of CLDR, by way of Babel.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from importlib import resources
from itertools import chain
from typing import Any
from unicodedata import numeric

from classifiers.text.date_names import date_names
from classifiers.text.fold import fold
from classifiers.text.numbers.forms import NO_FORMS, NO_ROLE, NOTHING, Entries, Forms, Memory, Role, first_word, split
from classifiers.text.scripts import UNSPACED_LANGUAGES

FALLBACKS = {"ja": "zh", "be": "ru", "pt": "es", "nl": "de", "cs": "pl"}
"""A language without words of its own → the nearest that has some; English for all others."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
FRACTIONS = {sign: Role(cardinal=numeric(sign)) for sign in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
LEAST_BEGUN = 4
"""Letters that the beginning of a word, as older versions stored it, needs to tell which word was meant."""


@cache
def table() -> dict[str, dict[str, Any]]:
    """The whole table as it stands in the file."""
    return tomllib.loads((resources.files("classifiers.text.numbers") / "numbers.toml").read_text(encoding="utf-8"))


class Words:
    """The words of one language, with those that are written alike in all."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._told = told = table()[language]
        plain = {name: line for name, line in told.items() if isinstance(line, str)}
        self._lists = {name: Entries(split(line)) for name, line in plain.items()}
        self._forms = {name: Forms([("yes", line)]) for name, line in plain.items() if "*" in line}
        self.roles = _roles(told) | ({} if language in UNSPACED_LANGUAGES else FRACTIONS)
        self.joined = {word: float(value) for value, line in told.get("joined", {}).items() for word in split(line)}
        """Words that are numbers only within a number, to which they are added: "vingt et un"."""
        self.stems = tuple(
            (word[:-1], float(value))
            for value, words in told.get("scales", {}).items()
            for word in split(words)
            if word.endswith("*")
        )
        self.nouns, self.units, self.types, self.duals = (
            Forms((*table()["all"].get(kind, {}).items(), *told.get(kind, {}).items()))
            for kind in ("nouns", "units", "types", "duals")
        )
        self.counter_nouns: dict[str, str] = told.get("counter_nouns", {})
        self.ordinal_dot, self.million_thousands = bool(told.get("ordinal_dot")), bool(told.get("million_thousands"))
        self.twenties = tuple(map(int, split(told.get("twenties", ""))))
        """Tens to which all up to nineteen is added."""
        self.is_compound = bool(told.get("compound"))
        self.durations = tuple(tuple(pair.split("=")) for pair in split(told.get("durations", "")))
        lists = (*self.list("half"), *self.list("several"), *self.roles)
        self._firsts = frozenset(map(first_word, lists))
        self.role = Memory(self._role)
        """Word → what it says as a number."""
        self.starts = Memory(self._starts)
        """Word → whether a quantity may begin with it."""
        self.tells = Memory(self._tells)
        """What stands between two spaces → whether a quantity may begin in it."""
        self.goes_on = Memory(self._goes_on)
        """Word → whether a number may go on with it."""
        self.is_plain = Memory(self._is_plain)
        """Word → whether it is neither a thing that is counted nor a link to one, nor the beginning of either."""

    def _role(self, word: str) -> Role:
        found = self.roles.get(word)
        vague = found.vague if found else 0.0
        scale = next((value for stem, value in self.stems if word.startswith(stem)), vague)
        if found or scale:
            found = found or NO_ROLE
            return found if found.scale else found._replace(scale=scale)
        for prefix in self.list("prefixes"):
            if word.startswith(prefix) and (found := self.roles.get(word[len(prefix) :])):
                return found
        return _compound(word, self) if self.is_compound else NO_ROLE

    def _starts(self, word: str) -> bool:
        bare = {word, *(word.removeprefix(prefix) for prefix in self.list("prefixes"))}
        if word in self._firsts or self.role[word] != NO_ROLE or not self.list("half").isdisjoint(bare):
            return True
        return self.duals.find(word) != "" or any(stem in word for stem, _ in self.durations)

    def _tells(self, chunk: str) -> bool:
        return bool(_DIGIT.search(chunk)) or any(map(self.starts.__getitem__, _WORD.findall(chunk)))

    def _goes_on(self, word: str) -> bool:
        halves = self.list("and_half")
        begun = word in halves or word in halves.openers or word in self.list("and") or word in self.openers
        return begun or word in self.joined or self.role[word] != NO_ROLE

    def _is_plain(self, word: str) -> bool:
        tables = (self.nouns, self.units, self.types)
        links = self.list("links")
        if word in links or word in links.openers or word in self.singular:
            return False
        bare = [word, *(word[len(prefix) :] for prefix in self.list("prefixes") if word.startswith(prefix))]
        return not any(forms.find(each) or each in forms.openers for forms in tables for each in bare)

    def list(self, name: str) -> Entries:
        """The entries of a plain list of the table."""
        return self._lists.get(name, NOTHING)

    def forms(self, name: str) -> Forms:
        """The same where entries may be beginnings of words."""
        return self._forms.get(name, NO_FORMS)

    @cached_property
    def singular(self) -> dict[str, str]:
        """English: one of a thing, which follows a greater number as an attribute alone ("a 20-year deal") → class."""
        if self.language != "en":
            return {}
        plurals = {word: kind for word, kind in self.nouns.whole.items() if word.endswith("s") and word[-2] != "s"}
        ones = {f"{word[:-3]}y" if word.endswith("ies") else word[:-1]: kind for word, kind in plurals.items()}
        ones |= {one: kind for one, _, kind in (pair.partition("=") for pair in split(self._told.get("singular", "")))}
        return {one: kind for one, kind in ones.items() if one not in self.nouns.whole}

    @cached_property
    def openers(self) -> frozenset[str]:
        """First words of roles that are more than one word."""
        return frozenset(first_word(word) for word in self.roles if first_word(word) != word)

    @cached_property
    def telling_signs(self) -> re.Pattern[str]:
        """Languages without spaces: characters one of which a text must hold to hold a number."""
        return re.compile(rf"[\d{re.escape(''.join(sorted({word[0] for word in self.roles})))}]")

    @cached_property
    def separators(self) -> tuple[str, str]:
        """(decimal, thousands) as the language writes them, with Western digits."""
        return separators(self.language)

    @cached_property
    def months(self) -> Forms:
        """The names of months."""
        return Forms([("month", ", ".join([*month_names(self.language), *self.list("months")]))])


def _roles(told: Mapping[str, Any]) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    of_all = table()["all"]
    for kind, field in (("cardinals", "cardinal"), ("scales", "scale"), ("vague", "vague")):
        for value, written in chain(of_all.get(kind, {}).items(), told.get(kind, {}).items()):
            for word in split(written):
                if not word.endswith("*"):
                    roles[word] = roles.get(word, NO_ROLE)._replace(**{field: float(value)})
    return roles


def _compound(word: str, words: Words) -> Role:
    """German writes "zwölftausendfünfhundert" as one word: read piece by piece."""
    total, current, rest = 0.0, 0.0, word
    while rest:
        piece, role = _piece(rest, words)
        if rest.startswith("und") and current:
            rest = rest[3:]
            continue
        if not piece:
            return NO_ROLE
        if role.cardinal:
            current += role.cardinal
        elif role.scale < 1000:
            current = (current or 1) * role.scale
        else:
            total, current = total + (current or 1) * role.scale, 0.0
        rest = rest[len(piece) :]
    return Role(cardinal=total + current)


def _piece(rest: str, words: Words) -> tuple[str, Role]:
    """The longest number that the rest of a word begins with, or "" where there is none. A plural is one at the
    end alone: the "e" of "hunderteins" belongs to what follows."""
    for size in range(min(len(rest), 9), 2, -1):
        role = words.roles.get(rest[:size], NO_ROLE)
        if (role.cardinal or role.scale) and (not role.vague or size == len(rest)):
            return rest[:size], role
    one = next((one for one in words.joined if rest.startswith(one) and rest != one), "")
    return one, Role(cardinal=words.joined.get(one, 0.0))


@cache
def words_of(language: str) -> Words:
    """The words of a language (ISO 639-1), or of the one that stands in for it."""
    known = table()
    return Words(language if language in known and len(language) == 2 else FALLBACKS.get(language, "en"))


@cache
def separators(language: str) -> tuple[str, str]:
    """(decimal, thousands) of a language in CLDR, with Western digits; English ones where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(language or "en").number_symbols
    except (UnknownLocaleError, ValueError):
        return ".", ","
    latin = symbols.get("latn", symbols)
    return latin["decimal"], latin["group"].replace("\u00a0", " ").replace("\u202f", " ")


@cache
def month_names(language: str) -> tuple[str, ...]:
    """The names of the months in CLDR, long and short, as they stand in dates and alone."""
    names = {name for kind, _, names in date_names(language) if kind == "M" for name in names}
    return tuple(sorted(fold(name).rstrip(".") for name in names if not name.isdigit()))


@cache
def class_of(told: str) -> str:
    """The class of what a stored row counts: a class already, or words of a text in any of the languages, or the
    beginning of one ("soldi"); an empty string where none knows it."""
    folded = fold(told).strip()
    if folded in table()["shown"]:
        return folded
    known = [words_of(language) for language in table() if len(language) == 2]
    for text in (folded, *folded.split()):
        for words in known:
            if (found := words.nouns.find(text) or words.singular.get(text, "")) and found != "-":
                return found
    begun = {
        kind
        for words in known
        for word, kind in words.nouns.whole.items()
        if f"{word} ".startswith(folded) and " " not in word
    }
    return begun.pop() if len(folded) >= LEAST_BEGUN and len(begun) == 1 else ""

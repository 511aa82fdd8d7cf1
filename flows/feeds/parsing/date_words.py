"""What the words of a date mean, in the languages that are read: months, weekdays, halves of the day (from CLDR)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache

from classifiers.text.date_names import DateKind, date_names, locales

WordMeaning = tuple[DateKind, int]
"""("M", month), ("W", weekday from Monday = 0), ("A", hours to add to a twelve-hour clock: 0 or 12)."""

OWN: tuple[tuple[str, WordMeaning], ...] = (
    ("sept", ("M", 9)), ("tues", ("W", 1)), ("wednes", ("W", 2)), ("thur", ("W", 3)), ("thurs", ("W", 3)),
    ("am", ("A", 0)), ("pm", ("A", 12)), ("凌晨", ("A", 0)), ("早上", ("A", 0)), ("星期天", ("W", 6)),
    ("фев", ("M", 2)), ("сен", ("M", 9)), ("ноя", ("M", 11)), ("вер", ("M", 9)), ("лис", ("M", 11)),
    ("نونبر", ("M", 11)), ("دجنبر", ("M", 12)), ("شتنبر", ("M", 9)), ("غشت", ("M", 8)), ("يوليوز", ("M", 7)),
)  # fmt: skip
"""What feeds write and CLDR does not have."""

FILLERS = frozenset(
    "at on of the um uhr den der dem à le г года году р року в о об de del el las la alle ore il às em do om uur kl klo"  # noqa: SIM905
    " godz godzina saat tarihinde v hod ora orele y i στις في الساعة ساعت בשעה ב".split()
)
"""Words that stand between the parts of a date and say nothing more."""

_FROM_PREFIX = {"he": "ב"}


def folded(text: str) -> str:
    """A text in lower case, in Western digits, without marks of direction, with single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii():
        text = "".join(_plain(char) for char in text)
    return " ".join(text.split())


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return "" if unicodedata.category(char) == "Cf" else "," if char in "،、" else "-" if char in "–—−" else char


def meanings(word: str, language: str) -> frozenset[WordMeaning]:
    """What a folded word (or several, with single spaces) may mean in a date of a feed of that language: what it says
    there or in English, else, unless it is one of `FILLERS`, what it says in any language that is read. Empty where it
    is no word of dates."""
    near = _table("en").get(word, frozenset()) | _table(language).get(word, frozenset())
    return near or (frozenset() if word in FILLERS else _every().get(word, frozenset()))


@cache
def _table(language: str) -> dict[str, frozenset[WordMeaning]]:
    words: defaultdict[str, set[WordMeaning]] = defaultdict(set)
    for locale in locales():
        if locale.partition("_")[0] == language:
            for kind, number, names in date_names(locale):
                for form in (form for name in names for form in _forms(name, language)):
                    words[form].add((kind, number))
    return {word: frozenset(said) for word, said in words.items()}


@cache
def _every() -> dict[str, frozenset[WordMeaning]]:
    words: defaultdict[str, frozenset[WordMeaning]] = defaultdict(frozenset)
    for language in {locale.partition("_")[0] for locale in locales()}:
        for word, said in _table(language).items():
            words[word] |= said
    for word, meaning in OWN:
        words[word] |= {meaning}
    return dict(words)


def _forms(name: str, language: str) -> set[str]:
    """A name as feeds write it: without dots, with and without accents, in Hebrew with the word "in" before it."""
    name = " ".join(folded(name).replace(".", " ").split())
    if not name or any(char.isdigit() for char in name):
        return set()
    bare = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    forms = {name, name.replace(" ", ""), *([bare] if bare.isascii() else [])}
    return forms | {_FROM_PREFIX[language] + form for form in forms} if language in _FROM_PREFIX else forms

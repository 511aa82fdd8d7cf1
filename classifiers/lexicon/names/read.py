"""The table of names → a matcher over folded text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from classifiers.lexicon.mentions import Matcher
from classifiers.lexicon.read import Alias, Match

CAPITALS = frozenset(("usa", "eu", "nato", "un", "brics", "sco", "g20"))
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HEBREW = re.compile(r"[\u0590-\u05ff]")


@cache
def name_kinds() -> dict[str, str]:
    """Name → its section: parties, people, places, things."""
    return {name: kind for kind, names in _table().items() for name in names}


def display_name(name: str) -> str:
    """A name of the table as a reader sees it: things as common nouns ("fighter jet"), others with capitals."""
    words = name.removesuffix("_def").removesuffix("_for").replace("_", " ")
    if name in CAPITALS:
        return words.upper()
    return words if name_kinds().get(name) == "things" else words.title()


@cache
def name_matcher() -> Matcher:
    """Finds every name of the table, whatever the language of the text."""
    return Matcher(
        alias for names in _table().values() for name, texts in names.items() for alias in _aliases(name, texts)
    )


@cache
def _table() -> dict[str, dict[str, str]]:
    told = (resources.files("classifiers") / "topics/russia/names.toml").read_text(encoding="utf-8")
    return tomllib.loads(told)


def _aliases(name: str, texts: str) -> Iterator[Alias]:
    for text in texts.split("|"):
        bare = text.strip().removesuffix("*")
        language, match = _script(bare)
        # A star inside lets a word go on in the middle of a phrase: the ends that occur are few, and written out.
        for each in _written_out(bare.removeprefix("=")):
            yield Alias(each, (name,), language, match, text.endswith("*"), bare.startswith("="))


def _script(text: str) -> tuple[str, Match]:
    if _NO_SPACES.search(text):
        return "zh", "substring"
    if _ARABIC.search(text):
        return "ar", "proclitic"
    return ("he", "proclitic") if _HEBREW.search(text) else ("", "word")


_POLISH = ("", "a", "e", "i", "y", "ą", "ę", "ej", "ego", "ie", "u")
_RUSSIAN = ("", *"а я е и ы у ой ая ое ые ый ого ому ом ую ых ей ии ь ю".split())  # noqa: SIM905


def _written_out(text: str) -> list[str]:
    head, star, tail = text.partition("*")
    if not star:
        return [text]
    endings = _RUSSIAN if re.search(r"[\u0400-\u04ff]", text) else _POLISH
    return [f"{head}{ending}{rest}" for ending in endings for rest in _written_out(tail)]

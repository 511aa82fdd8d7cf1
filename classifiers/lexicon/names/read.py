"""The topic's table of names → a matcher over folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from classifiers.lexicon.aliases import Alias, Match, alias_of
from classifiers.lexicon.mentions import Matcher
from classifiers.text.fold import fold
from classifiers.text.scripts import has_cjk
from classifiers.text.toml_text import read_toml
from classifiers.topics.active import active, by_topic

FILE = "names.toml"
CAPITALS = "capitals"
"""The key of the names that are shown in capital letters."""
WITH_ARTICLE = "with_article"
"""The key of those that have an article within a sentence; all other keys of the file are sections."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HEBREW = re.compile(r"[\u0590-\u05ff]")


@by_topic
def name_kinds() -> dict[str, str]:
    """Name → its section: parties, people, places, things."""
    return {name: kind for kind, names in _table().items() for name in names}


def display_name(name: str) -> str:
    """A name of the table as a reader sees it: things as common nouns ("fighter jet"), others with capitals."""
    words = name.removesuffix("_def").removesuffix("_for").replace("_", " ")
    if name in _told().get(CAPITALS, ()):
        return words.upper()
    return words if name_kinds().get(name) == "things" else words.title()


@by_topic
def name_matcher() -> Matcher:
    """Finds every name of the table, whatever the language of the text."""
    return Matcher(
        alias for names in _table().values() for name, texts in names.items() for alias in _aliases(name, texts)
    )


def within_sentence(name: str) -> str:
    """The same within a sentence: with its article, where it has one."""
    return f"the {display_name(name)}" if name in _told().get(WITH_ARTICLE, ()) else display_name(name)


def _table() -> dict[str, dict[str, str]]:
    return {section: names for section, names in _told().items() if section not in (CAPITALS, WITH_ARTICLE)}


@by_topic
def _told() -> dict[str, Any]:
    return read_toml(active().folder / FILE)


def _aliases(name: str, texts: str) -> Iterator[Alias]:
    for text in texts.split("|"):
        language, match = _script(text)
        bare = text.strip().removesuffix("*")
        # A star inside lets a word go on in the middle of a phrase: the ends that occur are few, and written out.
        for each in _written_out(bare):
            form = each if each.startswith("=") else fold(each).strip()
            yield alias_of(form + "*" * text.endswith("*"), name, language, match)


def _script(text: str) -> tuple[str, Match]:
    if has_cjk(text):
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

"""The pattern files of the topic → records. What a pattern may look like is said in ``en.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.lexicon.aliases import Alias, alias_of
from classifiers.lexicon.mentions import Matcher
from classifiers.tagging.literals import Alternatives, Wordings
from classifiers.tagging.role_text import alternatives
from classifiers.text.toml_text import read_toml
from classifiers.topics.active import active, by_topic

STRONG, WEAK = 1.0, 0.5
FOLDER = "patterns"
Words = tuple[tuple[str, str], ...]


class PatternError(Exception):
    """A pattern file is wrong; the message names the file and the pattern."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one language. ``words`` finds the words of channels (codes "channel" and "channel?" for a weak
    one); ``roles`` holds the patterns of direction, response and friction, ``wordings`` all of them
    together."""

    words: Matcher | None
    roles: Mapping[str, Alternatives]
    wordings: Wordings


@dataclass(frozen=True, slots=True)
class Wording:
    """What a sentence says in place of what its ``channel`` does ("" for what is no act of the two), where headline or
    lead have one of the patterns; parties that a pattern names as giver and receiver must be those of the act."""

    channel: str
    says: str
    patterns: Alternatives


@by_topic
def patterns_of(language: str) -> Patterns | None:
    """The patterns of a language, or None where there is no file. Raises PatternError for a file that is wrong."""
    told = _told(language)
    if not told:
        return None
    words = tuple(told.get("words", {}).items())
    aliases = _words(told, language)
    roles = _roles(told.get("roles", {}), words, language)
    every = Wordings(pattern for patterns in roles.values() for pattern in patterns)
    return Patterns(Matcher(aliases) if aliases else None, roles, every)


@by_topic
def words_of(language: str) -> tuple[tuple[str, str], ...]:
    """The named lists of words that patterns of a language may use."""
    return tuple(_told(language).get("words", {}).items())


def status_words(language: str) -> Mapping[str, list[str]]:
    """The words of status and negation that the topic adds in a language, by what they say."""
    found: Mapping[str, list[str]] = _told(language).get("status", {})
    return found


def channel_rows(language: str) -> Sequence[Mapping[str, Any]]:
    """The rules of channels that the topic has in a language, as they are written."""
    found: Sequence[Mapping[str, Any]] = _told(language).get("channel", ())
    return found


@by_topic
def wordings_of(language: str) -> tuple[Wording, ...]:
    """The wordings by which a sentence calls an act otherwise than its channel does, in the order of the file."""
    words = words_of(language)
    rows = _told(language).get("wording", ())
    return tuple(Wording(row.get("channel", ""), row["says"], _read(row["patterns"], words, language)) for row in rows)


@by_topic
def _told(language: str) -> Mapping[str, Any]:
    """What the topic's file of a language says; empty where it has none."""
    file = active().folder / FOLDER / f"{language}.toml"
    if not re.fullmatch(r"[a-z]{2}", language) or not file.is_file():
        return {}
    return read_toml(file)


def _words(told: Mapping[str, Any], language: str) -> list[Alias]:
    found: list[Alias] = []
    for channel, groups in told.get("channels", {}).items():
        for group, mark in (("strong", ""), ("weak", "?")):
            found += [alias_of(text, f"{channel}{mark}", language) for text in groups.get(group, [])]
    return found


def _roles(told: Mapping[str, list[str]], words: Words, language: str) -> dict[str, Alternatives]:
    return {name: _read(patterns, words, language) for name, patterns in told.items()}


def _read(patterns: Sequence[str], words: Words, language: str) -> Alternatives:
    try:
        return alternatives(patterns, words)
    except (KeyError, re.error, OverflowError) as error:
        file = active().folder / FOLDER / f"{language}.toml"
        raise PatternError(f"{file}: a pattern cannot be read: {error}") from error

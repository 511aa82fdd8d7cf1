"""What the reports of a story name: parties, people, places and concepts, the same in every language. What no report
that was told before has named is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from classifiers.lexicon.concepts.read import things as things_in_words
from classifiers.lexicon.names.read import display_name, name_kinds
from classifiers.stories.fingerprint import Fingerprint, fingerprint_of, first_name
from classifiers.stories.headline_acts import SIDE
from classifiers.topics.active import active
from db.records import Entry, ScoredEntry
from flows.digest.display_text import partner_name

NAME, CONCEPT = "@", "^"
"""How a term of a fingerprint begins that is a name or a concept."""
MARKS = (NAME, CONCEPT, "~", "#")
"""How all terms begin that are no words."""
THINGS = "things"
SHOWN = ("parties", "places")
"""The sections of the table of names that are shown: people are named in passing, things stand in the glossary too."""
READ_BEFORE = 2048
"""Entries whose fingerprints are kept: more than a day brings flagged ones."""
MOST_NAMED = 2
LEAST_WORDS = 3
"""Of fewer words beside names and concepts a share says little."""
KNOWN = 0.75
"""A headline of which a smaller share of words was told before tells something else, where what it names does not
settle it (`flows.digest.compose.repetitions`)."""


class Subjects(NamedTuple):
    """Terms that name something: those of the lead's ``headline`` or of half of all headlines, and those of ``all``
    headlines and first lines; the name that the lead's headline names ``first``; and the other words as stems, each
    behind its language: those of the lead's headline (``said``), and of all headlines (``words``). ``sides`` are the
    actors in the headlines, states for their leaders."""

    headline: frozenset[str]
    all: frozenset[str]
    first: str
    said: frozenset[str]
    words: frozenset[str]
    sides: frozenset[str] = frozenset()


def subjects_of(members: Sequence[ScoredEntry]) -> Subjects:
    """What the reports of a story name, and in which words; the lead entry first."""
    read = [read_entry(each.entry) for each in members]
    titles = [_named(each.title) for each in read]
    counted = Counter(term for title in titles for term in title)
    headline = titles[0] | {term for term, times in counted.items() if 2 * times >= len(titles)}
    words = [_words(each) for each in read]
    return Subjects(
        headline=headline,
        all=frozenset().union(*titles, *(_named(each.lead) for each in read)),
        first=first_name(members[0].entry.title),
        said=words[0],
        words=frozenset().union(*words),
        sides=marked(read, SIDE),
    )


def read_entry(entry: Entry) -> Fingerprint:
    """The fingerprint of an entry by its words alone, kept for whoever asks for it next."""
    return _read(entry, active().folder)


@lru_cache(maxsize=READ_BEFORE)
def _read(entry: Entry, _topic: Path) -> Fingerprint:
    return fingerprint_of(entry)


def marked(read: Iterable[Fingerprint], key: str) -> frozenset[str]:
    """What the marks of headlines say under a key of `classifiers.stories.headline_acts`."""
    marks = (mark.partition("=") for each in read for mark in each.act)
    return frozenset(value for name, _, value in marks if name == key)


def are_other_words(said: Iterable[str], told: Iterable[str], *, is_same: bool, known: float = KNOWN) -> bool:
    """Whether a headline says something else than what was told: less than the share ``known`` of its words stood
    there, of fewer than three none. Of the same event words of a language in which nothing was told are a
    translation."""
    before, words = frozenset(told), frozenset(said)
    if is_same:
        languages = {_language(word) for word in before}
        words = frozenset(word for word in words if _language(word) in languages)
    if len(words) < LEAST_WORDS:
        return not is_same and bool(words) and words.isdisjoint(before)
    return len(words & before) < known * len(words)


def _language(word: str) -> str:
    return word.partition(":")[0]


def in_words(terms: Iterable[str], *, things: bool = True) -> list[str]:
    """The first of the terms as a reader knows them, names before ``things``, which can be left out. Acts, offices
    and people have no words here, nor has the focus of the topic, which every story names."""
    ordered = sorted((term for term in terms if things or term[:1] == NAME), key=lambda term: (term[:1] != NAME, term))
    return list(dict.fromkeys(filter(None, map(_word, ordered))))[:MOST_NAMED]


def _word(term: str) -> str:
    mark, told = term[:1], term[1:]
    if mark == CONCEPT:
        return things_in_words().get(told, "")
    if told in active().partners:
        return partner_name(told)
    return display_name(told) if name_kinds().get(told) in SHOWN and told != active().focus_actor.id else ""


def _words(read: Fingerprint) -> frozenset[str]:
    return frozenset(f"{read.language}:{term}" for term in read.title if term[:1] not in MARKS)


def _named(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(term for term in terms if term[:1] in (NAME, CONCEPT))

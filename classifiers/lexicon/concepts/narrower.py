"""What a text names more exactly than the glossary does: kinds of things, as an English sentence calls them.

They stand in ``narrower.toml``, and in a file of the same name in a topic's folder; what compares texts knows nothing
of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from classifiers.lexicon.aliases import Alias, alias_of
from classifiers.lexicon.concepts.read import FOLDER, folded_form, match_of
from classifiers.lexicon.mentions import Matcher
from classifiers.text.toml_text import read_toml
from classifiers.topics.active import active, by_topic

FILE = "narrower.toml"


class Narrower(NamedTuple):
    """A kind of thing at [start, end) of a text: its id, what English calls it, and the concept in whose place it
    stands, or ""."""

    id: str
    name: str
    of: str
    start: int
    end: int


def narrower_in(text: str, folded: str, language: str) -> list[Narrower]:
    """The kinds that a text of that language names, by position."""
    found = _matcher(language).find(text, folded)
    return [Narrower(id_, *_named(id_), start, end) for start, end, alias in found for id_ in alias.codes]


def _named(id_: str) -> tuple[str, str]:
    row = _rows()[id_]
    return row["name"], row.get("of", "")


@by_topic
def _rows() -> Mapping[str, Mapping[str, Any]]:
    own = active().folder / FILE
    rows: dict[str, Mapping[str, Any]] = read_toml(FOLDER / FILE)
    return rows | (read_toml(own) if own.is_file() else {})


@by_topic
def _matcher(language: str) -> Matcher:
    return Matcher(_aliases(language))


def _aliases(language: str) -> Iterator[Alias]:
    for id_, row in _rows().items():
        for form in row.get(language, ()):
            yield alias_of(folded_form(form), id_, language, match_of(language))

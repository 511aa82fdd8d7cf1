"""A small world for the tests of training: enough examples of both kinds, made by rule, no news."""

from __future__ import annotations

from datetime import UTC, datetime

from classifiers.relevance.examples import Example
from db.records import Entry

PARTNERS = ("China", "Iran", "North Korea", "Belarus", "India")
RELEVANT = (
    "Russia and {} sign a defence pact",
    "{} ships ammunition to Russia by rail",
    "Putin welcomes the leader of {} for talks on arms",
    "Russia sells oil to {} at a discount",
    "Joint naval drills of Russia and {} begin",
)
OTHER = (
    "Russia loses to {} in the football championship",
    "US, Russia and {} among the nations at the tournament",
    "Earthquake felt in {} while Russia reports a cold winter",
    "The film festival shows works from France, Russia and {}",
    "Markets: shares fall in {}, rouble steady in Russia",
)


def small_examples() -> list[Example]:
    """Fifty examples, half of them relevant, each in a group of its own pattern and partner."""
    made: list[Example] = []
    for relevant, patterns in ((True, RELEVANT), (False, OTHER)):
        for number, pattern in enumerate(patterns):
            for partner in PARTNERS:
                name = f"{relevant}-{number}-{partner}"
                made.append(Example(name, pattern.format(partner), "en", relevant, name))
    return made


def small_entry(number: int, title: str) -> Entry:
    """An English entry of that number, published as the year 2026 began."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Entry(number, 1, "Example", "press", "", title, "", "", "", "", "en", moment, "stated", moment)

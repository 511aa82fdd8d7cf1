"""The actors of the topic that a text names, and which of them have no part in the tie."""

from __future__ import annotations

from classifiers.lexicon.mentions import Mention, find_actors
from classifiers.text.fold import fold
from classifiers.topics.active import active
from classifiers.topics.read import Actor

OUTSIDE = ("third", "opponent")
"""Roles of those who have no part in the tie."""


def mentions_of_actors(text: str, language: str) -> list[Mention]:
    """Where a text names actors of the topic, in its order."""
    actors = active().actors
    return [each for each in find_actors(text, fold(text), language) if each.code in actors]


def actors_in(text: str, language: str) -> list[Actor]:
    """The actors of the topic that a text names, in its order."""
    return [active().actors[each.code] for each in mentions_of_actors(text, language)]


def names_outsider(text: str, language: str) -> bool:
    """Whether a text names somebody who has no part in the tie."""
    return any(each.role in OUTSIDE for each in actors_in(text, language))

"""What a headline tells besides its words: which acts, of whom it speaks, whom it names first, whether it only
comments.

Two headlines about one visit share every name; by the act they tell, and by whom they begin with, they can be told
apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from classifiers.lexicon.analysis import WAR_FRAME
from classifiers.lexicon.concepts.told_acts import told_acts
from classifiers.lexicon.mentions import Mention
from classifiers.lexicon.names.read import name_kinds
from classifiers.stories.forms import form_of

DOES, SIDE, HEAD = "does", "side", "head"
"""The keys of a concept whose act a verb tells, of an actor, or a person who speaks for none, and of the one named
first."""
COMMENTS = "comments"
"""An opinion or an explainer, by its headline or the section of its address."""
PEOPLE = "people"
_COMMENTING = ("opinion", "explainer")


def headline_acts(
    title: str, link: str, language: str, actors: Sequence[Mention], names: Sequence[tuple[int, int, str]]
) -> Iterator[str]:
    """The marks of a headline with these mentions of actors and names of the table [start, end, id)."""
    yield from {f"{DOES}={each.concept}" for each in told_acts(title, language)}
    if form_of(title, link) in _COMMENTING:
        yield COMMENTS
    named = _sides(actors, names)
    yield from {f"{SIDE}={name}" for _, _, name in named}
    yield from {f"{HEAD}={name}" for start, _, name in named if start < named[0][1]}


def _sides(actors: Sequence[Mention], names: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Who is named, in order: a leader stands for the state, so that it is the same whichever of the two is named."""
    found = [(each.start, each.end, each.code) for each in actors if each.code != WAR_FRAME]
    kinds = name_kinds()
    for start, end, name in names:
        if kinds.get(name) == PEOPLE and not any(start < stop and begin < end for begin, stop, _ in found):
            found.append((start, end, name))
    return sorted(found)

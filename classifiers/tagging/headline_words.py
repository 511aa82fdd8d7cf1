"""The keywords of a headline, in English and in its own order: who is named in it, what, and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from classifiers.lexicon.concepts.narrower import narrower_in
from classifiers.lexicon.concepts.read import acts, named_in, others, things
from classifiers.lexicon.mentions import Mention, find_actors
from classifiers.lexicon.names.read import name_kinds, name_matcher, within_sentence
from classifiers.text.figure_bounds import bound_of
from classifiers.text.figure_words import in_words
from classifiers.text.figures import stored
from classifiers.text.fold import fold, word_end
from classifiers.topics.active import active, by_topic
from db.records.tags import Quantity

WHO, WHAT, FIGURE, OWNED = "who", "what", "figure", "owned"
PARTIES, PEOPLE, PLACES = "parties", "people", "places"
"""Sections of the table of names."""
BESIDE = 3
"""Characters between an office and who holds it: a space, a mark."""
PASSING = frozenset(("days", "weeks", "months", "years", "times", "hours"))
"""What is counted in passing and tells nothing of the act."""


class Word(NamedTuple):
    """A keyword: where it stands, how English calls it, of what ``kind`` it is (``OWNED``: a thing with whose it is);
    its ``id`` is that of the actor whom a name stands for, or of the concept of which a thing is a kind."""

    start: int
    end: int
    text: str
    kind: str
    id: str

    def overlaps(self, other: Word) -> bool:
        """Whether they share a letter."""
        return self.start < other.end and other.start < self.end

    def is_within(self, other: Word) -> bool:
        """Whether it stands inside another."""
        return other.start <= self.start and self.end <= other.end

    def is_beside(self, other: Word, gap: int = BESIDE) -> bool:
        """Whether no more than ``gap`` characters stand between the two."""
        return max(self.start, other.start) - min(self.end, other.end) <= gap


def names_in(text: str, language: str) -> list[Word]:
    """Who and where is named in a text, by position; people and places stand before the actors for whom they stand,
    since they name them more exactly, and so do states before the groups of states that the topic makes of them."""
    folded, kinds = fold(text), name_kinds()
    mentions = [each for each in find_actors(text, folded, language) if each.code in active().actors]
    exact = [
        Word(start, word_end(folded, end), within_sentence(name), WHO, _actor_at(mentions, start, end))
        for start, end, alias in name_matcher().find(text, folded)
        if kinds.get(name := alias.codes[0]) in (PEOPLE, PLACES)
        or _is_of_a_group(name, _actor_at(mentions, start, end))
    ]
    actors = active().actors
    found = [Word(each.start, word_end(folded, each.end), actors[each.code].name, WHO, each.code) for each in mentions]
    return sorted([*exact, *(each for each in found if not any(each.overlaps(one) for one in exact))])


def is_person(word: Word) -> bool:
    """Whether a name is that of a person."""
    return word.text in _shown(PEOPLE)


def is_place(word: Word) -> bool:
    """Whether a name is that of a place."""
    return word.text in _shown(PLACES)


def things_in(text: str, language: str) -> list[Word]:
    """What is named in a text: kinds before the concepts that they are kinds of, longer words before shorter ones."""
    folded = fold(text)
    narrower = [
        Word(each.start, each.end, each.name, WHAT, each.of or each.id) for each in narrower_in(text, folded, language)
    ]
    named = others() | things() | acts()
    concepts = [
        Word(start, end, named[concept], WHAT, concept)
        for concept, start, end in named_in(text, folded, language)
        if concept in named
    ]
    kept: list[Word] = []
    for each in (*sorted(narrower, key=_longest_first), *sorted(concepts, key=_longest_first)):
        if not any(each.overlaps(one) for one in kept):
            kept.append(each)
    return sorted(each for each in kept if each.text)


def figures_in(text: str, language: str, quantities: Iterable[Quantity]) -> Iterator[Word]:
    """The figures of a text that count something, of ``quantities`` whose spans are those of this text and of what
    follows it; those that are denied left out."""
    for each in quantities:
        figure = None if each.negated or each.counted in PASSING or not each.spans else stored(each)
        if figure and (each.unit or each.counted) and each.spans[0][1] <= len(text):
            bound = bound_of(fold(text), *each.spans[0], language)
            yield Word(*each.spans[0], f"{bound} {in_words(figure)}".lstrip(), FIGURE, each.counted)


def _longest_first(word: Word) -> tuple[int, int]:
    return word.start - word.end, word.start


def _actor_at(mentions: Sequence[Mention], start: int, end: int) -> str:
    return next((each.code for each in mentions if each.start < end and start < each.end), "")


def _is_of_a_group(name: str, actor: str) -> bool:
    """Whether a name of a state stands for a group of states, which has no name of its own in the table."""
    kinds = name_kinds()
    return kinds.get(name) == PARTIES and actor in active().partners and actor not in kinds


@by_topic
def _shown(section: str) -> frozenset[str]:
    """The names of a section as a sentence has them."""
    return frozenset(within_sentence(name) for name, kind in name_kinds().items() if kind == section)

"""What is compared of two stories of a day to tell whether they report one event: who, what, where, in which roles, the
same in every language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from classifiers.lexicon.concepts.read import things
from classifiers.lexicon.concepts.told_acts import SAYING
from classifiers.lexicon.names.read import name_kinds
from classifiers.stories.constraints import contradict
from classifiers.stories.fingerprint import PARTIES, Fingerprint, fingerprint_of
from classifiers.stories.headline_acts import DOES, HEAD, PEOPLE, SIDE
from classifiers.topics.active import active
from db.records import Entry, ScoredEntry
from flows.digest.compose.matters import is_telling
from flows.digest.compose.story import Story
from flows.digest.compose.subjects import CONCEPT, NAME

NUMBER = "#"
COMPARED = (NAME, CONCEPT, NUMBER)
"""How the terms begin that are the same in every language."""
READ_BEFORE = 2048
"""Entries whose fingerprints are kept: more than a day brings flagged ones."""
DENIED = "denied"
Terms = frozenset[str]


@dataclass(frozen=True, slots=True)
class EventView:
    """``headline`` and ``named`` are terms of headlines, and of headlines and first lines; ``telling`` those of headlines
    that are a matter of their own. ``sides`` are the actors in headlines, ``heads`` those named first, ``deeds`` the
    concepts that verbs tell, what is said left out, ``roles`` are "giver>receiver" as sentences say it."""

    headline: Terms
    named: Terms
    telling: Terms
    sides: Terms
    heads: Terms
    deeds: Terms
    roles: Terms
    partners: Terms
    fingerprints: tuple[Fingerprint, ...]
    is_comment: bool
    is_denied: bool
    is_response: bool

    @property
    def people(self) -> Terms:
        """Persons in headlines."""
        return _of_kind(self.headline, PEOPLE)

    @property
    def places(self) -> Terms:
        """Places in headlines."""
        return _of_kind(self.headline, "places")

    @property
    def others(self) -> Terms:
        """States and groups in headlines beside the focus and its partners."""
        topic = active()
        return _of_kind(self.headline, PARTIES) - {f"{NAME}{each}" for each in (*topic.partners, topic.focus_actor.id)}

    @property
    def things(self) -> Terms:
        """Concepts in headlines of what acts are about."""
        return frozenset(term for term in self.headline if term[:1] == CONCEPT and term[1:] in things())


def view_of(story: Story) -> EventView:
    """What is compared of a story."""
    read = [read_entry(each.entry) for each in story.members]
    counted = Counter(term for each in read for term in each.title)
    headline = _compared(term for term in counted if term in read[0].title or 2 * counted[term] >= len(read))
    marks = frozenset(mark for each in read for mark in each.act)
    frames = [frame for each in story.members for frame in each.score.tags.frames[:1]]
    return EventView(
        headline=headline,
        named=_compared(term for each in read for term in each.title | each.lead),
        telling=frozenset(filter(is_telling, headline)),
        sides=_marked(marks, SIDE),
        heads=_marked(marks, HEAD),
        deeds=_marked(marks, DOES) - SAYING,
        roles=frozenset(
            f"{each.giver}>{each.receiver}" for each in frames if each.kind == "transfer" and each.certainty == "read"
        ),
        partners=frozenset(partner for each in read for partner in each.parties),
        fingerprints=tuple(read),
        is_comment=story.is_comment,
        is_denied=any(each.denies for each in read) or any(each.vouching == DENIED for each in frames),
        is_response=2 * sum(_responds(each) for each in story.members) >= len(story.members),
    )


def are_apart(one: EventView, other: EventView) -> bool:
    """Whether what the two name forbids that they are one event: other people, other third parties, places or deeds,
    other numbers of the same, other roles, or a denial of what the other says."""
    named = (
        (one.people, other.people), (one.others, other.others), (one.places, other.places),
        (one.deeds, other.deeds), (one.roles, other.roles),
    )  # fmt: skip
    if one.is_denied != other.is_denied or any(are_other(*pair) for pair in named):
        return True
    return any(contradict(a, b) for a in one.fingerprints for b in other.fingerprints)


def are_other(one: Terms, other: Terms) -> bool:
    """Whether both name something, and nothing that the other names."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def names_others(one: EventView, other: EventView) -> bool:
    """Whether an actor in the headlines of one is not even named in the other: who joins may answer."""
    return not (_actors(one) <= _known(other) and _actors(other) <= _known(one))


def _actors(view: EventView) -> Collection[str]:
    return view.sides


def _known(view: EventView) -> frozenset[str]:
    return view.sides | {term[1:] for term in view.named if term[:1] == NAME}


def read_entry(entry: Entry) -> Fingerprint:
    """The fingerprint of an entry by its words alone, kept for whoever asks for it next."""
    return _read(entry, active().folder)


@lru_cache(maxsize=READ_BEFORE)
def _read(entry: Entry, _topic: Path) -> Fingerprint:
    return fingerprint_of(entry)


def _responds(scored: ScoredEntry) -> bool:
    return any(tag.kind == "response" for tag in scored.score.tags.tags)


def _marked(marks: Iterable[str], key: str) -> Terms:
    return frozenset(mark.partition("=")[2] for mark in marks if mark.startswith(f"{key}="))


def _compared(terms: Iterable[str]) -> Terms:
    return frozenset(term for term in terms if term[:1] in COMPARED)


def _of_kind(terms: Terms, kind: str) -> Terms:
    kinds = name_kinds()
    return frozenset(term for term in terms if term[:1] == NAME and kinds.get(term[1:]) == kind)

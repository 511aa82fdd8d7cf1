"""What is compared of two stories of a day to tell whether they report one event: who, what, where, in which roles, the
same in every language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from classifiers.lexicon.concepts.read import things
from classifiers.lexicon.concepts.told_acts import SAYING
from classifiers.lexicon.members import members_in, read_members
from classifiers.lexicon.names.read import name_kinds
from classifiers.stories.constraints import contradict
from classifiers.stories.exchanged import exchanged
from classifiers.stories.fingerprint import PARTIES, Fingerprint
from classifiers.stories.headline_acts import DOES, HEAD, PEOPLE, SIDE
from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from db.records import ScoredEntry
from flows.digest.compose.matters import is_telling
from flows.digest.compose.story import Story
from flows.digest.compose.subjects import CONCEPT, NAME, marked, read_entry

NUMBER = "#"
COMPARED = (NAME, CONCEPT, NUMBER)
"""How the terms begin that are the same in every language."""
DENIED = "denied"
NOT_YET = ("sought", "planned")
ANSWERED = 3
"""Who answers, to whom, and who is helped or struck thereby: of so many sides there are few answers in a day."""
Terms = frozenset[str]


@dataclass(frozen=True, slots=True)
class EventView:
    """``headline`` and ``named`` are the terms of the lead's headline or half of all, and of all headlines and first
    lines; ``telling`` those of the former that are a matter of their own. ``sides`` are the actors in headlines,
    ``heads`` those named first, ``deeds`` the concepts that verbs tell, what is said left out, ``roles`` are
    "giver>receiver" as sentences say it, ``partners`` those that
    headlines and first lines name, ``tied`` those with which the reports are tagged, ``members`` those (group, member)
    of groups of partners that headlines name.
    """

    headline: Terms
    named: Terms
    telling: Terms
    sides: Terms
    heads: Terms
    deeds: Terms
    roles: Terms
    partners: Terms
    tied: Terms
    members: frozenset[tuple[str, str]]
    fingerprints: tuple[Fingerprint, ...]
    is_comment: bool
    is_denied: bool
    is_response: bool
    is_to_come: bool

    @property
    def matter(self) -> Terms:
        """Those of ``telling`` that are no acts: places and things."""
        return frozenset(term for term in self.telling if term[:1] == NAME or term[1:] in things())

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
    def answer(self) -> tuple[Terms, Terms] | None:
        """Who answers what beside which third party, the focus left out; None where no answer to a deed is told, or
        none that concerns a third."""
        sides = self.sides - {active().focus_actor.id}
        return (sides, self.roles) if self.is_response and self.roles and len(sides) >= ANSWERED else None

    @property
    def things(self) -> Terms:
        """Concepts in headlines of what acts are about."""
        return frozenset(term for term in self.headline if term[:1] == CONCEPT and term[1:] in things())


def view_of(story: Story) -> EventView:
    """What is compared of a story."""
    read = [read_entry(each.entry) for each in story.members]
    counted = Counter(term for each in read for term in each.title)
    headline = _compared(term for term in counted if term in read[0].title or 2 * counted[term] >= len(read))
    frames = [frame for each in story.members for frame in each.score.tags.frames[:1]]
    return EventView(
        headline=headline,
        named=_compared(term for each in read for term in each.title | each.lead),
        telling=frozenset(filter(is_telling, headline)),
        sides=marked(read, SIDE),
        heads=marked(read, HEAD),
        deeds=marked(read, DOES) - SAYING,
        roles=frozenset(
            f"{each.giver}>{each.receiver}" for each in frames if each.kind == "transfer" and each.certainty == "read"
        ),
        tied=frozenset(story.partners) - {OTHER},
        partners=frozenset(partner for each in read for partner in each.parties),
        members=frozenset(each for scored in story.members for each in members_named(scored)),
        fingerprints=tuple(read),
        is_comment=story.is_comment,
        is_denied=any(each.denies for each in read) or any(each.vouching == DENIED for each in frames),
        is_to_come=bool(frames) and all(each.phase in NOT_YET for each in frames),
        is_response=2 * sum(_responds(each) for each in story.members) >= len(story.members),
    )


def are_apart(one: EventView, other: EventView) -> bool:
    """Whether what the two name forbids that they are one event: other partners, other people, other third parties,
    other members of a group of partners, other places or deeds, other numbers of the same, other roles, or a denial of
    what the other says."""
    named = (
        (one.people, other.people), (one.others, other.others), (one.places, other.places),
        (one.deeds, other.deeds), (one.roles, other.roles), (one.tied, other.tied),
    )  # fmt: skip
    if one.is_denied != other.is_denied or are_other_members(one.members, other.members):
        return True
    if any(are_other(*pair) for pair in named):
        return True
    return any(_contradict(a, b) for a in one.fingerprints for b in other.fingerprints)


def _contradict(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether they count the same otherwise, or say of something else what the other says."""
    return contradict(one, other) or (
        one.language == other.language and exchanged(one.words, other.words, one.language)
    )


def are_other(one: Terms, other: Terms) -> bool:
    """Whether both name something, and nothing that the other names."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def members_named(scored: ScoredEntry) -> frozenset[tuple[str, str]]:
    """(group, member) of each member of a group of partners that the headline names."""
    title, language = scored.entry.title, scored.score.language
    groups = [each for each in read_members().pieces if each in scored.score.partners]
    return frozenset((group, member) for group in groups for member in members_in(group, title, language))


def are_other_members(one: Collection[tuple[str, str]], other: Collection[tuple[str, str]]) -> bool:
    """Whether both name members of one group, and none that the other does."""
    groups = {group for group, _ in one} & {group for group, _ in other}
    return bool(groups) and set(one).isdisjoint(other)


def names_others(one: EventView, other: EventView) -> bool:
    """Whether an actor in the headlines of one is not even named in the other: who joins may answer."""
    return not (one.sides <= _known(other) and other.sides <= _known(one))


def _known(view: EventView) -> frozenset[str]:
    return view.sides | {term[1:] for term in view.named if term[:1] == NAME}


def _responds(scored: ScoredEntry) -> bool:
    return any(tag.kind == "response" for tag in scored.score.tags.tags)


def _compared(terms: Iterable[str]) -> Terms:
    return frozenset(term for term in terms if term[:1] in COMPARED)


def _of_kind(terms: Terms, kind: str) -> Terms:
    kinds = name_kinds()
    return frozenset(term for term in terms if term[:1] == NAME and kinds.get(term[1:]) == kind)

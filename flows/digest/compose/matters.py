"""Whether a story takes up the matter of one that was told: that both are of one state says little."""

from __future__ import annotations

from collections.abc import Iterable

from classifiers.lexicon.concepts.read import acts, things
from classifiers.lexicon.names.read import name_kinds
from classifiers.stories.fingerprint import PARTIES
from classifiers.tagging.joint_acts import contacts
from classifiers.text.languages import function_words
from classifiers.topics.active import active
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import act_of, has
from flows.digest.compose.subjects import CONCEPT, NAME, Subjects
from flows.digest.content.story import Trace

TELLING_KINDS = ("places", "things")
"""The sections of the table of names whose names are a matter of their own (a group, an accord, a port); parties and
their leaders stand in matters of every kind."""
PEOPLE = "people"
ENOUGH = 2
"""So much in common is a matter."""
STEM = 4
"""Letters by which a word is known to be that of a concept."""
CONTACTS = frozenset(("a visit", "a meeting"))
"""What acts are called that are one: who arrives meets."""
CONTACT = f"{CONCEPT}visit"
VAGUE = frozenset(("ask", "border", "mercenary", "sanction", "sanctions", "war", "warn"))
"""What stands in matters of every kind, as a concept and as a name."""


NOTHING = ("ask", "war")
"""What stands in so many that two of them have nothing in common by it."""


def is_of_one_matter(story: Story, earlier: Trace) -> bool:
    """Whether the headline of the ``story`` shares with what was told `ENOUGH` of acts, things, places, leaders and
    words of the same language; that the same side gives is as much as one. True beside editions of older
    versions, which do not say what they named.

    Chosen on 96 links of real days, read by one person: of 21 that are no one matter 1 stays, of 20 that share a broad
    subject 5, of 55 that are one matter 33; where one of them is enough 6, 11 and 44. On 508 others, read by two: of 53
    10, of 80 35, of 375 251 (decision 0096). A story whose link falls is told as new, which is no false word. Where one
    gives what the other received, one more is asked: what is paid for a thing is seldom told as its consequence (of 257
    links of real days it parts two, both loose).
    """
    if earlier.subjects is None:
        return True
    asked = ENOUGH + _has_sides_exchanged(story, earlier)
    return _shared(story.subjects, earlier.subjects, earlier.words) + _has_same_sides(story, earlier) >= asked


def are_of_one_matter(story: Story, other: Story) -> bool:
    """The same of two stories of one edition and one thread, where one thing, two leaders, or two states and whatever
    else both name are enough. Of 91 pairs of real days that two states alone had joined, one reader calls 22 of the 38
    that name something else one matter, and 12 of the 53 that do not. Where one names two people or more and two sides,
    of whom the other names none, and the headlines no thing in common, these people have a matter of their own."""
    one, two = story.subjects, other.subjects
    both = one.headline & two.headline
    if not any(map(is_telling, both)) and (_are_others(one, two) or _are_others(two, one)):
        return False
    states = [term for term in both if name_kinds().get(term[1:]) == PARTIES]
    alone = sum(map(_is_person, both))
    alike = max(_shared(one, _told(two), two.words), _shared(two, _told(one), one.words))
    if alike >= ENOUGH or alike > alone:
        return True
    is_beside = _only_comments(story, two) or _only_comments(other, one) or _act_together(story, other)
    return len(states) >= ENOUGH and (is_beside or _name_more(one, two))


def _told(subjects: Subjects) -> frozenset[str]:
    """What it names; a contact only where its headline does, since a text has somebody visit in passing."""
    held = (term for term in subjects.all if acts().get(term[1:]) not in CONTACTS or term in subjects.headline)
    return frozenset(held)


def _act_together(story: Story, other: Story) -> bool:
    """Whether the headlines of both tell an act, and what the same partners and the focus do together in mere
    contact."""
    both = (story, other)
    kinds = {frame.kind for each in both for frame in each.lead.score.tags.frames[:1]}
    through = {each.lead.score.tags.values("channel")[:1] for each in both}
    deeds = acts().keys() | contacts().of.keys()
    told = all(any(term[1:] in deeds for term in each.subjects.headline) for each in both)
    return (
        told and set(story.partners) == set(other.partners) and (kinds, through) == ({"joint"}, {(active().contact,)})
    )


def _only_comments(story: Story, subjects: Subjects) -> bool:
    """Whether a story answers or comments, and its headline names nobody and nothing that the other does not."""
    own = story.subjects.headline - subjects.all
    return (story.is_comment or has(story, "response")) and not any(
        is_telling(term) or _is_person(term) for term in own
    )


def _name_more(one: Subjects, two: Subjects) -> bool:
    """Whether the headline of one names a concept or a name, a state apart, that is told by the other."""
    shared = (one.headline & two.all) | (two.headline & one.all)
    return any(name_kinds().get(term[1:]) != PARTIES and term[1:] not in NOTHING for term in shared)


def _are_others(one: Subjects, other: Subjects) -> bool:
    people = frozenset(filter(_is_person, one.headline))
    known = other.sides | {term[1:] for term in other.all}
    return len(people) >= ENOUGH <= len(one.sides - known) and people.isdisjoint(other.all)


def _has_same_sides(story: Story, earlier: Trace) -> bool:
    sides, told = _sides(story), earlier.act
    return sides is not None and told is not None and sides == (told.giver, told.receiver)


def _has_sides_exchanged(story: Story, earlier: Trace) -> bool:
    sides, told = _sides(story), earlier.act
    return sides is not None and told is not None and sides == (told.receiver, told.giver)


def _sides(story: Story) -> tuple[str, str] | None:
    """Who gives and who receives, None where the story tells no such act."""
    act = act_of(story)
    return (act.giver, act.receiver) if act is not None and act.giver and act.receiver else None


def _shared(said: Subjects, named: Iterable[str], words: Iterable[str]) -> int:
    """How much of a headline is in what was named: a thing counts once, as a name, a concept and a word."""
    both = _alike(said.headline) & _alike(named)
    telling = {term[1:] for term in both if is_telling(term)}
    begun = {each[:STEM] for each in telling}
    stems = {word.partition(":")[2] for word in said.said & frozenset(words)} - function_words()
    return len(telling) + sum(each[:STEM] not in begun for each in stems) + sum(map(_is_person, both))


def _alike(terms: Iterable[str]) -> frozenset[str]:
    """The terms, those of a contact as one."""
    return frozenset(CONTACT if acts().get(term[1:]) in CONTACTS else term for term in terms)


def _is_person(term: str) -> bool:
    return term[:1] == NAME and name_kinds().get(term[1:]) == PEOPLE


def is_telling(term: str) -> bool:
    mark, told = term[:1], term[1:]
    if told in VAGUE:
        return False
    return told in acts() or told in things() if mark == CONCEPT else name_kinds().get(told) in TELLING_KINDS

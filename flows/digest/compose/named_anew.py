"""What a story names, and which deeds it tells, that no report told before has."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.lexicon.concepts.read import acts as deeds
from flows.digest.compose.matters import NOTHING
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import act_of
from flows.digest.compose.subjects import CONCEPT, NAME
from flows.digest.content.story import ToldAct, Trace

OF_EVERY_MATTER = frozenset(f"{mark}{told}" for mark in (NAME, CONCEPT) for told in NOTHING)
"""What may stand in a headline of any matter and makes none new."""


def names_anew(story: Story, before: Sequence[Trace]) -> bool:
    """Whether its headlines name a deed, or anybody or anything, that none of the reports told before has named, though
    it may be in passing: such a story is no repetition."""
    told, now = acts_of(before), act_of(story)
    if new_subjects(story, before):
        return True
    if now is None or not told:
        return False
    done, coming = [each.deeds for each in told], [(*each.deeds, *each.coming) for each in told]
    sides = [(each.giver, each.receiver) for each in told]
    return any((*unsaid(now.deeds, done), *unsaid(now.coming, coming), *unsaid((now.giver, now.receiver), sides)))


def new_subjects(story: Story, before: Sequence[Trace]) -> frozenset[str]:
    """What the headline names that none of the reports told before has named; nothing beside editions of older
    versions, which do not say what they named."""
    if any(each.subjects is None for each in before):
        return frozenset()
    told = named_in(before) | OF_EVERY_MATTER
    done = {deeds().get(term[1:]) for term in told} - {None}  # one act has several words: talks, a meeting
    return frozenset(term for term in story.subjects.headline - told if deeds().get(term[1:]) not in done)


def named_in(before: Sequence[Trace]) -> frozenset[str]:
    """What the reports told before have named."""
    return frozenset(term for each in before for term in each.subjects or ())


def acts_of(before: Sequence[Trace]) -> list[ToldAct]:
    """The acts that they were told with."""
    return [each.act for each in before if each.act is not None]


def unsaid(told: Sequence[str], earlier: Sequence[Sequence[str] | set[str]]) -> list[str]:
    """Those of what is ``told`` that stand in none of the ``earlier`` ones."""
    before = {value for each in earlier for value in each}
    return [value for value in told if value not in before]

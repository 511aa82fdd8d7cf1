"""Whether what an entry reports is an answer of others to a tie, whose own act is then the background."""

from __future__ import annotations

from classifiers.lexicon.concepts.read import acts
from classifiers.tagging.headline_words import names_in, things_in
from classifiers.tagging.joint_acts import Told
from classifiers.tagging.keywords import with_owners
from classifiers.tagging.named_actors import OUTSIDE
from classifiers.topics.active import active
from db.records.tags import Tags


def is_answer(tags: Tags, told: Told) -> bool:
    """Whether others act in the headline, in answer to a transfer that nobody has to vouch for: who stands first in it,
    save as the owner of a thing ("because of its troops"), has no part in the tie. A tie of mere contact has no such
    background: who answers there is part of the same event."""
    frame = tags.frames[0] if tags.frames else None
    if frame is None or frame.kind != "transfer" or frame.vouching != "plain" or not tags.has("response"):
        return False
    if next(iter(tags.values("channel")), "") == active().contact:
        return False
    return any(active().actors[each].role in OUTSIDE for each in first_actors(told))


def first_actors(told: Told) -> list[str]:
    """The actors with whom the headline begins, without those who only own a thing; two, where one word names both."""
    title, language = told.headline, told.language
    named, things = names_in(title, language), things_in(title, language)
    owned = [
        each for each in with_owners(title, language, named, things) if each.kind != "who" and each.id not in acts()
    ]
    free = [each for each in named if each.id in active().actors and not any(each.is_within(one) for one in owned)]
    return [each.id for each in free if each.start == free[0].start]

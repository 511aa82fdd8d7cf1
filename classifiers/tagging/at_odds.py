"""Whether an entry's headline says that the focus and a partner are at odds."""

from __future__ import annotations

from classifiers.lexicon.mentions import find_actors
from classifiers.tagging.joint_acts import Told
from classifiers.tagging.quarrels import quarrels_of
from classifiers.text.fold import fold
from classifiers.text.titles import asks
from classifiers.topics.active import active
from db.records.tags import Tags


def tells_quarrel(tags: Tags, told: Told) -> bool:
    """Whether the headline says by its own words, and does not ask, that the focus and the one partner that it names
    are at odds. The words are those by which the entry was tagged."""
    friction = next((tag for tag in tags.tags if tag.kind == "friction"), None)
    if friction is None or asks(told.headline) or len(partners_in(told)) != 1:
        return False
    tagged_at = {start for start, _ in friction.spans}
    return any(start in tagged_at for start, _ in quarrels_of(told.headline, told.language))


def partners_in(told: Told) -> list[str]:
    """The ids of the partners that the headline names, each once, in its order."""
    named = find_actors(told.headline, fold(told.headline), told.language)
    return list(dict.fromkeys(each.code for each in named if each.code in active().partners))

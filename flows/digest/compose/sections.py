"""Where the stories of an edition stand: those that lead, the new ones by partner, those that go on, and those that
only perhaps belong in it. Within each they keep the common order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from classifiers.topics.active import active
from flows.digest.compose.thread_parts import ThreadStories, with_parts
from flows.digest.content.edition import StoryGroup
from flows.digest.content.story import StoryContent
from flows.digest.display_text import partner_name

LEADING, UNDER_WAY, PERHAPS = "Leading stories", "Under way", "Perhaps"
UNIDENTIFIED = "Partner not identified"


def sections(
    threads: Sequence[ThreadStories], told: Mapping[int, StoryContent], lead_stories: int
) -> tuple[StoryGroup, ...]:
    """The groups, their stories numbered from one on in the order in which they stand."""
    contents = [with_parts(thread, told) for thread in threads]
    sound = [each for each in contents if not each.doubt]
    leading, others = sound[:lead_stories], sound[lead_stories:]
    by_partner: dict[str, list[StoryContent]] = {}
    for each in (story for story in others if not story.is_update):
        by_partner.setdefault(next(iter(each.partner_ids), ""), []).append(each)
    groups = (
        StoryGroup(partner="", name=LEADING, leads=True, stories=tuple(leading)),
        *(_group(partner, by_partner[partner]) for partner in sorted(by_partner, key=_place)),
        _part(UNDER_WAY, (each for each in others if each.is_update)),
        _part(PERHAPS, (each for each in contents if each.doubt)),
    )
    return _numbered(group for group in groups if group.stories)


def _group(partner: str, stories: Sequence[StoryContent]) -> StoryGroup:
    name = partner_name(partner) if partner else UNIDENTIFIED
    return StoryGroup(partner=partner, name=name, stories=tuple(stories))


def _part(name: str, stories: Iterable[StoryContent]) -> StoryGroup:
    part = "perhaps" if name == PERHAPS else "under way"
    return StoryGroup(partner="", name=name, part=part, stories=tuple(stories))  # type: ignore[arg-type]


def _place(partner: str) -> tuple[int, str]:
    """Known partners in their order, then ids that the topic lacks, then stories without any partner."""
    order = list(active().partners)
    if partner in order:
        return order.index(partner), ""
    return len(order) + (not partner), partner


def _numbered(groups: Iterable[StoryGroup]) -> tuple[StoryGroup, ...]:
    numbered, number = [], 0
    for group in groups:
        stories = tuple(replace(each, number=number + place) for place, each in enumerate(group.stories, 1))
        number += len(stories)
        numbered.append(replace(group, stories=stories))
    return tuple(numbered)

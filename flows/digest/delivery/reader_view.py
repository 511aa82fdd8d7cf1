"""Views: what one reader wishes to see of an edition. A pure function of the edition's content and the wishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from flows.config.settings import RecipientSettings
from flows.digest.content.edition import Counts, EditionContent, StoryGroup
from flows.digest.content.story import BriefStory
from flows.digest.display_text import one_line, partner_name

AnyStory = TypeVar("AnyStory", bound=BriefStory)
WHOLE_WEEK = "Claims, charts and counts are those of the whole week."
WHOLE = "Overview, charts and claims are those of the whole edition."


def view(content: EditionContent, reader: RecipientSettings) -> EditionContent:
    """The content with the stories that the reader wishes to see, wherever they stand, and a line that says how many
    there are in all. The counts are those of what is left; the coverage in the footer stays whole.

    A wish that the edition cannot answer (channels, where its stories carry none) hides nothing, and that is said.
    """
    if not wishes(reader):
        return content
    can_channels = any(story.channels for story in stories(content))
    kept = _pruned(content, reader, can_channels=can_channels)
    kept = replace(kept, counts=_counts(kept), view=wishes(reader))
    whole = WHOLE_WEEK if content.week else WHOLE
    marks = [f"Your part ({kept.view}): {kept.counts.shown} of {content.counts.shown} stories. {whole}"]
    if reader.channels and not can_channels:
        marks.append("This edition names no channels: none were left out for yours.")
    return replace(kept, marks=(*content.marks, *marks))


def wishes(reader: RecipientSettings) -> str:
    """The reader's wishes in words; empty where everything is wished for."""
    told = [
        ", ".join(partner_name(partner) for partner in reader.partners),
        ", ".join(one_line(channel.replace("_", " "), 40) for channel in reader.channels),
        f"at least {100 * reader.min_probability:.0f}%" if reader.min_probability else "",
        f"in {', '.join(one_line(language, 12) for language in reader.language)}" if reader.language else "",
    ]
    return "; ".join(filter(None, told))


def wanted(story: BriefStory, reader: RecipientSettings, *, can_channels: bool = True) -> bool:
    """Whether the story is one that the reader wishes to see."""
    return (
        _meets(reader.partners, story.partner_ids)
        and (not can_channels or _meets(reader.channels, story.channels))
        and story.likelihood >= reader.min_probability
        and _meets(tuple(map(_primary, reader.language)), (_primary(story.language or "und"),))
    )


def stories(content: EditionContent) -> Iterator[BriefStory]:
    """Every story that stands anywhere in the content."""
    yield from content.told()
    yield from content.repeated.stories
    yield from content.late.stories
    yield from content.near


def _meets(wished: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return not wished or not set(wished).isdisjoint(there)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _pruned(content: EditionContent, reader: RecipientSettings, *, can_channels: bool) -> EditionContent:
    """The content without the stories that the reader does not wish to see, and without groups that lose all."""

    def left(told: Iterable[AnyStory]) -> tuple[AnyStory, ...]:
        return tuple(story for story in told if wanted(story, reader, can_channels=can_channels))

    late = left(content.late.stories)
    groups = tuple(filter(_has_stories, (replace(group, stories=left(group.stories)) for group in content.groups)))
    told = {each.entry for group in groups for story in group.stories for each in (story, *story.parts)}
    return replace(
        content,
        groups=groups,
        front=content.front.of(told) if content.front else None,
        week=content.week.of(reader.partners) if content.week else None,
        repeated=replace(content.repeated, stories=left(content.repeated.stories)),
        late=replace(content.late, stories=late, total=len(late), entries=sum(story.entries for story in late)),
        near=left(content.near),
    )


def _has_stories(group: StoryGroup) -> bool:
    return bool(group.stories)


def _counts(kept: EditionContent) -> Counts:
    told = list(kept.told())
    outlets = {name for story in told for name in (story.outlet, *(other.outlet for other in story.others))}
    return replace(
        kept.counts,
        stories=len(told),
        shown=len(told),
        flagged=sum(story.entries + story.part_entries for story in (*told, *kept.late.stories)),
        outlets=len(outlets) + max((story.others_left for story in told), default=0),
    )

"""Updates: which stories earlier editions have told. Nothing is told twice without news, and nothing of weight is left
out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.digest.compose.news import brought, news
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import act_of
from flows.digest.compose.story_tags import figures as figures_of
from flows.digest.content.story import StoryContent, Trace

MOST_NEWS = 3
ALWAYS_TOLD = 3
"""A story that so many report independently in one window is never left out, whatever is new in it."""


@dataclass(frozen=True, slots=True)
class Update:
    """That a story was told before: in the edition ``since`` first, under ``headline``. ``news`` is what is new, in
    words; empty where nothing is, and the story can be left out."""

    since: str
    headline: str
    news: tuple[str, ...]


def trace(story: Story, told: StoryContent) -> Trace:
    """What an edition keeps of a ``story`` that it has ``told``, for those that come after it."""
    return Trace(
        cluster=story.cluster,
        entries=tuple(sorted(each.entry.id for each in story.members)),
        figures=tuple(figures_of(story)),
        headline=told.headline,
        partner_ids=told.partner_ids,
        channels=told.channels,
        claims=told.claims,
        status=told.status,
        numbers=told.numbers,
        origins=told.origins,
        act=act_of(story),
        state_media_only=told.state_media_only,
    )


def update_of(story: Story, told: StoryContent, traces: Sequence[Trace]) -> Update | None:
    """What the ``traces`` (newest first, each with the name of its edition) say of a story that is now ``told`` so;
    None where it was never told."""
    ids = {each.entry.id for each in story.members}
    same = [each for each in traces if _is_same(each, story, ids)]
    if same:
        found = news(story, told, same) or _weight(told)
        return Update(same[-1].edition, same[-1].headline, tuple(found[:MOST_NEWS]))
    taken_up = [each for each in traces if each.cluster is not None and each.cluster == story.thread.follows]
    if taken_up:
        # Another report, by the judgement of the clusterer: news by itself.
        found = brought(story, taken_up)
        return Update(taken_up[-1].edition, taken_up[-1].headline, tuple(found[:MOST_NEWS]))
    return None


def _is_same(trace: Trace, story: Story, ids: set[int]) -> bool:
    return (story.cluster is not None and trace.cluster == story.cluster) or not ids.isdisjoint(trace.entries)


def _weight(told: StoryContent) -> list[str]:
    return [f"{told.origins} more independent reports"] if told.origins >= ALWAYS_TOLD else []

"""Updates: which stories earlier editions have told, and what is new about them. Nothing is told twice without news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifiers.text.figure_words import in_words, shown_again
from classifiers.text.figures import Figure, believable, new_figures, read_figure
from classifiers.topics.read import OTHER
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import figures as figures_of
from flows.digest.content.story import StoryContent, Trace
from flows.digest.display_text import channel_name, claim_name, one_line

MOST_NEWS = 3
NEWS_BY_ITSELF = ("denied", "confirmed", "planned")
GREATER, MORE_ORIGINS = 2, 3
"""A story is news again once it has so many times the origins that it had, and so many more."""


@dataclass(frozen=True, slots=True)
class Update:
    """That a story was told before: in the edition ``since`` first, under ``headline``. ``news`` is what is new, in
    words; empty where nothing is."""

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
    )


def update_of(
    story: Story, told: StoryContent, traces: Sequence[Trace], claim_names: Mapping[str, str]
) -> Update | None:
    """What the ``traces`` (newest first, each with the name of its edition) say of a story that is now ``told`` so;
    None where it was never told."""
    ids = {each.entry.id for each in story.members}
    same = [each for each in traces if _is_same(each, story, ids)]
    if same:
        return Update(same[-1].edition, same[-1].headline, tuple(_news(story, told, same, claim_names)[:MOST_NEWS]))
    taken_up = [each for each in traces if each.cluster is not None and each.cluster == story.thread.follows]
    if taken_up:
        # Another report, by the judgement of the clusterer: news by itself.
        return Update(taken_up[-1].edition, taken_up[-1].headline, tuple(_brought(story)) or ("a new report",))
    return None


def _is_same(trace: Trace, story: Story, ids: set[int]) -> bool:
    return (story.cluster is not None and trace.cluster == story.cluster) or not ids.isdisjoint(trace.entries)


def _news(story: Story, told: StoryContent, same: Sequence[Trace], claim_names: Mapping[str, str]) -> list[str]:
    news = []
    status = told.status
    if status in NEWS_BY_ITSELF and status not in {each.status for each in same}:
        news.append(f"now {status}")
    if figures := new_figures(figures_of(story), [each for before in same for each in _figures(before)]):
        news.append(f"new figures: {', '.join(map(in_words, figures))}")
    if channels := _new(told.channels, [each.channels for each in same]):
        news.append(f"now also about {', '.join(map(channel_name, channels))}")
    if claims := _new(told.claims, [each.claims for each in same]):
        news.append(f"now bears on: {', '.join(claim_name(claim, claim_names) for claim in claims)}")
    before = max(each.origins for each in same)
    if told.origins >= max(GREATER * before, before + MORE_ORIGINS):
        news.append(f"reported by {told.origins} independently, {before} before")
    return news


def _figures(trace: Trace) -> list[Figure]:
    """The figures that a story was told with; where an older version wrote down the words alone, what they say."""
    if trace.figures is not None:
        figures = [believable(figure) for figure in trace.figures]
    else:
        figures = list(map(read_figure, trace.numbers))
    return [figure for figure in figures if figure is not None]


def _new(told: Sequence[str], earlier: Sequence[Sequence[str]]) -> list[str]:
    before = {value for each in earlier for value in each}
    return [value for value in told if value not in before and value != OTHER]


def _brought(story: Story) -> list[str]:
    """What the clusterer found new in a story that takes up another."""
    thread = story.thread
    news = [f"now {one_line(thread.status, 40)}".replace("now no longer", "no longer")] if thread.status else []
    if numbers := [number for number in map(shown_again, thread.numbers) if number]:
        news.append(f"new figures: {one_line(', '.join(numbers), 90)}")
    if thread.names:
        news.append(f"new in it: {one_line(', '.join(thread.names), 90)}")
    return news

"""Updates: which stories earlier editions have told, and what is new about them. Nothing is told twice without news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.text.figure_words import in_words, shown_again
from classifiers.text.figures import Figure, believable, new_figures, read_figure
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import figures as figures_of
from flows.digest.display_text import channel_name, claim_name, one_line

Trace = Mapping[str, Any]
"""What an edition remembers of a story that it told: see `trace`."""
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


def trace(story: Story, told: Mapping[str, Any]) -> dict[str, Any]:
    """What an edition keeps of a ``story`` that it has ``told``, for those that come after it. ``figures`` are the
    ``numbers`` to be compared: [low, high, unit, counted]; editions of older versions have none."""
    kept = ("headline", "partner_ids", "channels", "claims", "status", "numbers", "origins")
    ids = sorted(each.entry.id for each in story.members)
    figures = [list(each) for each in figures_of(story)]
    return {"cluster": story.cluster, "entries": ids, "figures": figures, **{key: told[key] for key in kept}}


def update_of(
    story: Story, told: Mapping[str, Any], traces: Sequence[Trace], claim_names: Mapping[str, str]
) -> Update | None:
    """What the ``traces`` (newest first, each with the name of its edition under ``edition``) say of a story that is
    now ``told`` so; None where it was never told."""
    ids = {each.entry.id for each in story.members}
    same = [each for each in traces if _is_same(each, story, ids)]
    if same:
        return Update(
            same[-1]["edition"], same[-1]["headline"], tuple(_news(story, told, same, claim_names)[:MOST_NEWS])
        )
    taken_up = [each for each in traces if each["cluster"] is not None and each["cluster"] == story.thread.follows]
    if taken_up:
        # Another report, by the judgement of the clusterer: news by itself.
        return Update(taken_up[-1]["edition"], taken_up[-1]["headline"], tuple(_brought(story)) or ("a new report",))
    return None


def _is_same(trace: Trace, story: Story, ids: set[int]) -> bool:
    return (story.cluster is not None and trace["cluster"] == story.cluster) or not ids.isdisjoint(trace["entries"])


def _news(story: Story, told: Mapping[str, Any], same: Sequence[Trace], claim_names: Mapping[str, str]) -> list[str]:
    news = []
    status = told["status"]
    if status in NEWS_BY_ITSELF and status not in {each["status"] for each in same}:
        news.append(f"now {status}")
    if figures := new_figures(figures_of(story), [each for before in same for each in _figures(before)]):
        news.append(f"new figures: {', '.join(map(in_words, figures))}")
    if channels := _new(told, same, "channels"):
        news.append(f"now also about {', '.join(map(channel_name, channels))}")
    if claims := _new(told, same, "claims"):
        news.append(f"now bears on: {', '.join(claim_name(claim, claim_names) for claim in claims)}")
    before = max(each["origins"] for each in same)
    if told["origins"] >= max(GREATER * before, before + MORE_ORIGINS):
        news.append(f"reported by {told['origins']} independently, {before} before")
    return news


def _figures(trace: Trace) -> list[Figure]:
    """The figures that a story was told with; where an older version wrote down the words alone, what they say."""
    if "figures" in trace:
        figures = [believable(Figure(*each)) for each in trace["figures"]]
    else:
        figures = list(map(read_figure, trace["numbers"]))
    return [figure for figure in figures if figure is not None]


def _new(told: Mapping[str, Any], same: Sequence[Trace], key: str) -> list[str]:
    before = {value for each in same for value in each[key]}
    return [value for value in told[key] if value not in before and value != "other"]


def _brought(story: Story) -> list[str]:
    """What the clusterer found new in a story that takes up another."""
    thread = story.thread
    news = [f"now {one_line(thread.status, 40)}".replace("now no longer", "no longer")] if thread.status else []
    if numbers := [number for number in map(shown_again, thread.numbers) if number]:
        news.append(f"new figures: {one_line(', '.join(numbers), 90)}")
    if thread.names:
        news.append(f"new in it: {one_line(', '.join(thread.names), 90)}")
    return news

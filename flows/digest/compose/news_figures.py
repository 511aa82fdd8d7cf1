"""Which figures of a story are news beside those that earlier editions told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from classifiers.tagging.claim_stance import LEAST_MEASURED, PASSING
from classifiers.text.figure_words import in_words as figure_in_words
from classifiers.text.figures import Figure, believable, figure_of, new_figures, read_figure
from classifiers.text.fold import fold
from classifiers.text.numbers.read import numbers_in
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import figures as figures_of
from flows.digest.content.story import Trace

CHANGED = 0.1
"""The share by which a figure must differ from what was told of the same thing to be news."""
SHARE, PEOPLE = "percent", "people"


def new_figures_of(story: Story, before: Sequence[Trace], *, is_same: bool) -> Iterator[str]:
    """The line that names them, if there are any. People in general are the same only in the same event
    (``is_same``): others are not counted beside them."""
    told = [figure for each in before for figure in _told_figures(each)]
    earlier = [each for each in told if is_same or each.counted != PEOPLE]
    counted = [each for each in figures_of(story) if each.counted not in PASSING and not _is_few(each)]
    headline = _in_headline(story)
    found = [
        each
        for each in new_figures(counted, earlier)
        if not _is_near(each, earlier) and (_same_thing(each, earlier) or each in headline)
    ]
    if found:
        yield f"new figures: {', '.join(_beside(each, earlier) for each in found)}"


def _is_few(figure: Figure) -> bool:
    """Whether it counts a few of something: "two leaders on the sending of troops" are two of another kind, and "three
    corvettes and a tug" are the four ships of yesterday."""
    return not figure.unit and figure.high < LEAST_MEASURED


def _in_headline(story: Story) -> set[Figure]:
    lead = story.lead
    return {figure_of(each) for each in numbers_in(fold(lead.entry.title), lead.score.language)}


def _is_near(figure: Figure, told: Sequence[Figure]) -> bool:
    return not figure.is_vague and any(figure.overlaps(each, CHANGED) for each in told if not each.is_vague)


def _beside(figure: Figure, told: Sequence[Figure]) -> str:
    """The figure with the last number that was told of the same thing: "12,000 soldiers, before 3,000"."""
    same = _same_thing(figure, told)
    now = figure_in_words(figure)
    if not same:
        return now
    thing = now.partition(" ")[2]
    return f"{now}, before {figure_in_words(same[0]).removesuffix(thing).rstrip()}"


def _same_thing(figure: Figure, told: Sequence[Figure]) -> list[Figure]:
    """The figures told of the same thing; shares of something are of the same only where it is said of what."""
    if figure.unit == SHARE and not figure.counted:
        return []
    return [each for each in told if (each.unit, each.counted) == (figure.unit, figure.counted) and not each.is_vague]


def _told_figures(trace: Trace) -> list[Figure]:
    """The figures that a story was told with; where an older version wrote down the words alone, what they say."""
    if trace.figures is not None:
        figures = [believable(figure) for figure in trace.figures]
    else:
        figures = list(map(read_figure, trace.numbers))
    return [figure for figure in figures if figure is not None]

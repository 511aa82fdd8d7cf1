"""What is new in a story beside what earlier editions told of it, in words: the steps of the act first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from classifiers.tagging.claim_stance import PASSING
from classifiers.text.figure_words import in_words
from classifiers.text.figures import Figure, believable, new_figures, read_figure
from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import act_of, gloss
from flows.digest.compose.story_tags import figures as figures_of
from flows.digest.content.story import StoryContent, ToldAct, Trace
from flows.digest.display_text import channel_name, one_line, partner_name

NEWS_BY_ITSELF = ("denied", "confirmed", "planned")
STEPS = ("sought", "planned", "under way", "done")
"""Phases in their order. From "under way" to "done" is no step: news tells of one act in both ways."""
BEGUN = STEPS.index("under way")
ENDED = "ended"
CHANGED = 0.1
"""The share by which a figure must differ from what was told of the same thing to be news."""
GREATER, MORE_ORIGINS = 2, 3
"""A story is news again once it has so many times the origins that it had, and so many more."""


def news(story: Story, told: StoryContent, before: Sequence[Trace]) -> list[str]:
    """What is new in a story of which earlier editions told the same event, the weightiest first."""
    acts = [each.act for each in before if each.act is not None]
    now = act_of(story)
    found = list(_steps(now, acts)) if acts and now else list(_status(told, before))
    found += _figures(story, before)
    goods = [channel for channel in told.channels if channel != active().contact]
    if channels := _new(goods, [each.channels for each in before]):
        found.append(f"now also about {', '.join(map(channel_name, channels))}")
    found += _origins(told, before)
    return found


def brought(story: Story, before: Sequence[Trace]) -> list[str]:
    """What a story brings that takes up an earlier one: it is another event, and so news by itself. Where nothing can
    be named beside what was told, its own act in a sentence."""
    acts = [each.act for each in before if each.act is not None]
    thread = story.thread
    found = [f"now {one_line(thread.status, 40)}".replace("now no longer", "no longer")] if thread.status else []
    now = act_of(story)
    found += [each for each in _steps(now, acts) if each not in found] if acts and now else []
    found += _figures(story, before)
    return found or [gloss(story) or "another report"]


def _steps(now: ToldAct, before: Sequence[ToldAct]) -> Iterator[str]:
    """How the act has moved on."""
    if now.vouching in NEWS_BY_ITSELF and now.vouching not in {each.vouching for each in before}:
        yield f"now {now.vouching}"
    if now.phase == ENDED and ENDED not in {each.phase for each in before}:
        yield "now refused or ended"
    yield from _phase(now, before)
    if deeds := _new(now.deeds, [each.deeds for each in before]):
        yield f"now {' and '.join(deeds[:2])}"
    actors = [(each.giver, each.receiver) for each in before]
    if parties := [each for each in _new((now.giver, now.receiver), actors) if each and any(map(any, actors))]:
        yield f"now also {' and '.join(map(partner_name, parties))}"


def _phase(now: ToldAct, before: Sequence[ToldAct]) -> Iterator[str]:
    reached = [STEPS.index(each.phase) for each in before if each.phase in STEPS]
    if now.phase in STEPS and reached:
        here, there = STEPS.index(now.phase), max(reached)
        if here > there and there < BEGUN:
            yield f"now {now.phase}, {STEPS[there]} before"


def _status(told: StoryContent, before: Sequence[Trace]) -> Iterator[str]:
    """The same beside editions that kept one word of status and no act."""
    if told.status in NEWS_BY_ITSELF and told.status not in {each.status for each in before}:
        yield f"now {told.status}"


def _figures(story: Story, before: Sequence[Trace]) -> Iterator[str]:
    earlier = [figure for each in before for figure in _told_figures(each)]
    counted = [each for each in figures_of(story) if each.counted not in PASSING]
    found = [each for each in new_figures(counted, earlier) if not _is_near(each, earlier)]
    if found:
        yield f"new figures: {', '.join(_beside(each, earlier) for each in found)}"


def _is_near(figure: Figure, told: Sequence[Figure]) -> bool:
    return not figure.is_vague and any(figure.overlaps(each, CHANGED) for each in told if not each.is_vague)


def _beside(figure: Figure, told: Sequence[Figure]) -> str:
    """The figure with the last number that was told of the same thing: "12,000 soldiers, before 3,000"."""
    same = [each for each in told if (each.unit, each.counted) == (figure.unit, figure.counted) and not each.is_vague]
    now = in_words(figure)
    if not same:
        return now
    thing = now.partition(" ")[2]
    return f"{now}, before {in_words(same[0]).removesuffix(thing).rstrip()}"


def _told_figures(trace: Trace) -> list[Figure]:
    """The figures that a story was told with; where an older version wrote down the words alone, what they say."""
    if trace.figures is not None:
        figures = [believable(figure) for figure in trace.figures]
    else:
        figures = list(map(read_figure, trace.numbers))
    return [figure for figure in figures if figure is not None]


def _origins(told: StoryContent, before: Sequence[Trace]) -> Iterator[str]:
    if not told.state_media_only and all(each.state_media_only for each in before):
        yield "now told by others than state media"
    most = max(each.origins for each in before)
    if told.origins >= max(GREATER * most, most + MORE_ORIGINS):
        yield f"reported by {told.origins} independently, {most} before"


def _new(told: Sequence[str], earlier: Sequence[Sequence[str]]) -> list[str]:
    before = {value for each in earlier for value in each}
    return [value for value in told if value not in before and value != OTHER]

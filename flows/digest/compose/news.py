"""What is new in a story beside what earlier editions told of it, in words: the steps of the act first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from classifiers.lexicon.names.read import display_name, name_kinds
from classifiers.stories.fingerprint import PARTIES
from classifiers.stories.forms import REPORT, form_of
from classifiers.tagging.claim_stance import LEAST_MEASURED, PASSING
from classifiers.text.figure_words import in_words as figure_in_words
from classifiers.text.figures import Figure, believable, figure_of, new_figures, read_figure
from classifiers.text.fold import fold
from classifiers.text.numbers.read import numbers_in
from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import NOT_YET, OF_THE_ACT, act_of
from flows.digest.compose.story_tags import figures as figures_of
from flows.digest.compose.subjects import CONCEPT, MOST_NAMED, NAME, in_words
from flows.digest.content.story import StoryContent, ToldAct, Trace
from flows.digest.display_text import form_name, one_line, partner_name

NEWS_BY_ITSELF = ("denied", "confirmed", "planned")
STEPS = ("sought", "planned", "under way", "done")
"""Phases in their order. From "under way" to "done" is no step: news tells of one act in both ways."""
BEGUN = STEPS.index("under way")
ENDED, DENIED, CONFIRMED, ALLEGED = "ended", "denied", "confirmed", "alleged"
CHANGED = 0.1
"""The share by which a figure must differ from what was told of the same thing to be news."""
MOST_DEEDS = 2
COLON = re.compile(r"^[^:：]{1,40}[:：]\s")
"""Who stands before it says what follows."""
WAR = f"{CONCEPT}war"
STANDING = frozenset(
    (
        "a ceasefire", "a departure", "a price cap", "a promise", "a refusal", "a threat", "a warrant", "an arrest",
        "an attack", "an election", "an embargo", "an invasion", "casualties", "export controls", "sanctions",
        "tariffs",
    )
)  # fmt: skip
"""Deeds that headlines name long after they were done, in passing: of 60 update lines that a reader judged, those that
called them the news were false. They join a story as things do."""
PEOPLE = ("people", "soldiers", "workers")
GIFTS = ("a delivery", "a deployment")
GREATER, MORE_ORIGINS = 2, 3
"""A story is news again once it has so many times the origins that it had, and so many more."""


def news(story: Story, told: StoryContent, before: Sequence[Trace], *, is_same: bool) -> list[str]:
    """What is new in a story of which earlier editions told the same event (``is_same``) or another of its thread, the
    weightiest first; empty where nothing can be named."""
    form = form_of(story.lead.entry.title)
    found = list(_of_the_act(story, told, before)) if form == REPORT else []
    found += _figures(story, before)
    new = [term for term in _new_subjects(story, before) if not any(_is_named(term, step) for step in found)]
    # Where a step is named, the things in its headline are those of the step.
    if named := [*in_words(new, things=not found), *_standing(story, before)][:MOST_NAMED]:
        found.append(f"now also about {' and '.join(named)}" if form == REPORT else form_name(form))
    # How many report another event says nothing of those who reported the one that was told.
    return found + (list(_origins(told, before)) if is_same else [])


def _of_the_act(story: Story, told: StoryContent, before: Sequence[Trace]) -> Iterator[str]:
    """The steps of the act; those of a live page or an opinion are not to be believed."""
    acts = [each.act for each in before if each.act is not None]
    now, status = act_of(story), story.facts.status
    if status:
        yield f"now {one_line(status, 40)}".replace("now no longer", "no longer")
    steps = _steps(story, now, before) if acts and now else _status(told, before)
    yield from (each for each in steps if each != f"now {status}")


def _is_named(term: str, step: str) -> bool:
    return any(word in step for word in in_words([term]))


def _standing(story: Story, before: Sequence[Trace]) -> list[str]:
    """The deeds that its headlines only speak of, standing or still to come, and that none told before has named."""
    acts = [each.act for each in before if each.act is not None]
    now = act_of(story)
    if now is None or not acts:
        return []
    told = [(*each.deeds, *each.coming) for each in acts]
    spoken_of = (*(deed for deed in now.deeds if deed in STANDING), *(set(now.coming) - OF_THE_ACT))
    return sorted(_new(spoken_of, told))


def _new_subjects(story: Story, before: Sequence[Trace]) -> frozenset[str]:
    """What the headline names that none of the reports told before has named; nothing beside editions of older
    versions, which do not say what they named."""
    known = [each.subjects for each in before]
    if None in known:
        return frozenset()
    return story.subjects.headline - {term for each in known for term in each or ()}


def _steps(story: Story, now: ToldAct, before: Sequence[Trace]) -> Iterator[str]:
    """How the act has moved on."""
    acts = [each.act for each in before if each.act is not None]
    vouched = {each.vouching for each in acts}
    if now.vouching not in vouched and (now.vouching == DENIED or (now.vouching == CONFIRMED and ALLEGED in vouched)):
        yield f"now {now.vouching}"
    same = [each for each in acts if _is_act(each, now)]
    if now.phase == ENDED and same and ENDED not in {each.phase for each in same}:
        yield "now refused or ended"
    deeds = list(_deeds(now, acts))
    yield from deeds
    if now.response and all(each.response is False for each in acts) and (third := _responder(story)):
        yield f"now {third} responds"
    yield from _joining(now, acts, before)
    if not deeds:  # the deed is the step
        yield from _phase(now, same)


def _responder(story: Story) -> str:
    """The state or group that the headline names first, if it is neither the focus nor a partner: who comes later, or
    stands before a colon, is spoken of or speaks; beside a war it is where that is fought."""
    first, topic = story.subjects.first, active()
    if name_kinds().get(first) != PARTIES or first in (*topic.partners, topic.focus_actor.id):
        return ""
    if WAR in story.subjects.headline:
        return ""
    return "" if COLON.search(story.lead.entry.title) else display_name(first)


def _deeds(now: ToldAct, acts: Sequence[ToldAct]) -> Iterator[str]:
    """The deeds that no report told of as done, and those of the act itself that none announced."""
    told = [_told_deeds(each) for each in acts]
    now = now if now.giver else replace(now, deeds=_without_gifts(now.deeds), coming=_without_gifts(now.coming))
    announced = {deed for _, coming in told for deed in coming}
    new = [deed for deed in _new(now.deeds, [done for done, _ in told]) if deed not in STANDING][:MOST_DEEDS]
    if new:
        yield f"now {' and '.join(new)}" + (", announced before" if announced.issuperset(new) else "")
    coming = [deed for deed in _new(now.coming, [(*done, *later) for done, later in told]) if deed in OF_THE_ACT]
    if coming and not new:
        yield f"{' and '.join(coming[:MOST_DEEDS])} {now.phase if now.phase == 'sought' else 'planned'}"


def _without_gifts(deeds: Sequence[str]) -> tuple[str, ...]:
    """Where nobody is read to give, a delivery is a word: "deliver results"."""
    return tuple(deed for deed in deeds if deed not in GIFTS)


def _told_deeds(act: ToldAct) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(done, coming); editions of older versions told both as one, and the act's phase was that of its own deeds."""
    if act.coming or act.phase not in NOT_YET:
        return act.deeds, act.coming
    return tuple(deed for deed in act.deeds if deed not in OF_THE_ACT), act.deeds


def _joining(now: ToldAct, acts: Sequence[ToldAct], before: Sequence[Trace]) -> Iterator[str]:
    """Who gives or receives now and was not even named before."""
    actors = [(each.giver, each.receiver) for each in acts]
    named = {term for each in before for term in each.subjects or ()}
    new = (each for each in _new((now.giver, now.receiver), actors) if each and each != OTHER)
    parties = [each for each in new if f"{NAME}{each}" not in named]
    if parties and any(map(any, actors)):
        yield f"now also {' and '.join(map(partner_name, parties))}"


def _phase(now: ToldAct, same: Sequence[ToldAct]) -> Iterator[str]:
    """The step of the phase beside the same act: of the same roles, or the same deed where it is done together. What is
    under way is told like what is done and like what is planned: it is no step."""
    reached = [STEPS.index(each.phase) for each in same if each.phase in STEPS]
    if now.phase in STEPS and now.phase != STEPS[BEGUN] and reached:
        here, there = STEPS.index(now.phase), max(reached)
        if here > there and there < BEGUN:
            yield f"now {now.phase}, {STEPS[there]} before"


def _is_act(one: ToldAct, other: ToldAct) -> bool:
    roles = (one.giver, one.receiver)
    return roles == (other.giver, other.receiver) and (any(roles) or not set(one.deeds).isdisjoint(other.deeds))


def _status(told: StoryContent, before: Sequence[Trace]) -> Iterator[str]:
    """The same beside editions that kept one word of status and no act."""
    if told.status in NEWS_BY_ITSELF and told.status not in {each.status for each in before}:
        yield f"now {told.status}"


def _figures(story: Story, before: Sequence[Trace]) -> Iterator[str]:
    earlier = [figure for each in before for figure in _told_figures(each)]
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
    """Whether it counts a few people: "two leaders on the sending of troops" are two of another kind."""
    return figure.counted in PEOPLE and figure.high < LEAST_MEASURED


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
    return [each for each in told if (each.unit, each.counted) == (figure.unit, figure.counted) and not each.is_vague]


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
    return [value for value in told if value not in before]

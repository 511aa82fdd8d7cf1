"""What is new in a story beside what earlier editions told of it, in words: the steps of the act first.

A line says only what a headline tells plainly (`told_deeds`, `plain_step`): a word of it is no deed, and who or what
stands in it is no party. Where nothing is sure, none is written: the caller then says what the story follows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from classifiers.lexicon.concepts.told_acts import told_acts
from classifiers.lexicon.names.read import name_kinds
from classifiers.stories.fingerprint import PARTIES
from classifiers.stories.forms import REPORT, form_of
from classifiers.tagging.joint_acts import RATIFY
from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from flows.digest.compose.named_anew import acts_of, named_in, new_subjects, unsaid
from flows.digest.compose.news_figures import new_figures_of
from flows.digest.compose.plain_step import denied_by, is_told_plainly, named_plainly, objects_of
from flows.digest.compose.steps import BEGUN, CONFIRMED, DENIED, ENDED, PHASES, is_act, is_told
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import NOT_YET, OF_THE_ACT, act_of
from flows.digest.compose.subjects import CONCEPT, NAME, in_words
from flows.digest.compose.told_deeds import (
    INTERPRETING,
    STATEMENT,
    ToldDeed,
    deeds_in,
    doer_name,
    told_deeds,
)
from flows.digest.content.story import StoryContent, ToldAct, Trace
from flows.digest.display_text import form_name, one_line, partner_name

NEWS_BY_ITSELF = ("denied", "confirmed", "planned")
ALLEGED = "alleged"
ONLY_SUPPOSED = (PHASES[0], ALLEGED)
"""Phase and vouching of what somebody only supposes was sought."""
NOW_CONFIRMED = f"now {CONFIRMED}"
MOST_DEEDS = 2
GIFTS = ("a delivery", "a deployment")
DENYING, CONFIRMING = "deny", "confirm"
"""Concepts of deeds of which "now denied" and "now confirmed" say enough."""
VOUCHING = ("confirm", "say", "warn")
"""Concepts of deeds by which somebody says that something is so."""
UNTOLD = ("consider", INTERPRETING, STATEMENT)
"""Deeds that say nothing of what happened: that somebody spoke, or thinks of something, that somebody reads a sign in
something."""
ENDING = ("ban", "halt", "refuse", "withdraw")
"""Concepts of deeds that end an act."""
GREATER, MORE_ORIGINS = 2, 3
"""A story is news again once it has so many times the origins that it had, and so many more."""


def news(story: Story, told: StoryContent, before: Sequence[Trace], *, is_same: bool) -> list[str]:
    """What is new in a story of which earlier editions told the same event (``is_same``) or another of its thread, the
    weightiest first; empty where nothing can be named."""
    form = form_of(story.lead.entry.title)
    found = list(_of_the_act(story, told, before)) if form == REPORT else []
    found += new_figures_of(story, before, is_same=is_same)
    if form == REPORT:
        found += _things(story, before)
    elif found:
        found.append(form_name(form))
    # How many report another event says nothing of those who reported the one that was told.
    return found + (list(_origins(told, before)) if is_same else [])


def _of_the_act(story: Story, told: StoryContent, before: Sequence[Trace]) -> Iterator[str]:
    """The steps of the act; those of a live page or an opinion are not to be believed."""
    known, now, status = acts_of(before), act_of(story), story.facts.status
    if status == DENIED:
        status = denied_by(story)
    if status:
        yield f"now {one_line(status, 60)}".replace("now no longer", "no longer")
    steps = _steps(story, told, now, before) if known and now else _status(told, before)
    yield from (each for each in steps if not status or each != f"now {status}")


def _steps(story: Story, told: StoryContent, now: ToldAct, before: Sequence[Trace]) -> Iterator[str]:
    """How the act has moved on."""
    acts = acts_of(before)
    vouched = {each.vouching for each in acts}
    said = {DENYING} if story.facts.status == DENIED and denied_by(story) else set()
    if now.vouching not in vouched and now.vouching == DENIED and (denied := denied_by(story)):
        said.add(DENYING)
        yield f"now {denied}"
    is_new = now.vouching not in vouched and now.vouching == CONFIRMED and ALLEGED in vouched
    if is_new or _is_confirmed(told, now, before):
        said.add(CONFIRMING)
        yield NOW_CONFIRMED
    same = [each for each in acts if is_act(each, now)]
    is_over = ENDED in {each.phase for each in same}
    if now.phase == ENDED and same and not is_over and is_told_plainly(story, now):
        yield "now refused or ended"
    deeds = list(_deeds(story, now, before, without=said.union(ENDING if is_over else ())))
    yield from deeds
    yield from _joining(story, now, before, deeds)
    if not deeds and is_told_plainly(story, now):  # the deed is the step
        yield from _phase(now, same)


def _is_confirmed(told: StoryContent, now: ToldAct, before: Sequence[Trace]) -> bool:
    """Whether an act is confirmed by reports beside the lead, which was told before as somebody's word."""
    same = [each.status.split(", ") for each in before if each.act is not None and is_act(each.act, now)]
    vouched = {word for words in same for word in words}
    return CONFIRMED in told.status.split(", ") and ALLEGED in vouched and CONFIRMED not in vouched


def _deeds(story: Story, now: ToldAct, before: Sequence[Trace], *, without: Collection[str]) -> Iterator[str]:
    """The deeds that no report told of as done, what is said only where nothing else is; and those of the act itself
    that none announced; those ``without`` which the line says enough left out."""
    told = [_told_deeds(each) for each in acts_of(before)]
    done = {deed for each, _ in told for deed in each}
    announced = {deed for each in before if _is_of_its_partners(story, each) for deed in _coming(each)}
    deeds = [deed for deed in told_deeds(story) if now.giver or deed.phrase not in GIFTS]
    new = [deed for deed in deeds if _is_telling(deed) and _is_new(deed, done, announced, before)]
    new = [deed for deed in new if deed.concept not in without]
    acted = [deed for deed in new if not deed.is_saying][:MOST_DEEDS]
    said = new[:1]
    if is_told(now, acts_of(before)):  # who vouches once more for what was told says nothing new
        said = [deed for deed in new if deed.concept not in VOUCHING][:1]
    if shown := acted or said:
        words = " and ".join(each.in_words() for each in shown)
        yield f"now {words}" + (", as announced" if announced.issuperset(each.phrase for each in shown) else "")
    coming = [deed.phrase for deed in deeds if deed.coming and deed.phrase in OF_THE_ACT]
    if not acted and (later := unsaid(coming, [done, announced])):
        yield f"{' and '.join(later[:MOST_DEEDS])} planned"


def _is_telling(deed: ToldDeed) -> bool:
    """Whether a line says something by it: of what is said, nobody knows what it is of whom nobody is named."""
    return not deed.coming and deed.concept not in UNTOLD and bool(deed.doer or not deed.is_saying)


def _coming(trace: Trace) -> tuple[str, ...]:
    return _told_deeds(trace.act)[1] if trace.act is not None else ()


def _is_of_its_partners(story: Story, trace: Trace) -> bool:
    """Whether what was announced is of all partners of the story, and names all states that the headline names: who is
    to meet one has not met another."""
    named = {term.removeprefix(NAME) for term in trace.subjects or ()}
    return trace.subjects is None or (
        named.issuperset(_states(story)) and set(story.partners).issubset(trace.partner_ids)
    )


def _states(story: Story) -> set[str]:
    named = {term.removeprefix(NAME) for term in story.subjects.headline if term.startswith(NAME)}
    return {name for name in named if name_kinds().get(name) == PARTIES and name != active().focus_actor.id}


def _is_new(deed: ToldDeed, done: set[str], announced: set[str], before: Sequence[Trace]) -> bool:
    """Whether nobody told of it: neither of the deed nor, of what is said, in that word by one who was named. What was
    announced in that very word and is done now is new."""
    if deed.concept == RATIFY and deed.doer:  # each side does it for itself
        return deed.doer not in {each for act in acts_of(before) for each in act.ratified}
    if not deed.is_saying and deed.phrase in done | announced:
        return deed.phrase not in done
    named = named_in(before)
    is_other = bool(deed.doer) and f"{NAME}{deed.doer}" not in named
    words = {word for each in before for word in each.words}
    is_told = deed.verb in words or (deed.is_saying and (deed.phrase in done or f"{CONCEPT}{deed.concept}" in named))
    return (is_other or not is_told) and not any(_tells(each, deed) for each in before)


def _tells(trace: Trace, deed: ToldDeed) -> bool:
    """Whether the headline that was told says by whatever verb, in whatever language, that the same one did it."""
    language = language_of(trace)
    is_near = deed.doer and any(each.concept == deed.concept for each in told_acts(trace.headline, language))
    told = deeds_in(trace.headline, language) if is_near else []
    return any((each.concept, each.doer, each.coming) == (deed.concept, deed.doer, False) for each in told)


def language_of(trace: Trace) -> str:
    """The language of its headlines: that of most of their words."""
    spoken = [word.partition(":")[0] for word in trace.words]
    return max(dict.fromkeys(spoken), key=spoken.count, default="")


def _told_deeds(act: ToldAct) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(done, coming); editions of older versions told both as one, and the act's phase was that of its own deeds."""
    if act.coming or act.phase not in NOT_YET:
        return act.deeds, act.coming
    return tuple(deed for deed in act.deeds if deed not in OF_THE_ACT), act.deeds


def _joining(story: Story, now: ToldAct, before: Sequence[Trace], deeds: Sequence[str]) -> Iterator[str]:
    """Who gives, receives or does something now and was not even named before, if the headline names them there."""
    acts = acts_of(before)
    actors = [(each.giver, each.receiver) for each in acts]
    sides = unsaid((now.giver, now.receiver), actors) if any(map(any, actors)) else []
    acted = [deed.doer for deed in told_deeds(story) if not deed.is_saying]
    doers = [doer for doer in acted if name_kinds().get(doer) == PARTIES]
    named = {term.removeprefix(NAME) for term in named_in(before)}
    found = [each for each in (*(each for each in sides if each in named_plainly(story)), *doers) if each]
    unnamed = dict.fromkeys(each for each in found if each not in (OTHER, active().focus_actor.id, *named))
    joined = [each for each in unnamed if not any(doer_name(each) in deed for deed in deeds)]
    if joined:
        yield f"now also {' and '.join(map(_party, joined))}"


def _party(party: str) -> str:
    return partner_name(party) if party in active().partners else doer_name(party)


def _phase(now: ToldAct, same: Sequence[ToldAct]) -> Iterator[str]:
    """The step of the phase beside the same act: of the same roles, or the same deed where it is done together. What is
    under way is told like what is done and like what is planned: it is no step; nor is one from what somebody only
    guessed was sought, or of what others answer."""
    known = [each for each in same if (each.phase, each.vouching) != ONLY_SUPPOSED] if not now.response else []
    reached = [PHASES.index(each.phase) for each in known if each.phase in PHASES]
    if now.phase in PHASES and now.phase != PHASES[BEGUN] and reached:
        here, there = PHASES.index(now.phase), max(reached)
        if here > there and there < BEGUN:
            yield f"now {now.phase}, {PHASES[there]} before"


def _status(told: StoryContent, before: Sequence[Trace]) -> Iterator[str]:
    """The same beside editions that kept one word of status and no act."""
    if told.status in NEWS_BY_ITSELF and told.status not in {each.status for each in before}:
        yield f"now {told.status}"


def _things(story: Story, before: Sequence[Trace]) -> Iterator[str]:
    """The goods that the lead's act is about, where none of the reports told before has named them."""
    goods = objects_of(story)
    if goods and (named := in_words(goods & new_subjects(story, before))):
        yield f"now also about {' and '.join(named)}"


def _origins(told: StoryContent, before: Sequence[Trace]) -> Iterator[str]:
    if not told.state_media_only and all(each.state_media_only for each in before):
        yield "now reported beyond state media"
    most = max(each.origins for each in before)
    if told.origins >= max(GREATER * most, most + MORE_ORIGINS):
        yield f"reported by {told.origins} independently, {most} before"

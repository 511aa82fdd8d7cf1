"""What is expected: acts that stories announce, with their days, and those of earlier editions that are still ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from flows.digest.compose.announcements import announced, in_few_words
from flows.digest.compose.story import Story
from flows.digest.compose.story_tags import act_of
from flows.digest.content.front import ExpectedAct
from flows.digest.content.story import StoryContent, ToldAct, Trace
from flows.digest.display_text import short_day

NO_THREADS: Mapping[int, int] = MappingProxyType({})
DONE, ENDED = "done", "ended"
OVER = (DONE, ENDED)
NEAR = timedelta(days=3)
"""What another thread tells as done so shortly before the day or the week for which it was announced is what was
announced. Chosen by reason."""
A_WEEK = timedelta(days=6)
_YEAR = re.compile(r"^in \d{4}$")
_IN_WEEK, _IN = "in the week of ", "in "


@dataclass(frozen=True)
class _Told:
    """Of which event (the clusters of its reports) and thread something is told, of which partners and ``deeds``."""

    events: frozenset[int]
    threads: frozenset[int]
    partners: frozenset[str]
    deeds: frozenset[str]

    def is_of_thread(self, other: _Told) -> bool:
        """Whether both are of one thread."""
        return not self.threads.isdisjoint(other.threads)

    def shares_partner(self, other: _Told) -> bool:
        """Whether both name one partner, or one of them none."""
        return not (self.partners and other.partners) or not self.partners.isdisjoint(other.partners)

    def shares_deed(self, other: _Told) -> bool:
        """Whether both tell one deed in words."""
        return not self.deeds.isdisjoint(other.deeds)

    def may_be_deed_of(self, other: _Told) -> bool:
        """The same, or one of them names none."""
        return not (self.deeds and other.deeds) or self.shares_deed(other)


@dataclass(frozen=True)
class _Over(_Told):
    """An act that has come or was called off, told on a ``day``. ``is_all``: nothing of it is still to come."""

    day: date
    phase: str
    is_all: bool

    def settles(self, act: _Ahead) -> bool:
        """Whether nobody need wait any more for an act that an older edition announced: the same event is over, the
        deed was done or called off in its thread, or done by the same partner when it was due."""
        if not self.events.isdisjoint(act.events):
            return self.may_be_deed_of(act) if self.is_all else self.shares_deed(act)
        if not self.shares_deed(act):
            return False
        is_short = act.last - act.first <= A_WEEK
        is_due = self.phase == DONE and is_short and self.day >= act.first - NEAR
        return self.is_of_thread(act) or (is_due and self.shares_partner(act))


@dataclass(frozen=True)
class _Ahead(_Told):
    """An act that is announced for a day, a week, a month or a year from ``first`` to ``last``, told as ``when``: by
    the story of an ``entry``, or ``since`` an edition. ``older``: those that earlier editions announced of it."""

    first: date
    last: date
    when: str
    text: str
    entry: int = 0
    since: str = ""
    older: list[_Ahead] = field(default_factory=list, compare=False)

    @property
    def is_exact(self) -> bool:
        """Whether a single day is named."""
        return self.first == self.last

    def is_same(self, older: _Ahead) -> bool:
        """Whether an ``older`` edition announced this: the same event or thread the same deed, or, where no deed is
        named or the thread is another, the same partner for the same time."""
        if not self.events.isdisjoint(older.events):
            return self.may_be_deed_of(older)
        if not self.shares_partner(older):
            return False
        is_then = self.first >= older.first and self.last <= older.last
        if self.is_of_thread(older):
            return self.shares_deed(older) or (is_then and self.may_be_deed_of(older))
        return is_then and self.shares_deed(older)

    def shown(self, today: date) -> ExpectedAct:
        """As a reader is told it: an exact day to come that lies within what a later report names stays; one that has
        moved is told with the one before."""
        told = ExpectedAct(
            day=self.last.isoformat(), when=self.when, text=self.text, entry=self.entry, since=self.since
        )
        exact = [each for each in self.older if each.is_exact and each.last >= today]
        if not self.is_exact:
            within = next((each for each in exact if today < each.last and self.first <= each.last <= self.last), None)
            return replace(told, day=within.last.isoformat(), when=within.when) if within else told
        before = [each for each in exact if self.shares_deed(each)]
        if self.entry and before and all(each.last != self.last for each in exact):
            return replace(told, when=f"{self.when} (before: {before[0].when})")
        return told


def expected(
    events: Sequence[Story],
    told: Mapping[int, StoryContent],
    earlier: Sequence[Trace],
    last: date,
    most: int,
    thread_ids: Mapping[int, int] = NO_THREADS,
) -> tuple[tuple[ExpectedAct, ...], int]:
    """The acts that are announced for a day after ``last``, the nearest first: those of the edition's ``events``, then
    those of ``earlier`` editions, the newest first, that no newer one announces anew or tells as over; and how many
    are left out. ``thread_ids``: story → its thread."""
    today = list(_of_stories(events, told, last, thread_ids))
    over = [each for each in (_over_in_story(story, last, thread_ids) for story in events) if each]
    acts = [*today, *_still_ahead(earlier, today, over, last, thread_ids)]
    shown: dict[tuple[str, str], ExpectedAct] = {}
    for act in (each.shown(last) for each in acts):
        shown.setdefault((act.day, act.text), act)
    ordered = sorted(shown.values(), key=attrgetter("day"))
    return tuple(ordered[:most]), max(0, len(ordered) - most)


def _of_stories(
    events: Sequence[Story], told: Mapping[int, StoryContent], last: date, thread_ids: Mapping[int, int]
) -> Iterator[_Ahead]:
    for story in events:
        content, found = told[story.lead.entry.id], announced(story, last)
        if found:
            yield _Ahead(
                events=frozenset(story.clusters),
                threads=_threads(story.clusters, thread_ids),
                partners=frozenset(story.partners),
                deeds=frozenset(found.deeds),
                first=found.day.begins,
                last=found.day.day,
                when=found.day.when,
                text=in_few_words(story, content, found),
                entry=content.entry,
            )


def _still_ahead(
    earlier: Sequence[Trace],
    today: Sequence[_Ahead],
    over: list[_Over],
    last: date,
    thread_ids: Mapping[int, int],
) -> list[_Ahead]:
    """What earlier editions announced and is not ``over``. An act that a newer edition announced anew, or ``today``'s,
    is noted there, be that itself over or past by now: what it took the place of does not come back."""
    newest = {id(act): act for act in today}  # act → the newest that announces it
    seen, found = list(today), []
    for _, traces in groupby(earlier, key=attrgetter("edition")):
        edition = list(traces)  # of one edition nothing is newer than the rest
        acts = [act for act in (_ahead_in_trace(trace, thread_ids) for trace in edition) if act]
        for act in acts:
            is_over = any(each.settles(act) for each in over)
            anew = [newest[id(each)] for each in seen if each.is_same(act)]
            newest[id(act)] = anew[0] if anew else act
            if not is_over:
                for each in anew:
                    each.older.append(act)
            if not (anew or is_over) and act.last > last:
                found.append(act)
        seen += acts
        over += [each for each in (_over_in_trace(trace, thread_ids) for trace in edition) if each]
    return found


def _ahead_in_trace(trace: Trace, thread_ids: Mapping[int, int]) -> _Ahead | None:
    if not (trace.expected and trace.sentence):
        return None
    day = date.fromisoformat(trace.expected)
    when = trace.expected_when or short_day(trace.expected)
    return _Ahead(
        events=frozenset(trace.clusters),
        threads=_threads(trace.clusters, thread_ids),
        partners=frozenset(trace.partner_ids),
        deeds=frozenset(trace.expected_deeds or (trace.act.coming if trace.act else ())),
        first=_first(day, when),
        last=day,
        when=when,
        text=trace.sentence,
        since=trace.edition,
    )


def _first(last: date, when: str) -> date:
    """The first day of what is told as ``when`` and ends on the ``last``: the words are what is kept of it."""
    if when.startswith(_IN_WEEK):
        return last - A_WEEK
    if _YEAR.match(when):
        return last.replace(month=1, day=1)
    return last.replace(day=1) if when.startswith(_IN) else last


def _over_in_story(story: Story, day: date, thread_ids: Mapping[int, int]) -> _Over | None:
    clusters = () if story.is_parted else story.clusters  # of what was parted the cluster alone proves nothing
    threads = _threads(story.clusters, thread_ids)
    return _over(act_of(story), frozenset(clusters), threads, frozenset(story.partners), day)


def _over_in_trace(trace: Trace, thread_ids: Mapping[int, int]) -> _Over | None:
    threads, partners = _threads(trace.clusters, thread_ids), frozenset(trace.partner_ids)
    return _over(trace.act, frozenset(trace.clusters), threads, partners, _day(trace.edition))


def _day(edition: str) -> date:
    """The day of an edition; of one that is not named after a day the first there is, which is near no other."""
    try:
        return date.fromisoformat(edition[:10])
    except ValueError:
        return date.min


def _over(
    act: ToldAct | None, events: frozenset[int], threads: frozenset[int], partners: frozenset[str], day: date
) -> _Over | None:
    if act is None or act.phase not in OVER:
        return None
    deeds = frozenset(act.deeds if act.phase == DONE else (*act.deeds, *act.coming))
    is_all = not act.coming or act.phase == ENDED
    return _Over(events, threads, partners, deeds, day, act.phase, is_all)


def _threads(clusters: Iterable[int], thread_ids: Mapping[int, int]) -> frozenset[int]:
    return frozenset(thread_ids.get(each, each) for each in clusters)

"""Stories of a day that report one event, gathered; those that mix two, parted.

Clusters grow pass by pass and never let go of what they hold. An edition knows the whole day: it tells as one story
what reports one event, and apart what a cluster mixes. Clusters and threads in the store stay as they are. In which
order stories come changes nothing. The lines were chosen on labelled days (docs/decisions, 0094).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import log, sqrt

from classifiers.stories.constraints import NEAR
from classifiers.stories.forms import form_of
from classifiers.stories.lead import in_lead_order
from classifiers.stories.sources import origins_of
from classifiers.stories.summary import summarise
from db.records import ScoredEntry
from flows.digest.compose.event_view import (
    EventView,
    are_apart,
    are_other,
    are_other_members,
    members_named,
    names_others,
    view_of,
)
from flows.digest.compose.inputs import ClusterFacts, SummarySentence
from flows.digest.compose.matters import is_telling
from flows.digest.compose.story import Story
from flows.digest.compose.subjects import read_entry

ALIKE, VERY_ALIKE = 0.4, 0.5
"""From this likeness on (`_Day.likeness`) stories with a thing of their headlines in common are one event; from the
second on also where one names an actor that the other does not."""
ALIKE_BY_ROLES = 0.3
"""The same of stories of one thread that both name a thing and in which the same side is read to give to the same."""
ALIKE_BY_THING = 0.2
"""The same of stories of one thread and the same partners whose headlines share what few of the day name."""
PAIR = 2
"""So many people in both headlines, one of them in few others, met on one matter."""
FEW = 3
"""So many stories of a day, and one in so many, may name a thing for it to be telling of one event."""
ANALYSES = ("opinion", "explainer")
"""Forms of entries that tell no event themselves, as think tanks do not."""


def as_events(stories: Sequence[Story], thread_ids: Mapping[int, int]) -> list[Story]:
    """The stories of a day, each of one event."""
    parts = [part for story in stories for part in parted(story)]
    return _Day(parts, thread_ids).gathered()


class _Day:
    """The stories of a day beside each other: a term weighs by how few of them name it."""

    def __init__(self, stories: Sequence[Story], thread_ids: Mapping[int, int]) -> None:
        self._stories = stories
        self._views = [view_of(story) for story in stories]
        self._threads = [
            None if each.cluster is None else thread_ids.get(each.cluster, each.cluster) for each in stories
        ]
        self._named = Counter(term for view in self._views for term in view.named)
        self._headlines = Counter(term for view in self._views for term in view.headline)
        self._sizes = [self._weight(view.named) for view in self._views]

    def _weight(self, terms: frozenset[str]) -> float:
        return sum(log((len(self._views) + 1) / self._named[term]) for term in sorted(terms))

    def likeness(self, one: int, other: int) -> float:
        """The weight of what two stories both name over the geometric mean of what each does (0 to 1)."""
        shared = self._weight(self._views[one].named & self._views[other].named)
        return shared / sqrt(max(1e-9, self._sizes[one] * self._sizes[other]))

    def gathered(self) -> list[Story]:
        """The stories, those of one event as one: the most alike first, and never two of which reports are apart."""
        home = list(range(len(self._stories)))
        for _, one, other in sorted(self._pairs()):
            mine, theirs = ([at for at, each in enumerate(home) if each == home[place]] for place in (one, other))
            if home[one] != home[other] and not any(self._are_apart(a, b) for a in mine for b in theirs):
                for place in theirs:
                    home[place] = home[one]
        groups: dict[int, list[Story]] = {}
        for place, each in enumerate(home):
            groups.setdefault(each, []).append(self._stories[place])
        return [_joined(group) for group in groups.values()]

    def _are_apart(self, one: int, other: int) -> bool:
        """Whether two stories are of two events: what was parted is not gathered again."""
        cluster = self._stories[one].cluster
        is_parted = cluster is not None and cluster == self._stories[other].cluster
        return is_parted or are_apart(self._views[one], self._views[other])

    def _pairs(self) -> Iterator[tuple[float, int, int]]:
        """(negative likeness, story, story) of those that are one event."""
        for one, other in self._candidates():
            like = self.likeness(one, other)
            if like >= ALIKE_BY_THING and self._is_one(one, other, like) and not self._are_apart(one, other):
                yield -like, one, other

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of reports that share a thread, an answer, or a deed, a place or a thing of their headlines."""
        reports = [place for place, view in enumerate(self._views) if not view.is_comment]
        for one, other in combinations(reports, 2):
            mine, theirs = self._views[one], self._views[other]
            is_near = self._is_of_one_thread(one, other) or self._is_one_answer(one, other)
            if is_near or not mine.telling.isdisjoint(theirs.telling):
                yield one, other

    def _is_one_answer(self, one: int, other: int) -> bool:
        """Whether the same sides answer the same deed in both."""
        answer = self._views[one].answer
        return answer is not None and answer == self._views[other].answer

    def _meet_the_same(self, one: EventView, other: EventView) -> bool:
        """Whether both name the same two people or more, one of whom is not in everybody's headlines."""
        both = one.people & other.people
        return len(both) >= PAIR and self._has_rare(both)

    def _has_rare(self, terms: Iterable[str]) -> bool:
        return any(self._headlines[term] <= min(FEW, len(self._views) / FEW) for term in terms)

    def _is_of_one_thread(self, one: int, other: int) -> bool:
        return self._threads[one] is not None and self._threads[one] == self._threads[other]

    def _is_one(self, one: int, other: int, like: float) -> bool:
        mine, theirs = self._views[one], self._views[other]
        shared = {term[1:] for term in filter(is_telling, mine.named & theirs.named)}
        if are_other(mine.things, theirs.things) or mine.is_to_come != theirs.is_to_come:
            return False
        if self._is_one_answer(one, other) or (like >= VERY_ALIKE and self._meet_the_same(mine, theirs)):
            return True
        others = names_others(mine, theirs)
        threaded = self._is_of_one_thread(one, other)
        if threaded and shared and not others and mine.roles & theirs.roles and like >= ALIKE_BY_ROLES:
            return True
        if mine.is_response != theirs.is_response:
            return False
        if mine.things & theirs.things and not are_other(mine.heads, theirs.heads):
            return like >= VERY_ALIKE or (like >= ALIKE and not others)
        same = threaded and bool(mine.partners) and mine.partners == theirs.partners
        return same and not others and self._has_rare(mine.matter & theirs.matter)


def parted(story: Story) -> list[Story]:
    """The events that a story mixes, the largest first: reports of different members of a group of
    partners are of two events, and an analysis that shares no matter with the reports beside it is of none."""
    if len(story.members) == 1:
        return [story]
    reports = [each for each in story.members if not _is_analysis(each)]
    others = [each for each in story.members if _is_analysis(each) and not _shares_matter(each, reports)]
    kept = [each for each in story.members if each not in others] if reports else list(story.members)
    groups = [*_by_member(kept), *([others] if reports and others else [])]
    if len(groups) == 1:
        return [story]
    return [_part(story, group, is_first=place == 0) for place, group in enumerate(groups)]


def _shares_matter(scored: ScoredEntry, reports: Sequence[ScoredEntry]) -> bool:
    """Whether the headline names a deed, a place or a thing that a headline of the reports names, or counts as many."""
    mine = read_entry(scored.entry)
    for theirs in (read_entry(each.entry) for each in reports):
        same = any(a.counted == b.counted and a.overlaps(b, NEAR) for a in mine.quantities for b in theirs.quantities)
        if same or any(map(is_telling, mine.title & theirs.title)):
            return True
    return False


def _is_analysis(scored: ScoredEntry) -> bool:
    return scored.entry.kind == "think_tank" or form_of(scored.entry.title, scored.entry.link) in ANALYSES


def _by_member(members: Sequence[ScoredEntry]) -> list[list[ScoredEntry]]:
    """The reports, those apart that name other members of a group than all of the first do; the largest first."""
    groups: list[tuple[list[ScoredEntry], set[tuple[str, str]]]] = []
    for each in sorted(members, key=lambda one: one.entry.place):
        named = set(members_named(each))
        home = next((group for group in groups if not are_other_members(named, group[1])), None)
        if home is None:
            groups.append(([each], named))
        else:
            home[0].append(each)
            home[1].update(named)
    return sorted((group for group, _ in groups), key=len, reverse=True)


def _part(story: Story, members: Sequence[ScoredEntry], *, is_first: bool) -> Story:
    facts = _told_anew(members, [story])
    kept = facts if is_first else replace(facts, status="")
    return Story(tuple(in_lead_order(members)), story.cluster, kept, is_parted=True)


def _joined(stories: Sequence[Story]) -> Story:
    """Stories of one event as one, which bears the oldest cluster: editions may have told it."""
    if len(stories) == 1:
        return stories[0]
    clustered = sorted((each for each in stories if each.cluster is not None), key=_age)
    members = [each for story in stories for each in story.members]
    clusters = [each.cluster for each in clustered if each.cluster is not None]
    return Story(
        tuple(in_lead_order(members)),
        next(iter(clusters), None),
        _told_anew(members, clustered),
        also=tuple(dict.fromkeys(clusters[1:])),
    )


def _age(story: Story) -> tuple[bool, int]:
    return story.is_parted, story.cluster or 0


def _told_anew(members: Sequence[ScoredEntry], stories: Sequence[Story]) -> ClusterFacts:
    """What is known of the members of some stories: origins and summary by themselves, where those were counted and
    chosen; what is taken up as the first of them that takes up anything does it."""
    facts = [each.facts for each in stories]
    entries = [each.entry for each in sorted(members, key=lambda one: one.entry.place)]
    taken = next((each for each in facts if each.follows is not None), ClusterFacts())
    is_counted = any(each.origins is not None for each in facts)
    summary = summarise(entries) if any(each.summary for each in facts) else ()
    return ClusterFacts(
        origins=origins_of(entries).independent if is_counted else None,
        summary=tuple(SummarySentence(each.text, each.outlet) for each in summary),
        follows=taken.follows,
        likeness=taken.likeness,
        status=taken.status,
    )

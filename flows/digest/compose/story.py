"""Stories: flagged entries that report the same thing, gathered, led by one of them, put in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from classifiers.stories.forms import REPORT, form_of
from classifiers.stories.lead import in_lead_order
from classifiers.text.letters import letters_and_digits
from db.records import Entry, Place, ScoredEntry
from db.records.tags import ClaimLink, Tags
from flows.digest.compose.inputs import ClusterFacts, StoryBackground
from flows.digest.compose.subjects import Subjects, subjects_of

NOTHING_KNOWN = ClusterFacts()


@dataclass(frozen=True)
class Story:
    """A story cluster as one edition tells it: the lead entry first, then the other members, best first. Where an
    edition gathers several clusters of one event, ``also`` are the others; what it parted of a cluster that mixes two
    events ``is_parted`` (`flows.digest.compose.one_event`)."""

    members: tuple[ScoredEntry, ...]
    cluster: int | None = None
    facts: ClusterFacts = NOTHING_KNOWN
    also: tuple[int, ...] = ()
    is_parted: bool = False

    @property
    def clusters(self) -> tuple[int, ...]:
        """Every cluster whose reports it holds."""
        return self.also if self.cluster is None else (self.cluster, *self.also)

    @property
    def lead(self) -> ScoredEntry:
        """The member whose headline stands for all."""
        return self.members[0]

    @property
    def probability(self) -> float:
        """The highest among the members."""
        return max(each.score.probability for each in self.members)

    @property
    def partners(self) -> tuple[str, ...]:
        """Partner ids, those of the lead entry first."""
        return tuple(dict.fromkeys(partner for each in self.members for partner in each.score.partners))

    @property
    def partner(self) -> str:
        """The partner under which the story stands, or an empty string."""
        return next(iter(self.partners), "")

    @property
    def outlets(self) -> tuple[str, ...]:
        """The distinct outlets, that of the lead entry first."""
        return tuple(dict.fromkeys(each.entry.outlet for each in self.members))

    @property
    def origins(self) -> int:
        """How many reported it themselves; where nobody has counted, as many as there are outlets."""
        return self.facts.origins if self.facts.origins is not None else len(self.outlets)

    @property
    def is_state_media_only(self) -> bool:
        """Whether nobody but state media carries it."""
        return all(each.entry.kind == "state_media" for each in self.members)

    @property
    def tags(self) -> tuple[Tags, ...]:
        """Those of the members that have any, in the order of the members."""
        return tuple(each.score.tags for each in self.members if each.score.tags.tags)

    @property
    def claims(self) -> tuple[ClaimLink, ...]:
        """The strongest link to each claim, the strongest first."""
        best: dict[str, ClaimLink] = {}
        for link in sorted((link for tags in self.tags for link in tags.claims), key=_by_strength):
            best.setdefault(link.claim, link)
        return tuple(best.values())

    @cached_property
    def is_comment(self) -> bool:
        """Whether it tells again what reports told: an opinion, an explainer, a live page, or think tanks alone."""
        is_report = form_of(self.lead.entry.title) == REPORT
        return not is_report or all(each.entry.kind == "think_tank" for each in self.members)

    @cached_property
    def subjects(self) -> Subjects:
        """What its reports name, and in which words."""
        return subjects_of(self.members)


def _by_strength(link: ClaimLink) -> tuple[float, str, str]:
    return -link.strength, link.claim, link.stance


def is_late(scored: ScoredEntry, before: datetime) -> bool:
    """Whether the entry states that it was published before that moment."""
    published = believed(scored.entry)
    return published is not None and published < before


def believed(entry: Entry) -> datetime | None:
    """When the entry was published, where it says so and the date is not absurd."""
    return entry.published_at if entry.published_status == "stated" else None


def gather(entries: Iterable[ScoredEntry], known: StoryBackground | Mapping[int, int]) -> list[Story]:
    """The entries as stories, the most widely told first, then the most probable. A mapping tells the clusters alone.
    In which order an edition tells them is another matter: `flows.digest.compose.ranking`."""
    facts = known if isinstance(known, StoryBackground) else StoryBackground(clusters=known)
    together: dict[tuple[str, object], list[ScoredEntry]] = {}
    for each in entries:
        together.setdefault(_key(each.entry, facts.clusters), []).append(each)
    return sorted((_story(members, facts) for members in together.values()), key=_place)


def _place(story: Story) -> tuple[int, float, Place]:
    return -len(story.outlets), -story.probability, story.lead.entry.place


def _story(members: Sequence[ScoredEntry], known: StoryBackground) -> Story:
    ordered = tuple(in_lead_order(members))
    cluster = known.clusters.get(ordered[0].entry.id)
    facts = known.cluster_facts.get(cluster, NOTHING_KNOWN) if cluster is not None else NOTHING_KNOWN
    return Story(ordered, cluster, facts)


def _key(entry: Entry, clusters: Mapping[int, int]) -> tuple[str, object]:
    if entry.id in clusters:
        return "cluster", clusters[entry.id]
    letters = letters_and_digits(entry.title)
    return ("title", letters) if letters else ("entry", entry.id)

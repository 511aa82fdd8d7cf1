"""The inputs of composition: the facts of one window, as plain records. Nothing here reads a store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from classifiers.tagging.claim_measures import Measure
from db.records import Coverage, DayCount, ModelVersion, ScoredEntry
from flows.digest.content.story import Trace
from flows.digest.window import Window


class SummarySentence(NamedTuple):
    """A sentence of a summary, and the outlet whose words they are."""

    text: str
    outlet: str


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    """What is known of a story cluster beyond its entries.

    ``origins`` counts those who reported it themselves, copies of a wire apart. ``follows`` is the earlier story
    cluster that it takes up, ``likeness`` how alike the two read (0 to 1, None where nobody compared them); ``status``
    ("denied") is what it adds to that.
    """

    origins: int | None = None
    summary: tuple[SummarySentence, ...] = ()
    follows: int | None = None
    likeness: float | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """How many new stories a day a partner, a channel, a claim or all together have brought, against what is usual.

    ``counts`` are those of the last days, the edition's own the last; ``low`` to ``high`` is the usual band of a day,
    None where too few days are known to tell. ``mark`` says on which side of it the edition's day is unusual.
    """

    kind: Literal["all", "partner", "channel", "claim"]
    key: str
    counts: tuple[int, ...]
    low: float | None = None
    high: float | None = None
    mark: Literal["", "more", "less"] = ""


class Lagging(NamedTuple):
    """A feed that answers but brings nothing new, and why that is said of it."""

    outlet: str
    why: str


ClaimTies = Mapping[str, tuple[Collection[str], Collection[str]]]
"""Claim → the (partners, channels) of which it speaks."""
NO_TIES: ClaimTies = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StoryBackground:
    """What is known beyond the entries: entry id → cluster, cluster → what is known of it, claim → its short name,
    cluster → the thread that it belongs to (a cluster that is not named is a thread by itself)."""

    clusters: Mapping[int, int] = field(default_factory=dict)
    cluster_facts: Mapping[int, ClusterFacts] = field(default_factory=dict)
    claim_names: Mapping[str, str] = field(default_factory=dict)
    thread_ids: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditionInputs:
    """Everything that an edition is composed from.

    ``flagged`` were first seen in the window; ``near`` lie just below the threshold, ``drawn`` anywhere below it,
    taken at random. ``told`` are the traces of stories in earlier editions (see `flows.digest.compose.updates`),
    the newest first; ``announced`` are older ones that name a day which is still ahead, with what was told of the
    same partners, and ``told_threads`` the threads of all these stories. ``history`` counts the stories of earlier
    days (days end when the window does) by what they are about, with ``feeds`` read on each. ``archived`` entries
    of the window came from archives, beside those of the coverage. ``alarms`` are those about the monitor itself
    that are open. ``refitted`` tells how the model came to be fitted again, where no edition has told it yet.
    ``ties`` says of each (partner, channel) of the window when both were last told of together before it (None:
    never), ``began`` when the store's oldest entry was first seen. ``measures`` are the figures that claims carry,
    by claim.
    """

    name: str
    window: Window
    flagged: Sequence[ScoredEntry]
    coverage: Coverage
    model: ModelVersion | None = None
    known: StoryBackground = field(default_factory=StoryBackground)
    unknown_languages: Mapping[str, int] = field(default_factory=dict)
    near: Sequence[ScoredEntry] = ()
    drawn: ScoredEntry | None = None
    told: Sequence[Trace] = ()
    announced: Sequence[Trace] = ()
    told_threads: Mapping[int, int] = field(default_factory=dict)
    history: Sequence[DayCount] = ()
    feeds: Mapping[date, int] = field(default_factory=dict)
    lagging: Sequence[Lagging] = ()
    archived: int = 0
    alarms: Sequence[str] = ()
    refitted: str = ""
    ties: Mapping[tuple[str, str], datetime | None] = field(default_factory=dict)
    began: datetime | None = None
    measures: Mapping[str, Sequence[Measure]] = field(default_factory=dict)
    claim_ties: ClaimTies = field(default_factory=dict)

"""Pairs of days that readers judged: is the later story news beside what was told before, and what an edition makes of
it.

``story_steps.jsonl`` holds ids of real articles, each with what two readers said (None where the later one belongs to
another thread); ``invented_steps.jsonl`` invented days, by somebody who had not seen the code. Those ``scored`` were
looked at when decisions 0068 and 0069 were taken.

    python -m tests.support.story_steps [--scored]
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from classifiers.stories.clustering import Group, OpenMember, assign
from classifiers.stories.fit_pair_model import entry_of
from classifiers.tagging.scoring import analysis_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records import Entry, ScoredEntry
from db.records.tags import Tags
from flows.digest.compose.inputs import ClusterFacts
from flows.digest.content.edition import EditionContent
from tests.support.edition_records import composed, scored, stories
from tests.support.story_judgements import STREAM, rows_of
from tests.support.told_stories import traces


@dataclass(frozen=True)
class Step:
    """A pair of days: rows of the earlier one and of the later one, and whether the later one brings news."""

    earlier: Sequence[dict[str, Any]]
    later: Sequence[dict[str, Any]]
    new: bool


@dataclass(frozen=True)
class Outcome:
    """How many pairs with news there are and of how many the news was left out; of repeats how many were told again."""

    new: int = 0
    left_out: int = 0
    repeats: int = 0
    told_again: int = 0


def invented_steps(*, scored: bool) -> list[Step]:
    """The invented pairs of one half; the later day is the day after."""
    rows = (row for row in rows_of("invented_steps.jsonl") if row["scored"] is scored)
    return [Step(_dated(row["earlier"], 3), _dated(row["later"], 4), row["new"]) for row in rows]


def real_steps(*, scored: bool, name: str = "story_steps.jsonl") -> list[Step]:
    """The real pairs of one half on which both readers agree; none where the stream is not there."""
    if not STREAM.is_file():
        return []
    rows = [row for row in rows_of(name) if row["scored"] is scored and row["new"][0] is not None]
    ids = {id_ for row in rows for id_ in (row["later"], *row["earlier"])}
    with gzip.open(STREAM, "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row for row in map(json.loads, lines) if row["id"] in ids}
    agreed = (row for row in rows if row["new"][0] == row["new"][1])
    return [Step([texts[id_] for id_ in row["earlier"]], [texts[row["later"]]], row["new"][0]) for row in agreed]


def outcome(steps: Sequence[Step]) -> Outcome:
    """What editions make of the pairs."""
    told = [(step.new, is_told(step)) for step in steps]
    return Outcome(
        new=sum(new for new, _ in told),
        left_out=sum(new and not shown for new, shown in told),
        repeats=sum(not new for new, _ in told),
        told_again=sum(not new and shown for new, shown in told),
    )


def is_told(step: Step) -> bool:
    """Whether the later edition tells a story of the later day, new or as an update."""
    return bool(stories(later_edition(step)))


def later_edition(step: Step) -> EditionContent:
    """The edition of the later day, which knows what that of the earlier one told."""
    numbers = count(1)
    earlier = [judged_row(row, next(numbers)) for row in step.earlier]
    later = [judged_row(row, next(numbers)) for row in step.later]
    before = assign([each.entry for each in earlier], [], _tags(earlier))
    clusters, members = _clusters(before, {})
    told = composed(earlier, clusters, thread_ids=_threads(before, clusters, {}), name="2026-11-20")
    after = assign([each.entry for each in later], members, _tags(later))
    known, _ = _clusters(after, clusters)
    # An edition knows the threads of the day's own stories alone (flows.digest.read_inputs.background_of).
    held = {known[each.entry.id] for each in later}
    every = _threads(after, known, _threads(before, clusters, {}))
    threads = {cluster: thread for cluster, thread in every.items() if cluster in held}
    facts = {known[group.entries[0].id]: _facts(group, known) for group in after}
    return composed(later, known, told=traces(told), thread_ids=threads, cluster_facts=facts)


def _facts(group: Group, clusters: Mapping[int, int]) -> ClusterFacts:
    follows = clusters.get(group.follows.entry_id) if group.follows else None
    kin = clusters.get(group.kin) if group.kin is not None else None
    return ClusterFacts(follows=follows or kin, likeness=group.follows.like if follows and group.follows else None)


def _clusters(groups: Sequence[Group], known: Mapping[int, int]) -> tuple[dict[int, int], list[OpenMember]]:
    """Entry id → cluster, those known among them, and the members of the groups."""
    clusters, fresh = dict(known), count(max(known.values(), default=0) + 1)
    members: list[OpenMember] = []
    for group in groups:
        home = next(fresh) if group.cluster_id is None else group.cluster_id
        for entry, fingerprint in zip(group.entries, group.fingerprints, strict=True):
            clusters[entry.id] = home
            members.append(OpenMember(home, entry.id, fingerprint))
    return clusters, members


def _threads(groups: Sequence[Group], clusters: Mapping[int, int], known: Mapping[int, int]) -> dict[int, int]:
    threads = dict(known)
    for group in groups:
        home = clusters[group.entries[0].id]
        earlier = home if group.kin is None else clusters[group.kin]
        threads.setdefault(home, threads.get(earlier, earlier))
    return threads


def judged_row(row: dict[str, Any], number: int) -> ScoredEntry:
    entry: Entry = entry_of(row, number)
    tags: Tags = tagged(analysis_of(entry), read_watchlist())
    judged = scored(number, partners=tags.values("partner"), tags=tags)
    language = row["lang"]
    return replace(judged, entry=replace(entry, published_at=None), score=replace(judged.score, language=language))


def _tags(judged: Sequence[ScoredEntry]) -> dict[int, Tags]:
    return {each.entry.id: each.score.tags for each in judged}


def _dated(rows: Sequence[dict[str, Any]], day: int) -> list[dict[str, Any]]:
    return [row | {"date": f"2031-03-0{day}", "outlet": f"Outlet {day}{place}"} for place, row in enumerate(rows)]


def _lines(steps: Mapping[str, Sequence[Step]]) -> Iterator[str]:
    for kind, listed in steps.items():
        found = outcome(listed)
        yield f"{kind}: news left out {found.left_out} of {found.new}, told again {found.told_again} of {found.repeats}"


def main() -> None:
    """Print what is reached."""
    half = "--scored" in sys.argv
    if "--fresh" in sys.argv:
        steps = {"fresh": real_steps(scored=half, name="fresh_steps.jsonl")}
    else:
        steps = {"invented": invented_steps(scored=half), "real": real_steps(scored=half)}
    for line in _lines(steps):
        print(line)


if __name__ == "__main__":
    main()

"""Days and pairs of entries that readers grouped into events and threads before any code, and what clustering reaches.

``story_days.jsonl`` holds ids of real articles of busy days with the slugs that each reader gave (two readers, or
one); ``invented_days.jsonl`` and ``invented_pairs.jsonl`` hold invented entries in sixteen languages, each by somebody
who had not seen the code. Those ``scored`` were run once, after everything was chosen. A pair on which two readers
differ counts neither for nor against.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from classifiers.stories.clustering import Group, assign
from classifiers.stories.fit_pair_model import entry_of
from classifiers.tagging.scoring import analysis_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records import Entry

FOLDER = Path(__file__).resolve().parents[1] / "classifiers" / "stories"
STREAM = Path(__file__).resolve().parents[3] / "shared" / "eval" / "stream.jsonl.gz"
Pairs = set[frozenset[str]]


@dataclass(frozen=True)
class Reached:
    """Pairs found rightly, found, judged to be the same, and of the last two those across languages."""

    right: int = 0
    found: int = 0
    same: int = 0
    right_across: int = 0
    same_across: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.same)

    def __add__(self, other: Reached) -> Reached:
        return Reached(
            self.right + other.right,
            self.found + other.found,
            self.same + other.same,
            self.right_across + other.right_across,
            self.same_across + other.same_across,
        )


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of one of the files."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def clustered(rows: Sequence[Mapping[str, Any]]) -> list[Group]:
    """The rows, as entries numbered as they stand, clustered with their tags."""
    entries = [entry_of(dict(row), number) for number, row in enumerate(rows)]
    watchlist = read_watchlist()
    return assign(entries, [], {each.id: tagged(analysis_of(each), watchlist) for each in entries})


def real_spans(*, scored: bool, name: str = "story_days.jsonl") -> dict[str, list[dict[str, Any]]]:
    """Span → its rows with their texts; none where the stream is not there."""
    if not STREAM.is_file():
        return {}
    judged = {row["id"]: row for row in rows_of(name) if row["scored"] is scored}
    with gzip.open(STREAM, "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row for row in map(json.loads, lines) if row["id"] in judged}
    spans: dict[str, list[dict[str, Any]]] = {}
    for id_, row in judged.items():
        spans.setdefault(row["from"], []).append(texts[id_] | row)
    return spans


def invented_spans(*, scored: bool) -> dict[str, list[dict[str, Any]]]:
    """Span → its invented rows."""
    spans: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of("invented_days.jsonl"):
        if row["scored"] is scored:
            told = row | {"events": [row["event"]], "threads": [row["thread"]]}
            spans.setdefault(row["span"], []).append(told)
    return spans


@dataclass(frozen=True)
class Cubed:
    """B-cubed (Bagga and Baldwin 1998): of each entry, the share of its cluster that is its event, and the share of its
    event that is in its cluster, summed over ``entries``. Every entry counts once, so that one great event, whose pairs
    outnumber all others, does not decide the figure."""

    precision_sum: float = 0.0
    recall_sum: float = 0.0
    entries: int = 0

    @property
    def precision(self) -> float:
        return self.precision_sum / max(1, self.entries)

    @property
    def recall(self) -> float:
        return self.recall_sum / max(1, self.entries)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def __add__(self, other: Cubed) -> Cubed:
        return Cubed(
            self.precision_sum + other.precision_sum,
            self.recall_sum + other.recall_sum,
            self.entries + other.entries,
        )


def cubed(rows: Sequence[dict[str, Any]], groups: Iterable[Sequence[int]]) -> Cubed:
    """What groups of places in ``rows`` reach against the first reader's events."""
    events: dict[str, set[int]] = {}
    for place, row in enumerate(rows):
        events.setdefault(row["events"][0], set()).add(place)
    told = Cubed()
    for group in map(set, groups):
        for place in group:
            event = events[rows[place]["events"][0]]
            shared = len(group & event)
            told += Cubed(shared / len(group), shared / len(event), 1)
    return told


def of_events(rows: Sequence[dict[str, Any]]) -> Reached:
    """What the clusters of a span reach against its events."""
    groups = [[each.id for each in group.entries] for group in clustered(rows)]
    return _reached(rows, groups, "events")


def of_threads(rows: Sequence[dict[str, Any]]) -> Reached:
    """What the threads of a span reach."""
    return _reached(rows, threads_of(clustered(rows)), "threads")


def threads_of(groups: Sequence[Group]) -> list[list[int]]:
    """The ids of the entries of each thread that clusters of one run form."""
    home = {each.id: number for number, group in enumerate(groups) for each in group.entries}
    thread: dict[int, int] = {}
    for number, group in enumerate(groups):
        earlier = number if group.kin is None else home[group.kin]
        thread[number] = thread.get(earlier, number)
    together: dict[int, list[int]] = {}
    for entry_id, number in home.items():
        together.setdefault(thread[number], []).append(entry_id)
    return list(together.values())


def _reached(rows: Sequence[dict[str, Any]], groups: Iterable[Sequence[int]], key: str) -> Reached:
    readers = [_pairs(rows, key, reader) for reader in range(len(rows[0][key]))]
    same = set.intersection(*readers)
    unclear = set.union(*readers) - same
    found = {frozenset((rows[a]["id"], rows[b]["id"])) for group in groups for a, b in combinations(group, 2)} - unclear
    language = {row["id"]: row["lang"] for row in rows}
    across = {pair for pair in same if len({language[each] for each in pair}) > 1}
    return Reached(len(found & same), len(found), len(same), len(found & across), len(across))


def _pairs(rows: Sequence[dict[str, Any]], key: str, reader: int) -> Pairs:
    return {frozenset((a["id"], b["id"])) for a, b in combinations(rows, 2) if a[key][reader] == b[key][reader]}


def is_one(pair: Mapping[str, Any]) -> bool:
    """Whether the two entries of an invented pair become one story, alone in their days."""
    rows = [{**pair[side], "outlet": outlet, "date": "2031-03-04"} for side, outlet in (("one", "A"), ("other", "B"))]
    one, other = (entry_of(row, number) for number, row in enumerate(rows, 1))
    later = _later(other, pair["hours"])
    watchlist = read_watchlist()
    tags = {each.id: tagged(analysis_of(each), watchlist) for each in (one, later)}
    return len(assign([one, later], [], tags)) == 1


def _later(entry: Entry, hours: float) -> Entry:
    at = entry.first_seen_at + timedelta(hours=hours)
    return Entry(**{name: getattr(entry, name) for name in entry.__slots__} | {"published_at": at, "first_seen_at": at})


def _places(rows: Sequence[dict[str, Any]]) -> list[list[int]]:
    return [[each.id for each in group.entries] for group in clustered(rows)]


def _told(reached: Reached) -> str:
    across = f"{reached.right_across} of {reached.same_across} across languages"
    return f"precision {reached.precision:.2f}, recall {reached.recall:.2f} of {reached.same} ({across})"


def main() -> None:
    """Print what is reached."""
    import sys

    fresh = "--fresh" in sys.argv
    scored = "--scored" in sys.argv
    real = real_spans(scored=scored, name="fresh_days.jsonl" if fresh else "story_days.jsonl")
    for kind, spans in (("real", real), ("invented", {} if fresh else invented_spans(scored=scored))):
        for name, rows in spans.items():
            events, threads = of_events(rows), of_threads(rows)
            print(f"{kind} {name}, {len(rows)} entries: events {_told(events)}; threads {_told(threads)}")
        if spans:
            whole = sum(map(of_events, spans.values()), Reached())
            thread = sum(map(of_threads, spans.values()), Reached())
            print(f"  {kind} together: events {_told(whole)}; threads {_told(thread)}")
            each = sum((cubed(rows, _places(rows)) for rows in spans.values()), Cubed())
            print(f"  {kind} events by entry (B-cubed): precision {each.precision:.2f}, recall {each.recall:.2f}")
    of_pairs = "fresh_pairs.jsonl" if fresh else "invented_pairs.jsonl"
    pairs = [pair for pair in rows_of(of_pairs) if pair["scored"] is scored]
    for same, name in ((False, "kept apart"), (True, "brought together")):
        of_kind = [pair for pair in pairs if pair["same"] is same]
        print(f"invented pairs {name}: {sum(is_one(pair) is same for pair in of_kind)} of {len(of_kind)}")


if __name__ == "__main__":
    main()

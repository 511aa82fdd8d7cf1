"""Training examples: what we wrote, what analysts labelled. All become the same record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from classifiers.text.fold import entry_text
from classifiers.topics.active import active, by_topic
from db.records import Entry, LabelValue

FILE = "examples.jsonl"


class ExampleError(Exception):
    """The file of examples is wrong; the message names the line."""


@dataclass(frozen=True, slots=True)
class Example:
    """One judged text. Examples of one ``group`` (contrast twins, one story) are never split between training and
    test. ``weight`` is what it counts beside an example of our own; ``day`` is that of publication,
    where it is known."""

    id: str
    text: str
    language: str
    relevant: bool
    group: str
    weight: float = 1.0
    day: date | None = None


@by_topic
def seed_examples() -> tuple[Example, ...]:
    """The examples of the topic. Raises ExampleError for a line that is no example."""
    text = (active().folder / FILE).read_text(encoding="utf-8")
    return tuple(_example(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _example(line: str, number: int) -> Example:
    try:
        row = json.loads(line)
        relevant = {"relevant": True, "not_relevant": False}[row["label"]]
        return Example(row["id"], entry_text(row["title"], row["summary"]), row["lang"], relevant, row["group"])
    except (ValueError, KeyError) as error:
        raise ExampleError(f"{active().folder / FILE}, line {number}: {error!r}") from error


LABEL_WEIGHT = 2.0
"""A real article that an analyst judged says more than one of our own examples. Not tuned: there are no labels yet."""


def labelled_examples(labels: Iterable[tuple[Entry, LabelValue]], clusters: dict[int, int]) -> list[Example]:
    """The analysts' labels as examples, one a story cluster (the newest entry's); "unsure" teaches nothing."""
    by_group: dict[str, Example] = {}
    for entry, value in labels:
        if value == "unsure":
            continue
        group = f"cluster-{clusters[entry.id]}" if entry.id in clusters else f"entry-{entry.id}"
        text = entry_text(entry.title, entry.summary, entry.body)
        by_group[group] = Example(
            f"entry-{entry.id}", text, entry.language, value == "relevant", group, LABEL_WEIGHT, entry.published_on
        )
    return list(by_group.values())


def data_lines(examples: Sequence[Example]) -> Iterable[str]:
    """The examples as lines for a hash: the same data, the same lines."""
    for example in sorted(examples, key=lambda found: found.id):
        judged = f"{example.id}\t{example.relevant}\t{example.group}\t{example.weight}"
        yield f"{judged}\t{example.day or ''}\t{example.text}"

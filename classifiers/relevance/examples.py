"""Training examples: what we wrote, what analysts labelled. All become the same record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from classifiers.lexicon.analysis import Analysis, analyse
from classifiers.text.fold import entry_text
from classifiers.text.toml_text import decoded
from classifiers.topics.active import active, by_topic
from db.records import Entry, LabelValue

FILE, ACTS = "examples.jsonl", "acts.jsonl"
CORE, TOUCHING = 2, 1
"""Grades of acts and of judged articles; 0 is anything else."""
NEWS = "news"
"""The register of acts that are written in the manner of a news feed."""
LABELS = ("relevant", "touches", "not_relevant")
"""What an example may be called; "touches" where a tie is stated and is not the subject."""


class ExampleError(Exception):
    """The file of examples is wrong; the message names the line."""


@dataclass(frozen=True, slots=True)
class Example:
    """One judged text. Examples of one ``group`` (contrast twins, one story) are never split between training and
    test. ``weight`` is what it counts beside an example of our own; ``day`` is that of publication and ``outlet`` who
    published it, where they are known. One that ``touches`` states a tie that is not its subject, and is not
    ``relevant``."""

    id: str
    text: str
    language: str
    relevant: bool
    group: str
    weight: float = 1.0
    day: date | None = None
    outlet: str = ""
    touches: bool = False

    def analysed(self) -> Analysis:
        """The text as the lexicon sees it."""
        return analyse(self.text, self.language, self.day, self.outlet)


@by_topic
def seed_examples() -> tuple[Example, ...]:
    """The examples of the topic. Raises ExampleError for a line that is no example."""
    text = decoded((active().folder / FILE).read_bytes())
    return tuple(_example(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _example(line: str, number: int) -> Example:
    try:
        row = json.loads(line)
        text, label = entry_text(row["title"], row["summary"]), LABELS.index(row["label"])
        return Example(row["id"], text, row["lang"], label == 0, row["group"], touches=label == 1)
    except (ValueError, KeyError) as error:
        raise ExampleError(f"{active().folder / FILE}, line {number}: {error!r}") from error


@by_topic
def training_examples() -> tuple[Example, ...]:
    """What a model learns from: the examples of the topic and, where it has acts, those that are not relevant, those
    in a language without any relevant example, and those written in the manner of a news feed (``"register": "news"``).
    The other acts are short and plain, and told a model nothing that the examples had not. Raises ExampleError for a
    line that is neither."""
    examples, file = seed_examples(), active().folder / ACTS
    if not file.is_file():
        return examples
    lines = enumerate(decoded(file.read_bytes()).splitlines(), 1)
    acts = [_act(line, number) for number, line in lines if line.strip()]
    spoken = {example.language for example in examples if example.relevant}
    return (*examples, *(act for act, news in acts if news or not act.relevant or act.language not in spoken))


def _act(line: str, number: int) -> tuple[Example, bool]:
    """The act of a line, and whether it is written in the manner of a news feed."""
    try:
        row = json.loads(line)
        text, grade, name = entry_text(row["title"], row["summary"]), int(row["grade"]), f"act-{row['id']}"
        act = Example(name, text, row["lang"], grade == CORE, name, touches=grade == TOUCHING)
        return act, row.get("register") == NEWS
    except (ValueError, KeyError) as error:
        raise ExampleError(f"{active().folder / ACTS}, line {number}: {error!r}") from error


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
            f"entry-{entry.id}",
            text,
            entry.language,
            value == "relevant",
            group,
            LABEL_WEIGHT,
            entry.published_on,
            entry.outlet,
        )
    return list(by_group.values())


def data_lines(examples: Sequence[Example]) -> Iterable[str]:
    """The examples as lines for a hash: the same data, the same lines."""
    for example in sorted(examples, key=lambda found: found.id):
        judged = f"{example.id}\t{example.relevant}\t{example.group}\t{example.weight}"
        yield f"{judged}\t{example.touches}\t{example.day or ''}\t{example.outlet}\t{example.text}"

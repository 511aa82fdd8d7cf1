"""The examples and the sample of the demo: lines that can be read, with tags that there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from classifiers.relevance.examples import LABELS
from classifiers.relevance.training import FEWEST
from classifiers.text.toml_text import decoded
from classifiers.topic_check.faults import Fault
from classifiers.topic_check.roles import Known

NEEDED = ("id", "title", "summary", "lang", "label", "group")
IN_SAMPLE = ("outlet", "published", "title", "summary", "path", "author", "story", "relevant")


def example_faults(file: Path, known: Known) -> Iterator[Fault]:
    """What is wrong with each example, and whether there are enough to train on."""
    labels: list[str] = []
    ids: set[str] = set()
    for line, row in _rows(file):
        if isinstance(row, Fault):
            yield row
            continue
        labels.append(row.get("label", ""))
        for what in _example(row, known, ids):
            yield Fault(file, line, what)
        ids.add(str(row.get("id")))
    for label in (LABELS[0], LABELS[-1]):
        if file.is_file() and labels.count(label) < FEWEST:
            what = f"holds {labels.count(label)} examples that are {label}; training needs {FEWEST} of either kind"
            yield Fault(file, 1, what)


def _example(row: Mapping[str, Any], known: Known, ids: set[str]) -> Iterator[str]:
    for key in NEEDED:
        if key not in row:
            yield f"the example says no {key}; add it"
    if row.get("id") in ids:
        yield f"the id {row['id']!r} stands there twice; give one of the two another"
    if row.get("label") not in LABELS:
        yield f"{row.get('label')!r} is no label; take relevant, touches or not_relevant"
    yield from _tags(row, known)


def _tags(row: Mapping[str, Any], known: Known) -> Iterator[str]:
    lists = (("partners", known.partners), ("channels", known.channels), ("claims", known.claims))
    for key, allowed in lists:
        for value in row.get(key, ()):
            if value not in allowed:
                yield f"{value!r} is none of the topic's {key}; correct the tag or add it to the topic"
    for key, codes in (("direction", known.directions), ("stance", known.stances)):
        if row.get(key) not in (None, *codes):
            yield f"{row[key]!r} is no {key}; take one of {', '.join(codes)}"


def sample_faults(file: Path, outlets: frozenset[str]) -> Iterator[Fault]:
    """What is wrong with each entry of the demo's sample."""
    for line, row in _rows(file):
        if isinstance(row, Fault):
            yield row
            continue
        for key in IN_SAMPLE:
            if key not in row:
                yield Fault(file, line, f"the entry says no {key}; add it")
        if row.get("outlet") not in outlets:
            yield Fault(file, line, f"{row.get('outlet')!r} is no outlet; add it to outlets.toml or correct it")


def _rows(file: Path) -> Iterator[tuple[int, Fault | dict[str, Any]]]:
    try:
        lines = decoded(file.read_bytes()).splitlines()
    except OSError:
        yield 1, Fault(file, 1, "is missing; write it like the one in classifiers/topics/russia")
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _row(file, number, line)


def _row(file: Path, number: int, line: str) -> Fault | dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        return Fault(file, number, f"is not readable as JSON: {error}; correct the line")
    return row if isinstance(row, dict) else Fault(file, number, "is no JSON object; write one a line")

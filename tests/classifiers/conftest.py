"""The sample's relevant entries as the store would give them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db.records import Entry
from tests.support.story_entries import entry
from tests.support.topics import watching, with_few_examples

SAMPLE = Path(__file__).parents[2] / "classifiers/topics/russia/sample/entries.jsonl"


@pytest.fixture(scope="session")
def sample_rows() -> list[dict[str, Any]]:
    """The relevant entries of the sample, as written."""
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["relevant"]]


@pytest.fixture(scope="session")
def sample(sample_rows: Sequence[dict[str, Any]]) -> list[Entry]:
    """The same as entries, numbered as they stand."""
    return [
        entry(
            number,
            row["title"],
            row["summary"],
            outlet=row["outlet"],
            link=row["path"],
            published_at=datetime.fromisoformat(row["published"]),
            first_seen_at=datetime.fromisoformat(row["published"]),
        )
        for number, row in enumerate(sample_rows)
    ]


@pytest.fixture(scope="session")
def few_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the shipped topic with few of its examples."""
    return with_few_examples(tmp_path_factory.mktemp("topics") / "few_examples")


@pytest.fixture(scope="module")
def fits_few(few_examples: Path) -> Iterator[None]:
    """Within the module, models are fitted on few examples."""
    with watching(few_examples):
        yield

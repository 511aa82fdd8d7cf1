"""What is usual to write of a topic: the counts that are shipped are those of its examples."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from classifiers.stories import usual_terms as module
from classifiers.stories.usual_terms import FILE, count_terms, usual_terms
from classifiers.topics.active import active, watch
from tests.support.topics import PACIFIC


@pytest.fixture
def pacific(tmp_path: Path) -> Iterator[Path]:
    """A topic of one's own, which has no such file."""
    folder = Path(shutil.copytree(PACIFIC, tmp_path / "pacific"))
    watch(folder)
    yield folder
    watch(None)


def test_the_counts_that_are_shipped_are_those_of_the_examples() -> None:
    """Else: python -m classifiers.stories.usual_terms"""
    watch(None)
    assert (active().folder / FILE).is_file()
    assert usual_terms() == count_terms()


def test_a_topic_without_them_is_counted(pacific: Path) -> None:
    assert not (pacific / FILE).exists()
    counts, size = usual_terms()
    assert size == len((pacific / "examples.jsonl").read_text().splitlines())
    assert counts == count_terms()[0]
    assert max(counts.values()) > 1


def test_counts_of_other_examples_are_not_heeded(pacific: Path) -> None:
    module.main()
    told = json.loads((pacific / FILE).read_text())
    assert told["terms"] == dict(count_terms()[0])
    told["terms"] = {"loan": 10**6}
    (pacific / FILE).write_text(json.dumps(told))
    with (pacific / "examples.jsonl").open("a") as file:
        file.write("\n")
    assert usual_terms()[0]["loan"] < 10**6

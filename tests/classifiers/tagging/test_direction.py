"""What kind of act a text of a topic without a fitted table tells: its patterns say."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from tests.support.topics import PACIFIC, watching

KINDS = (
    ("China gives patrol vehicles to Solomon Islands", "transfer"),
    ("Solomon Islands receives police vehicles from China", "transfer"),
    ("Leaders of China and Tonga hold talks on a state visit", "joint"),
    ("Chinese tourists miss their flight in rainy Fiji", "none"),
)


@pytest.mark.parametrize(("title", "kind"), KINDS)
def test_kinds_by_patterns(title: str, kind: str) -> None:
    with watching(PACIFIC):
        frame = tagged(analyse(title, "en"), read_watchlist()).frames[0]
    assert frame.kind == kind

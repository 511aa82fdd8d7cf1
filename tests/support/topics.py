"""Topics that tests watch in place of the shipped one, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from classifiers.topics.active import active, watch
from classifiers.topics.read import Topic

PACIFIC = Path(__file__).parents[1] / "topics/pacific"
"""The second topic: China's ties with the Pacific island states, in English and French."""


@contextmanager
def watching(folder: Path) -> Iterator[Topic]:
    """Within the block that topic is watched."""
    before = active().folder
    try:
        yield watch(folder)
    finally:
        watch(before)

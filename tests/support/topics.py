"""Topics that tests watch in place of the shipped one, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from classifiers.relevance.examples import ACTS, FILE, NEWS
from classifiers.topics.active import SHIPPED, active, watch
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


def with_few_examples(folder: Path) -> Path:
    """In an empty ``folder``: the shipped topic with each twelfth of its groups of examples and of its short acts, for
    tests that fit models and do not ask how good they are."""
    folder.mkdir()
    for file in SHIPPED.iterdir():
        if file.name not in (FILE, ACTS):
            (folder / file.name).symlink_to(file)
    acts = (SHIPPED / ACTS).read_text(encoding="utf-8").splitlines(keepends=True)
    short = [line for line in acts if json.loads(line).get("register") != NEWS]
    (folder / ACTS).write_text("".join(short[::12]), encoding="utf-8")
    lines = (SHIPPED / FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    groups = {json.loads(line)["group"]: None for line in lines}
    chosen = set([*groups][::12])
    few = [line for line in lines if json.loads(line)["group"] in chosen]
    (folder / FILE).write_text("".join(few), encoding="utf-8")
    return folder

"""Invented headlines of friction and of cooperation between Russia and its partners, in nineteen languages, and what
their event codes say.

``friction_headlines.jsonl`` holds lists by writers who had seen neither words nor rules: ``watched`` ones of friction,
with which the words were written, ``kept`` ones of friction, scored at the end, ``cooperation``, of which none is
friction, and ``tricky`` ones of cooperation that are full of words which tell of friction elsewhere. A headline that
names no partner the topic knows is not about the topic and is never exported.

    python -m tests.support.friction_headlines [-v]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.plover import coded
from classifiers.tagging.plover_words import COOPERATIVE
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist

FILE = Path(__file__).resolve().parents[1] / "classifiers" / "tagging" / "friction_headlines.jsonl"
LISTS = ("watched", "kept", "cooperation", "tricky")


@dataclass(frozen=True)
class Headline:
    """``named``: whether it names the focus and a partner. ``code`` is that of its event, "" where it has none."""

    title: str
    language: str
    named: bool
    friction: bool
    code: str

    @property
    def is_cooperative(self) -> bool:
        return self.code in COOPERATIVE


def headlines(which: str) -> Iterator[Headline]:
    """Those of one of `LISTS`, read as headlines alone, in the language that the writer says."""
    watchlist = read_watchlist()
    for row in map(json.loads, FILE.read_text(encoding="utf-8").splitlines()):
        if row["list"] == which:
            analysis = analyse(row["title"], row["lang"])
            tags = tagged(analysis, watchlist)
            code, *_ = coded(row["title"], "", analysis.language, tags)
            yield Headline(row["title"], row["lang"], analysis.joins, tags.has("friction"), code)


def figures(which: str) -> dict[str, Counter[str]]:
    """Of one list, for English and for the other languages together: how many there are, name both, tell of friction
    and have a cooperative code."""
    found = {"en": Counter[str](), "others": Counter[str]()}
    for each in headlines(which):
        counts = found[each.language if each.language == "en" else "others"]
        counts.update(headlines=1, named=each.named)
        counts.update(friction=each.named and each.friction, cooperative=each.named and each.is_cooperative)
    return found


def main() -> None:
    """Print the figures of all lists; with -v the headlines that are read otherwise than their writers meant."""
    for which in LISTS:
        for language, counts in figures(which).items():
            print(which, language, dict(counts))
        for each in headlines(which) if "-v" in sys.argv else ():
            if each.named and each.friction != (which in ("watched", "kept")):
                print(" ", each.language, each.code, each.title)


if __name__ == "__main__":
    main()

"""The swapped pairs, and how many of them are read rightly: whole pairs, by language.

Those whose id begins with "2-" were written later, by other writers; their "confirmed" is wider than the labelling
guide's (whatever an official says), so phase and vouching are counted in the first set alone. The third set, of 350 by
writers who had seen neither code nor the others, says giver and receiver alone. Nothing is fitted on it, but rules of
arrows were written with its half for development in view.

python -m tests.support.swapped_pairs          # the half for development
python -m tests.support.swapped_pairs --kept   # the half that is scored once, at the end
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.fit_frame_model import is_kept
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist

LATER = "2-"
FOLDER = Path(__file__).parents[1] / "classifiers" / "tagging"
FILE, THIRD = FOLDER / "swapped_pairs.jsonl", FOLDER / "swapped_pairs_third.jsonl"


def all_pairs(file: Path = FILE) -> list[dict[str, Any]]:
    """Every pair of both halves, as written."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def pairs_of(kept: bool, file: Path = FILE) -> list[dict[str, Any]]:
    """The pairs of one half."""
    return [pair for pair in all_pairs(file) if is_kept(pair["id"]) is kept]


def told_rightly(half: Mapping[str, Any], language: str) -> tuple[bool, bool, bool]:
    """Whether giver and receiver (neither, where both do it together), phase and vouching are those written."""
    frames = tagged(analyse(half["text"], language), read_watchlist()).frames
    return (
        any((frame.giver, frame.receiver) == (half["giver"], half["receiver"]) for frame in frames[:1]),
        any(frame.phase == half.get("phase") for frame in frames[:1]),
        any(frame.vouching == half.get("vouching") for frame in frames[:1]),
    )


def scored(pairs: Iterable[Mapping[str, Any]]) -> tuple[Counter[str], Counter[str]]:
    """What is right of these, and how much there is: whole pairs by language; "phase" and "vouching" by sentence."""
    right: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for pair in pairs:
        arrows = []
        for half in (pair["a"], pair["b"]):
            arrow, phase, vouching = told_rightly(half, pair["lang"])
            arrows.append(arrow)
            if "phase" in half and not pair["id"].startswith(LATER):
                right.update({"phase": phase, "vouching": vouching})
                there.update(("phase", "vouching"))
        right[pair["lang"]] += all(arrows)
        there[pair["lang"]] += 1
    return right, there


def main() -> None:
    """Print the score of one half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", action="store_true", help="score the half that is never learned from")
    kept = parser.parse_args().kept
    pairs = pairs_of(kept)
    first, second = ([pair for pair in pairs if pair["id"].startswith(LATER) is later] for later in (False, True))
    sets = {"first set": first, "second set": second, "third set": pairs_of(kept, THIRD)}
    for title, each in sets.items():
        right, there = scored(each)
        print(title)
        for name in sorted(there, key=lambda each: (len(each) > 2, each)):
            print(f"  {name}: {right[name]} of {there[name]}")
        languages = [name for name in there if len(name) == 2]
        print(f"  whole pairs: {sum(right[name] for name in languages)} of {sum(there[name] for name in languages)}")


if __name__ == "__main__":
    main()

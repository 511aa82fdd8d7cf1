"""How well words find the root codes of PLOVER: sentences with source, target and code, in English, of any states.

    python -m tests.benchmarks.plover_codes [FILE.tsv] [--half even|odd|both]

FILE has the columns sentence_id, sentence, source, target and gold_root (its YIELD is CONCEDE or RETREAT in the present
codebook). A sentence belongs to a half by its id: even where sha256 of it is an even number. Words are written with
the even half in sight; the odd one is for a look at the end. Printed are the macro F1 of the codes over all sentences
and over those whose source and target are states, and how often cooperation and conflict are told apart.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from classifiers.tagging.plover_words import COOPERATIVE, weights_of

FILE = Path(__file__).resolve().parents[3] / "shared" / "eval" / "plover_train.tsv"
STATES = Path(__file__).with_name("states.txt")
YIELD = "YIELD"
OFFICE = re.compile(
    r"government|president|minister|ministry|army|military|forces|parliament|authorities|embassy|ambassador|diplomat|"
    r"troops|soldiers|officials?|leader|navy|police|state|king|prince|administration|premier|cabinet|regime"
)
"""What stands beside a state's name where somebody acts for it."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence with the code that people gave it and ours; ``states`` whether source and target are states."""

    gold: str
    ours: str
    states: bool


def main() -> None:
    """Print the figures of one half, or of both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--half", choices=("even", "odd", "both"), default="even")
    options = parser.parse_args()
    told = [_coded(row) for row in _rows(options.file, options.half)]
    between = [each for each in told if each.states]
    print(f"{options.half}: {len(told)} sentences, {len(between)} of them between states")
    print(f"macro F1 over all            {macro(told):.3f}   right {_right(told):.3f}")
    print(f"macro F1 between states      {macro(between):.3f}   right {_right(between):.3f}")
    print(f"cooperation against conflict {sum(_sides(told)) / len(told):.3f}")
    for code, f1 in by_code(told).items():
        print(f"  {code:10} {sum(each.gold == code for each in told):4} {f1:.3f}")


def _rows(file: Path, half: str) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t"))
    wanted = {"even": (0,), "odd": (1,), "both": (0, 1)}[half]
    return [row for row in rows if int(hashlib.sha256(row["sentence_id"].encode()).hexdigest(), 16) % 2 in wanted]


def _coded(row: dict[str, str]) -> Coded:
    start = row["sentence"].find(row["source"])
    weights = weights_of(row["sentence"], "en", (start, start + len(row["source"])) if start >= 0 else None)
    ours = max(weights, key=lambda code: weights[code], default="CONSULT")
    folded = YIELD if ours in ("CONCEDE", "RETREAT") else ours
    return Coded(row["gold_root"], folded, is_state(row["source"]) and is_state(row["target"]))


@cache
def _names() -> frozenset[str]:
    lines = STATES.read_text(encoding="utf-8").splitlines()
    return frozenset(name.lower() for line in lines if not line.startswith("#") for name in line.split())


def is_state(phrase: str) -> bool:
    """Whether a phrase names a state alone ("the United States"), or one with an office ("the Turkish president")."""
    plain = phrase.lower().replace("united states", "us").replace("united kingdom", "uk")
    words = [word.removesuffix("'s").removesuffix("’s") for word in re.findall(r"[\w.'’]+", plain)]
    named = [word for word in words if word in _names()]
    left = [
        word for word in words if word not in _names() and word not in ("the", "north", "south", "of", "and", "arabia")
    ]
    return bool(named) and (not left or bool(OFFICE.search(plain)))


def by_code(told: Sequence[Coded]) -> dict[str, float]:
    """The F1 of every code that people gave."""
    found = {}
    for code in sorted({each.gold for each in told}):
        both = sum(each.gold == each.ours == code for each in told)
        found[code] = 2 * both / sum((each.gold == code) + (each.ours == code) for each in told)
    return found


def macro(told: Sequence[Coded]) -> float:
    """The mean of the codes' F1."""
    codes = by_code(told)
    return sum(codes.values()) / max(1, len(codes))


def _right(told: Sequence[Coded]) -> float:
    return sum(each.gold == each.ours for each in told) / max(1, len(told))


def _sides(told: Sequence[Coded]) -> list[bool]:
    friendly = {*COOPERATIVE, YIELD}
    return [(each.gold in friendly) == (each.ours in friendly) for each in told]


if __name__ == "__main__":
    main()

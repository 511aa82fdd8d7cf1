"""Swapped pairs: two sentences of nearly the same words in which giver and receiver are exchanged.

Written by three writers who had seen neither the patterns nor the lexicon. Of each language half is for development;
`is_kept` says which pairs are scored once, when the reading of roles is done. What is read of them today is not
asserted here: 43 of the 272 pairs for development are right in both halves (English 11 of 46).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from classifiers.topics.active import active

PAIRS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("swapped_pairs.jsonl").read_text(encoding="utf-8").splitlines()
]
PHASES = {"sought", "planned", "under way", "done", "ended"}
VOUCHING = {"plain", "alleged", "denied", "confirmed"}


def is_kept(pair_id: str) -> bool:
    """Whether a pair is in the half that is scored once."""
    return int(hashlib.sha256(pair_id.encode()).hexdigest(), 16) % 2 == 1


def test_every_language_has_its_pairs_in_both_halves() -> None:
    written = Counter(pair["lang"] for pair in PAIRS)
    assert written.pop("en") == 100
    assert set(written.values()) == {40}
    assert len(written) == 15
    kept = Counter(pair["lang"] for pair in PAIRS if is_kept(pair["id"]))
    assert all(kept[language] >= 14 and written[language] - kept[language] >= 14 for language in written)
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    assert sum(pair["native"] for pair in PAIRS) > len(PAIRS) / 3


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: str(pair["id"]))
def test_the_halves_of_a_pair_exchange_giver_and_receiver(pair: dict[str, Any]) -> None:
    arrows = [(half["giver"], half["receiver"]) for half in (pair["a"], pair["b"])]
    if pair["kind"] == "mutual":
        assert arrows == [("", ""), ("", "")]
    else:
        assert arrows[0] == arrows[1][::-1]
        assert "russia" in arrows[0]
        assert {code for code in arrows[0] if code != "russia"} <= set(active().partners)
    assert pair["a"]["text"] != pair["b"]["text"]
    for half in (pair["a"], pair["b"]):
        assert half["phase"] in PHASES
        assert half["vouching"] in VOUCHING

"""Swapped pairs: two sentences of nearly the same words in which giver and receiver are exchanged.

Written by writers who had seen neither the patterns nor the lexicon. Of each language half is for development (it is
learned from, so what is reached of it is no measure of new texts); the other half is scored once, when the reading of
roles is done, and not here: ``python -m tests.support.swapped_pairs --kept``.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from classifiers.tagging.fit_frame_model import is_kept
from classifiers.topics.active import active
from tests.support.swapped_pairs import THIRD, all_pairs, pairs_of, scored

PAIRS = all_pairs()
PHASES = {"sought", "planned", "under way", "done", "ended"}
VOUCHING = {"plain", "alleged", "denied", "confirmed"}
RIGHT = {
    "ar": 23, "de": 19, "en": 42, "es": 18, "fa": 22, "fr": 24, "he": 21, "it": 13,
    "ja": 20, "ko": 11, "pl": 13, "pt": 20, "ru": 15, "tr": 20, "uk": 16, "zh": 15,
}  # fmt: skip
"""Whole pairs for development, both arrows right, by language, one less than reached where it was near: 326 of 352 are
right. Before the grammar it was 43 of 272 (of twelve languages). Of the kept half 279 of 348 were right when it was
scored, 53 before."""
TOGETHER = 324
PHASE, VOUCHED = 615, 665
"""Sentences of 704 whose phase, and whose vouching, is right."""


def test_every_language_has_its_pairs_in_both_halves() -> None:
    written = Counter(pair["lang"] for pair in PAIRS)
    assert written.pop("en") == 198
    assert set(written.values()) == {59, 60}
    assert len(written) == 15
    kept = Counter(pair["lang"] for pair in PAIRS if is_kept(pair["id"]))
    assert all(kept[language] >= 14 and written[language] - kept[language] >= 14 for language in written)
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    assert sum(pair["native"] for pair in PAIRS) > len(PAIRS) / 3


def test_what_is_reached_of_the_half_for_development_is_not_lost() -> None:
    right, there = scored(pairs_of(kept=False))
    assert there.keys() == RIGHT.keys() | {"phase", "vouching"}
    lost = {language: (right[language], reached) for language, reached in RIGHT.items() if right[language] < reached}
    assert lost == {}
    assert sum(right[language] for language in RIGHT) >= TOGETHER
    assert right["phase"] >= PHASE
    assert right["vouching"] >= VOUCHED


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


def test_the_third_set_stays_read() -> None:
    right, there = scored(pairs_of(kept=False, file=THIRD))
    assert sum(there.values()) > 170
    assert sum(right.values()) >= 0.97 * sum(there.values())

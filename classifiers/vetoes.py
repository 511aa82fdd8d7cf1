"""Whether two entries tell the same story: how alike they read, when they came, and what speaks against it however
alike they are: other parties, other numbers, one that denies what the other says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from classifiers.likeness import SAME_HOURS, Pairs
from classifiers.signs import Sign

FRESH_HOURS, FADE_HOURS = 12.0, 40.0
"""All of a likeness counts within the first, less and less for so many hours thereafter."""
COPY = 0.8
"""So alike, two entries are the same text, whenever they came."""
ACROSS = 0.3
"""What the likeness of names counts between two languages, which share no other words."""
LEAST_NAMES = 3
WEIGHING = 0.8
"""What a likeness counts where one of the two explains rather than reports."""
DENYING = 0.3
"""What it counts where one denies and the other does not."""
NEAR = 0.05
"""Numbers of the same thing that differ by no more than this share are the same number, rounded."""


class Facts:
    """What signs say besides their words, as arrays, one element a sign."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        self._signs = signs
        self._at = np.array([sign.at for sign in signs])
        self._denies = np.array([sign.denies for sign in signs], dtype=bool)
        self._weighs = np.array([sign.weighs for sign in signs], dtype=bool)
        self._counts = np.array([bool(sign.quantities) for sign in signs], dtype=bool)
        languages: dict[str, int] = {}
        self._language = np.array([languages.setdefault(sign.language, len(languages)) for sign in signs])
        bits: dict[str, int] = {}
        masks = [sum(1 << bits.setdefault(each, len(bits)) for each in sorted(sign.parties)) for sign in signs]
        assert len(bits) < 63, "more partners than an integer has bits"
        self._parties = np.array(masks, dtype=np.int64)

    def likeness(self, pairs: Pairs) -> Any:
        """How alike the pairs are, whatever lies between them."""
        together = self._language[pairs.one] == self._language[pairs.other]
        across = np.where(pairs.shared_names >= LEAST_NAMES, ACROSS * pairs.names, 0.0)
        explains = self._weighs[pairs.one] | self._weighs[pairs.other]
        return np.where(together, pairs.full, across) * np.where(explains, WEIGHING, 1.0)

    def same_story(self, pairs: Pairs, like: Any) -> Any:
        """How likely it is that they are the same report: ``like``, less with time, none against a veto."""
        hours = np.abs(self._at[pairs.one] - self._at[pairs.other])
        faded = np.where(hours <= FRESH_HOURS, 1.0, np.clip(1.0 - (hours - FRESH_HOURS) / FADE_HOURS, 0.0, 1.0))
        parties, other_parties = self._parties[pairs.one], self._parties[pairs.other]
        differ = (parties != 0) & (other_parties != 0) & (parties & other_parties == 0)
        denial = np.where(self._denies[pairs.one] != self._denies[pairs.other], DENYING, 1.0)
        same = np.where(hours > SAME_HOURS, 0.0, like * faded)
        same = np.where(differ, 0.0, np.where(pairs.full >= COPY, pairs.full, same) * denial)
        self._veto_numbers(pairs, same)
        return same

    def _veto_numbers(self, pairs: Pairs, same: Any) -> None:
        counting = (same > 0) & self._counts[pairs.one] & self._counts[pairs.other]
        for place in np.flatnonzero(counting).tolist():
            if contradict(self._signs[pairs.one[place]], self._signs[pairs.other[place]]):
                same[place] = 0.0


def contradict(one: Sign, other: Sign) -> bool:
    """Whether the headlines count the same thing and never come to the same number."""
    counted = ({each.counted for each in one.quantities} & {each.counted for each in other.quantities}) - {""}
    for thing in counted:
        mine = [each.value for each in one.quantities if each.counted == thing]
        theirs = [each.value for each in other.quantities if each.counted == thing]
        if not any(abs(a - b) <= NEAR * max(a, b) for a in mine for b in theirs):
            return True
    return False

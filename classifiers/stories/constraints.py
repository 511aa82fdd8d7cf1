"""Whether two entries tell the same story: how alike they read, when they came, and what keeps them apart however alike
they are (other partners, other numbers, a denial of what the other says)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from classifiers.stories.exchanged import exchanged
from classifiers.stories.fingerprint import LEAST_TELLING, Fingerprint
from classifiers.stories.pair_features import PairFeatures
from classifiers.stories.pair_model import probabilities
from classifiers.stories.similarity import SAME_HOURS, RowPairs
from classifiers.text.figures import Figure

SCRIPTS = {
    "ru": "Cyrillic",
    "uk": "Cyrillic",
    "zh": "Han",
    "ko": "Hangul",
    "ar": "Arabic",
    "fa": "Arabic",
    "he": "Hebrew",
}
"""Language → script, where it is not the Latin one."""
OTHER_LANGUAGE = (1.07, -0.04)
"""Factor and addend for a cosine between two languages of one script: they share only names, cues, numbers and words
that look alike."""
OTHER_SCRIPT = (1.42, 0.06)
"""The same between two scripts: words cannot be shared at all."""
PER_HOUR = 0.0045
"""What each hour between two entries takes from their likeness."""
COPY = 0.8
"""From this cosine on, two entries are the same text, whenever they came."""
DENYING = 0.3
"""The factor on the similarity where one of the two denies something and the other does not."""
OF_HEADLINES = {
    "heads_apart": 0.8,
    "sides_same": 1.1,
    "figures_same": 1.4,
    "comments": 0.6,
    "deeds_apart": 0.75,
    "deeds_same": 1.35,
}
"""Factors where two headlines begin with other actors, where they name the same three or more, where they count as many
of the same, where one only comments, where they name other acts, or the same act of the same sides. The last three were
chosen on both older halves of tests/classifiers/stories (decision 0103)."""
WITHIN = {
    "reversed_roles": 0.2,
    "people_apart": 0.5,
    "others_apart": 0.35,
    "acts_apart": 0.7,
    "goods_apart": 0.5,
    **OF_HEADLINES,
}
ACROSS = {"reversed_roles": 0.2, "denial_apart": 0.55, "acts_apart": 0.7, **OF_HEADLINES}
"""Factors, within a language and between two, where the roles of giver and receiver are read to be exchanged, where one
denies something and the other does not (within a language: `DENYING`), where the headlines name other people or other
third parties (between languages these are weighed already) or other goods (which two languages may call otherwise), and
where their verbs tell other acts. Those of headlines were chosen with the lines of `classifiers.stories.agglomeration`,
the others before them (decisions 0067, 0087), that of goods with the last of headlines."""
OF_A_THREAD = 0.24
"""How alike a report of a story must be to one of an earlier story for the two to share a thread."""
OF_ONE_EVENT = 1.2
"""Between threads the likeness is at least this times that of reports of one event."""
THREADED = {"others_same": 1.5, "figures_same": 1.5}
"""Factors on the likeness of words where two headlines name, beside the focus, the same two actors or more, or count as
many of the same. These three were chosen on the days for development, threads of which readers told (decision 0087)."""
LEAST_WITHIN, LEAST_ACROSS = 0.16, 0.02
"""A likeness below this cannot become one that counts."""
SURENESS = 1.33
"""Between languages the likeness is this times the geometric mean of the probability by acts and that by words."""
BY_ACTS, OWN_SURENESS = 0.2, 1.045
"""The share of that mean, times the second number, in the likeness within a language, where words say most: two outlets
that share hardly a word may tell one act."""
NEARLY_COPIES = 0.5
"""The cosine from which on two headlines are looked at word by word."""
NEAR = 0.05
"""Numbers of the same thing that differ by no more than this share are the same number, rounded."""


class FingerprintArrays:
    """What fingerprints say besides their words, as arrays, one element a fingerprint."""

    def __init__(self, fingerprints: Sequence[Fingerprint]) -> None:
        self._fingerprints = fingerprints
        self._at = np.array([fingerprint.at for fingerprint in fingerprints])
        self._denies = np.array([fingerprint.denies for fingerprint in fingerprints], dtype=bool)
        self._counts = np.array([bool(fingerprint.quantities) for fingerprint in fingerprints], dtype=bool)
        self._language = _numbered([fingerprint.language for fingerprint in fingerprints])
        self._script = _numbered([SCRIPTS.get(fingerprint.language, "Latin") for fingerprint in fingerprints])
        bits: dict[str, int] = {}
        masks = [
            sum(1 << bits.setdefault(each, len(bits)) for each in sorted(fingerprint.parties))
            for fingerprint in fingerprints
        ]
        assert len(bits) < 63, "more partners than an integer has bits"
        self._parties = np.array(masks, dtype=np.int64)

    def likeness(self, pairs: RowPairs) -> Any:
        """How alike the pairs are, whatever lies between them."""
        one, other = pairs.one, pairs.other
        share, more = (
            np.where(self._script[one] == self._script[other], near, far)
            for near, far in zip(OTHER_LANGUAGE, OTHER_SCRIPT, strict=True)
        )
        across = share * pairs.cosine + more
        return np.where(self._language[one] == self._language[other], pairs.cosine, across)

    def same_story(self, pairs: RowPairs, like: Any) -> Any:
        """How likely it is that they are the same report: ``like``, less with time, 0 where a constraint forbids it."""
        hours = np.abs(self._at[pairs.one] - self._at[pairs.other])
        denial = np.where(self._denies[pairs.one] != self._denies[pairs.other], DENYING, 1.0)
        same = np.where(hours > SAME_HOURS, 0.0, np.maximum(like - PER_HOUR * hours, 0.0))
        same = np.where(self.same_parties(pairs), np.where(pairs.cosine >= COPY, pairs.cosine, same) * denial, 0.0)
        self._by_acts(pairs, same)
        self._part_by_numbers(pairs, same)
        self._part_exchanged(pairs, same)
        return same

    def same_thread(self, pairs: RowPairs, like: Any, same: Any) -> Any:
        """How likely it is that they belong to one development: ``like`` of words, more where the same actors do
        something or the same is counted, and ``same``, how likely they are one report."""
        near = np.where(self.same_parties(pairs), like, 0.0)
        chosen = np.flatnonzero((near < OF_A_THREAD) & (near >= OF_A_THREAD / max(THREADED.values())))
        if len(chosen):
            one, other, features = self._features(pairs, chosen)
            for name, factor in THREADED.items():
                near[chosen] = np.where(features.named(name, one, other) > 0, near[chosen] * factor, near[chosen])
        return np.maximum(near, OF_ONE_EVENT * same)

    def same_parties(self, pairs: RowPairs) -> Any:
        """Whether the two may speak of one partner (`classifiers.stories.threads.same_parties`)."""
        one, other = self._parties[pairs.one], self._parties[pairs.other]
        return (one == 0) | (other == 0) | (one & other != 0)

    def _by_acts(self, pairs: RowPairs, same: Any) -> None:
        """Between languages the acts, names and numbers say it better than words can; in one language they part what
        reads alike."""
        across = self._language[pairs.one] != self._language[pairs.other]
        worth = np.flatnonzero(same >= np.where(across, LEAST_ACROSS, LEAST_WITHIN))
        one, other, features = self._features(pairs, worth)
        for is_of_kind, factors in ((across[worth], ACROSS), (~across[worth], WITHIN)):
            place = np.flatnonzero(is_of_kind)
            if len(place):
                chosen = worth[place]
                told = _told(features, one[place], other[place], pairs.cosine[chosen], same[chosen], factors)
                same[chosen] = np.minimum(told, 1.0)

    def _features(self, pairs: RowPairs, chosen: Any) -> tuple[Any, Any, PairFeatures]:
        """The chosen pairs, numbered anew, with the features of the fingerprints in them."""
        rows, numbers = np.unique(np.concatenate([pairs.one[chosen], pairs.other[chosen]]), return_inverse=True)
        one, other = np.split(numbers, 2)
        return one, other, PairFeatures([self._fingerprints[row] for row in rows.tolist()])

    def _part_exchanged(self, pairs: RowPairs, same: Any) -> None:
        near = (same > 0) & (pairs.cosine >= NEARLY_COPIES) & (self._language[pairs.one] == self._language[pairs.other])
        for place in np.flatnonzero(near).tolist():
            one, other = self._fingerprints[pairs.one[place]], self._fingerprints[pairs.other[place]]
            if exchanged(one.words, other.words, one.language):
                same[place] = 0.0

    def _part_by_numbers(self, pairs: RowPairs, same: Any) -> None:
        counting = (same > 0) & self._counts[pairs.one] & self._counts[pairs.other]
        for place in np.flatnonzero(counting).tolist():
            if contradict(self._fingerprints[pairs.one[place]], self._fingerprints[pairs.other[place]]):
                same[place] = 0.0


def _told(features: PairFeatures, one: Any, other: Any, cosine: Any, words: Any, factors: Mapping[str, float]) -> Any:
    """How likely pairs of one kind are the same report: by words, by the model of pairs, and by factors."""
    both = np.sqrt(probabilities(features.of(one, other, cosine)) * words)
    told = SURENESS * both if factors is ACROSS else (1 - BY_ACTS) * words + BY_ACTS * OWN_SURENESS * both
    for name, factor in factors.items():
        told = np.where(features.named(name, one, other) > 0, told * factor, told)
    return told


def _numbered(kinds: Sequence[str]) -> Any:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(kind, len(numbers)) for kind in kinds])


def contradict(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether both headlines count some known thing and none of their ranges for it overlap. Numbers below ten often
    slip, and "thousands" may be twelve thousand: neither contradicts."""
    mine, theirs = _counted(one), _counted(other)
    return any(
        not any(a.overlaps(b, NEAR) for a in mine[thing] for b in theirs[thing])
        for thing in mine.keys() & theirs.keys()
    )


def _counted(fingerprint: Fingerprint) -> dict[tuple[str, str], list[Figure]]:
    counted: dict[tuple[str, str], list[Figure]] = {}
    for each in fingerprint.quantities:
        if each.unit or (each.counted and each.high >= LEAST_TELLING):
            counted.setdefault((each.unit, each.counted), []).append(each)
    return counted

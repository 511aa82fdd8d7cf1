"""What is done in the sentences that may tell a tie, and what parts are played in it, as the grammar of the language
reads them: "from A to B", "A sells", "in B". No feature says who plays a part, and none holds a word of any language.
"""

from __future__ import annotations

from functools import lru_cache

from classifiers.grammar.sentences import Head, SentenceReading
from classifiers.topics.active import active

PART, ACT, BESIDE = "part:", "act:", "beside:"
"""How names of these features begin: the part of the focus or a partner, an act, who else plays a part."""
ONCE, TWICE = 0.5, 1.0
"""What a part counts that is played once, and one that is played more often."""
KEPT = 20_000
"""Parts whose names are kept at hand: the same few hundred come in nearly every sentence."""


class _Titled(dict[str, str]):
    """Feature → its name in the headline, made once: there are no more than words of the grammar tell."""

    def __missing__(self, name: str) -> str:
        titled = self[name] = f"title:{name}"
        return titled


class _Acted(dict[str, str]):
    """Class of acts → its feature, made once."""

    def __missing__(self, name: str) -> str:
        acted = self[name] = f"{ACT}{name}"
        return acted


_TITLED, _ACTED = _Titled(), _Acted()
TIED = frozenset(("focus", "partner"))


def act_features(head: Head) -> dict[str, float]:
    """Feature → value (0.5 or 1), the headline's own also behind "title:". ``head`` is that of a text that joins the
    focus and a partner."""
    features: dict[str, float] = {}
    for index, reading in head:
        counted = _counted(reading)
        for name, value in counted.items():
            if value > features.get(name, 0.0):
                features[name] = value
        if index == 0:
            features.update(zip(map(_TITLED.__getitem__, counted), counted.values(), strict=True))
    return features


def _counted(reading: SentenceReading) -> dict[str, float]:
    names = _names(reading)
    counted = dict.fromkeys(names, ONCE)
    if len(counted) < len(names):
        counted = {name: TWICE if names.count(name) > 1 else ONCE for name in counted}
    return counted


def _names(reading: SentenceReading) -> list[str]:
    actors = active().actors
    names: list[str] = []
    for phrase, features in zip(reading.phrases, reading.parts, strict=True):
        roles = {actors[code].role for code in phrase.codes}
        if len(roles) == 1 and roles <= TIED:
            names += _of_part(features)
        else:
            names.append(BESIDE + ("both" if "focus" in roles else min(roles)))
    for act in reading.acts:
        names += [_ACTED[each] for each in act.classes]
    return names


@lru_cache(maxsize=KEPT)
def _of_part(features: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{PART}{feature}" for feature in features)

"""What is done in the sentences that may tell a tie, and what parts are played in it, as the grammar of the language
reads them: "from A to B", "A sells", "in B". No feature says who plays a part, and none holds a word of any language.
"""

from __future__ import annotations

from collections.abc import Iterator

from classifiers.grammar.sentences import Head, SentenceReading
from classifiers.topics.active import active

PART, ACT, BESIDE = "part:", "act:", "beside:"
"""How names of these features begin: the part of the focus or a partner, an act, who else plays a part."""
MOST = 2
"""A part played twice counts whole, once half."""


def act_features(head: Head) -> dict[str, float]:
    """Feature → value (0.5 or 1), the headline's own also behind "title:". ``head`` is that of a text that joins the
    focus and a partner."""
    features: dict[str, float] = {}
    for index, reading in head:
        for name, value in _counted(reading).items():
            features[name] = max(value, features.get(name, 0.0))
            if index == 0:
                features[f"title:{name}"] = value
    return features


def _counted(reading: SentenceReading) -> dict[str, float]:
    counts: dict[str, int] = {}
    for name in _names(reading):
        counts[name] = counts.get(name, 0) + 1
    return {name: min(count, MOST) / MOST for name, count in counts.items()}


def _names(reading: SentenceReading) -> Iterator[str]:
    actors = active().actors
    for phrase, features in zip(reading.phrases, reading.parts, strict=True):
        roles = {actors[code].role for code in phrase.codes}
        if len(roles) == 1 and roles <= {"focus", "partner"}:
            yield from (f"{PART}{feature}" for feature in features)
        else:
            yield BESIDE + ("both" if "focus" in roles else min(roles))
    for act in reading.acts:
        yield from (f"{ACT}{each}" for each in act.classes)

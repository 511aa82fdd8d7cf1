"""A small linear model of the tags beside the patterns, fitted on our own examples.

Patterns find what is said outright; the model adds what cues, names and words together suggest, in every language of
the lexicon. It is data (``tag_model.json`` of the topic), made by ``python -m classifiers.tagging.fit_tag_model``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np

from classifiers.lexicon.analysis import Sentence
from classifiers.relevance.pipeline import Floats
from classifiers.tagging import channels, stances
from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.tagging.frame_features import RoleReading, act_features
from classifiers.topics.active import active, by_topic
from classifiers.topics.read import OTHER
from db.records.frames import Kind

Weighed = tuple[dict[str, float], dict[str, list[Span]]]
FILE = "tag_model.json"
PLACES = ("title", "lead")
WORD, ACTED = "w:", "act/"
"""What the features of words begin with, and those of acts and their manner."""
BEGINNINGS = ("", WORD, ACTED)
Part = tuple[str, Mapping[str, float]]
"""Features, and what their names begin with in the table beyond what is written here: one of `BEGINNINGS`. To write it
before every single name takes longer than all else that the table does."""
RULED = ("channel=", "stance=")
"""Features that say what the patterns found. Directions are fitted without them."""


@dataclass(frozen=True)
class TagModel:
    """``table`` holds a row for each feature and a column for each tag, and a row of zeros below, which features take
    that are not known: quicker than to leave them out. ``intercepts`` has one number for each tag."""

    features: Mapping[str, int]
    tags: tuple[str, ...]
    table: Floats
    intercepts: Floats

    def decisions(self, *found: Part) -> dict[str, float]:
        """Tag → log-odds of a text with these features."""
        rows: list[int] = []
        values: list[float] = []
        for beginning, features in found:
            rows += map(self._rows[beginning].get, features, repeat(len(self.features)))
            values += features.values()
        total = self.intercepts + np.array(values) @ self.table.take(rows, axis=0)
        return dict(zip(self.tags, total.tolist(), strict=True))

    @cached_property
    def _rows(self) -> dict[str, dict[str, int]]:
        """Beginning of names → what follows it → row."""
        return {
            each: {name.removeprefix(each): row for name, row in self.features.items() if name.startswith(each)}
            for each in BEGINNINGS
        }


KINDS: tuple[Kind, ...] = ("transfer", "joint", "none")
PATTERNS_ALONE = {"channel": -1.4, "way": 0.0, "stance": -2.2, "kind": 0.0}
"""Log-odds by kind of tag where a topic has no table: so low that only what the patterns find is tagged."""


@by_topic
def tag_model() -> TagModel:
    """The table of the topic, or that of a topic without one, which leaves every tag to the patterns."""
    file = active().folder / FILE
    return _read(file) if file.is_file() else patterns_alone()


def patterns_alone() -> TagModel:
    """A table without a row: the patterns decide."""
    topic = active()
    tags = [f"channel:{name}" for name in (*topic.channels, OTHER)]
    tags += [f"way:{way}" for way in (topic.directions.to_focus, topic.directions.from_focus)]
    tags += [f"stance:{stance}" for stance in stances.STANCES]
    tags += [f"kind:{kind}" for kind in KINDS]
    before = [PATTERNS_ALONE[tag.partition(":")[0]] for tag in tags]
    return TagModel({}, tuple(tags), np.zeros((1, len(tags))), np.array(before))


def _read(file: Path) -> TagModel:
    told = json.loads(file.read_text(encoding="utf-8"))
    tags = tuple(told["intercepts"])
    features = {name: row for row, name in enumerate(told["features"])}
    rows = [[told["features"][name].get(tag, 0.0) for tag in tags] for name in features]
    table = np.array([*rows, [0.0] * len(tags)])
    return TagModel(features, tags, table, np.array([told["intercepts"][tag] for tag in tags]))


class Ruled(NamedTuple):
    """What the patterns found in one text: (weight, spans) by channel and by stance."""

    channels: Weighed
    stances: Weighed


def ruled(layout: DocumentLayout) -> Ruled:
    """Run the patterns over a text."""
    return Ruled(channels.weigh(layout), stances.weigh(layout))


def features_of(
    layout: DocumentLayout,
    mentions: Mapping[str, float],
    rules: Ruled,
    readings: Sequence[RoleReading],
    manner: Mapping[str, float],
) -> dict[str, float]:
    """Feature → value: all that `parts_of` gives."""
    parts = parts_of(layout, mentions, rules, readings, manner)
    return {f"{beginning}{name}": value for beginning, features in parts for name, value in features.items()}


def parts_of(
    layout: DocumentLayout,
    mentions: Mapping[str, float],
    rules: Ruled,
    readings: Sequence[RoleReading],
    manner: Mapping[str, float],
) -> Iterator[Part]:
    """The mention features, the cues by place and what the patterns found; the words; what the first sentence of a tie
    tells of acts and their ``manner``."""
    found = _ruled_features(rules)
    for sentence in layout.analysis.sentences:
        place = place_of(sentence)
        found.update({f"{place}+{cue.code}": 1.0 for cue in sentence.cues})
    yield "", mentions
    yield "", found
    yield WORD, dict.fromkeys(layout.pieces, 1.0)
    for told in readings[:1]:
        yield ACTED, act_features(told)
        yield ACTED, manner


def _ruled_features(rules: Ruled) -> dict[str, float]:
    by_channel = rules.channels[0]
    found = {f"channel={name}": min(weight, 4.0) / 2 for name, weight in by_channel.items()}
    if by_channel:
        found[f"channel=top:{max(by_channel, key=lambda name: by_channel[name])}"] = 1.0
    found.update({f"stance={name}": weight for name, weight in rules.stances[0].items() if weight})
    return found


def place_of(sentence: Sentence) -> str:
    if sentence.index < len(PLACES):
        return PLACES[sentence.index]
    return "joined" if sentence.joins else "apart"


def logistic(decision: float) -> float:
    """The probability of a log-odds."""
    bounded = 40.0 if decision > 40.0 else -40.0 if decision < -40.0 else decision
    return 1.0 / (1.0 + math.exp(-bounded))

"""A small linear model for each claim of a topic, fitted on our own examples and acts.

Cue words are many in English and few elsewhere; the table learns from the words, cues, tags and roles of examples in
every language which texts bear on a claim. It is data (``claim_model.json`` of the topic), made by
``python -m classifiers.tagging.fit_claim_model``. An analyst's claims, and topics without the file, do with their cues.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from classifiers.relevance.pipeline import pieces_of
from classifiers.tagging.claim_evidence import ClaimEvidence
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.tag_model import TagModel, place_of
from classifiers.topics.active import active, by_topic
from db.records.tags import Tags

FILE = "claim_model.json"
EVIDENT, WORD = 3.0, 0.7
"""What evidence counts in the table, and what a word: so the penalty shrinks words first. Chosen on the
acts, both halves, and on judged articles: what is reached there is no measure."""
LINKED = 0.5
"""The strength by the claim's own numbers from which on they would link alone."""
AGREED, LEAN = 1.4, -0.2
"""Log-odds added where they would, and everywhere; chosen there as well."""


@by_topic
def claim_model() -> TagModel | None:
    """The table of the topic: a column for each claim; None where it has none."""
    file = active().folder / FILE
    return _read(file) if file.is_file() else None


def _read(file: Path) -> TagModel:
    return model_of(json.loads(file.read_text(encoding="utf-8")))


def model_of(told: Mapping[str, Any]) -> TagModel:
    """The table that a file's content describes."""
    claims = tuple(told["intercepts"])
    table = np.zeros((len(told["features"]), len(claims)))
    columns = {claim: column for column, claim in enumerate(claims)}
    for row, weights in enumerate(told["features"].values()):
        for claim, weight in weights.items():
            table[row, columns[claim]] = weight
    features = {name: row for row, name in enumerate(told["features"])}
    return TagModel(features, claims, table, np.array([told["intercepts"][claim] for claim in claims]))


@dataclass(frozen=True)
class ClaimText:
    """A text in the table's terms. ``shared`` are the features that are the same for every claim, ``decisions`` what
    they give for each."""

    shared: Mapping[str, float]
    decisions: Mapping[str, float]

    def decision(self, model: TagModel, evidence: ClaimEvidence) -> float:
        """The log-odds that the text bears on the claim."""
        column = model.tags.index(evidence.claim.id)
        found = evidence_features(evidence).items()
        own = sum(model.table[model.features[name], column] * value for name, value in found if name in model.features)
        return float(self.decisions[evidence.claim.id] + own) + LEAN + AGREED * (evidence.strength >= LINKED)


def claim_text(model: TagModel, layout: DocumentLayout, tags: Tags) -> ClaimText:
    """A text made ready for the table."""
    shared = text_features(layout, tags)
    return ClaimText(shared, model.decisions(shared))


def text_features(layout: DocumentLayout, tags: Tags) -> dict[str, float]:
    """Feature → value: words and cues by place, and the tags."""
    found = {f"w:{piece}": WORD for piece in pieces_of(layout.analysis)}
    for sentence in layout.analysis.sentences:
        found.update({f"{place_of(sentence)}+{cue.code}": WORD for cue in sentence.cues})
    for tag in tags.tags:
        if tag.kind in ("partner", "channel", "direction", "response", "friction"):
            found[f"{tag.kind}={tag.value}"] = EVIDENT
    for frame in tags.frames[:1]:
        found[f"act={frame.kind}|{frame.certainty}"] = EVIDENT
    return found


def evidence_features(evidence: ClaimEvidence) -> dict[str, float]:
    """Feature → value of what speaks for one claim."""
    strength = evidence.strength
    found = {
        "e:channel": float(evidence.channel),
        "e:cue": evidence.cue,
        "e:against": float(evidence.against),
        f"e:{evidence.fit}": 1.0,
        f"e:{evidence.fit}+cue": evidence.cue,
        "e:strength": strength,
        "e:linked": float(strength >= LINKED),
    }
    return {name: value * EVIDENT for name, value in found.items() if value}

"""A small linear model for each claim of a topic, fitted on our own examples and acts.

Cue words are many in English and few elsewhere; the table learns from the words, cues, tags and roles of examples in
every language which texts bear on a claim. It is data (``claim_model.json`` of the topic), made by
``python -m classifiers.tagging.fit_claim_model``. An analyst's claims, and topics without the file, do with their cues.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from classifiers.tagging.claim_evidence import ClaimEvidence
from classifiers.tagging.claim_roles import Fit
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.tag_model import WORD as BEGIN_WORD
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


EVIDENCE = "e:"
"""What the features of evidence begin with; all others are the same for every claim."""


@dataclass(frozen=True)
class ClaimModel:
    """``shared``: what words, cues, tags and act give each claim. ``evidence``: claim → feature of evidence → weight.
    ``most``: claim → what cues that are not looked for yet can add at the most."""

    shared: TagModel
    evidence: Mapping[str, Mapping[str, float]]
    most: Mapping[str, float]

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that it knows."""
        return self.shared.tags


@by_topic
def claim_model() -> ClaimModel | None:
    """The table of the topic: a column for each claim; None where it has none."""
    file = active().folder / FILE
    return model_of(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def model_of(told: Mapping[str, Any]) -> ClaimModel:
    """The model that a file's content describes."""
    claims, rows = tuple(told["intercepts"]), told["features"]
    shared = [name for name in rows if not name.startswith(EVIDENCE)]
    weights = [[rows[name].get(claim, 0.0) for claim in claims] for name in shared]
    table = np.array([*weights, [0.0] * len(claims)])
    model = TagModel(
        {name: row for row, name in enumerate(shared)}, claims, table, np.array(list(told["intercepts"].values()))
    )
    own = {
        claim: {name: row[claim] * EVIDENT for name, row in rows.items() if name.startswith(EVIDENCE) and claim in row}
        for claim in claims
    }
    return ClaimModel(model, own, {claim: _most(weights) for claim, weights in own.items()})


def _most(weights: Mapping[str, float]) -> float:
    """All that may speak for a claim beside its channel and its roles."""
    return sum(max(0.0, weight) for name, weight in weights.items() if name != "e:channel" and not _is_fit(name))


def _is_fit(name: str) -> bool:
    return name.removeprefix(EVIDENCE) in get_args(Fit)


@dataclass(frozen=True)
class ClaimText:
    """A text in the table's terms: ``decisions`` are what the features that all claims share give for each."""

    model: ClaimModel
    decisions: Mapping[str, float]

    def may_bear(self, evidence: ClaimEvidence) -> bool:
        """Whether the text could bear on the claim, whatever its cues: most do not, and their cues need no look."""
        claim = evidence.claim.id
        known = self._known(evidence, self.model.evidence[claim])
        return self.decisions[claim] + known + self.model.most[claim] + LEAN + AGREED >= 0

    def decision(self, evidence: ClaimEvidence) -> float:
        """The log-odds that the text bears on the claim: `evidence_features` in the table, without the detour."""
        weight = self.model.evidence[evidence.claim.id].get
        own = self._known(evidence, self.model.evidence[evidence.claim.id])
        if cue := evidence.cue:
            own += cue * (weight("e:cue", 0.0) + weight(f"e:{evidence.fit}+cue", 0.0))
        if evidence.against:
            own += weight("e:against", 0.0)
        strength = evidence.strength
        own += strength * weight("e:strength", 0.0)
        if strength >= LINKED:
            own += weight("e:linked", 0.0) + AGREED
        return self.decisions[evidence.claim.id] + own + LEAN

    @staticmethod
    def _known(evidence: ClaimEvidence, weights: Mapping[str, float]) -> float:
        """What is known before any cue is looked for: the channel and the roles."""
        return weights.get("e:channel", 0.0) * evidence.channel + weights.get(f"e:{evidence.fit}", 0.0)


def claim_text(model: ClaimModel, layout: DocumentLayout, tags: Tags) -> ClaimText:
    """A text made ready for the table."""
    words = dict.fromkeys(layout.pieces, WORD)
    return ClaimText(model, model.shared.decisions((BEGIN_WORD, words), ("", _beside_words(layout, tags))))


def text_features(layout: DocumentLayout, tags: Tags) -> dict[str, float]:
    """Feature → value: words and cues by place, and the tags."""
    return {f"{BEGIN_WORD}{piece}": WORD for piece in layout.pieces} | _beside_words(layout, tags)


def _beside_words(layout: DocumentLayout, tags: Tags) -> dict[str, float]:
    found: dict[str, float] = {}
    for sentence in layout.analysis.sentences:
        found.update({f"{place_of(sentence)}+{cue.code}": WORD for cue in sentence.cues})
    for tag in tags.tags:
        if tag.kind in ("partner", "channel", "direction", "response", "friction"):
            found[f"{tag.kind}={tag.value}"] = EVIDENT
    for frame in tags.frames[:1]:
        found[f"act={frame.kind}|{frame.certainty}"] = EVIDENT
    return found


def evidence_features(evidence: ClaimEvidence) -> dict[str, float]:
    """Feature → value (0 to 1) of what speaks for one claim; in the table each counts `EVIDENT` times."""
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
    return {name: value for name, value in found.items() if value}

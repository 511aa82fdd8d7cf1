"""Fit the table of `classifiers.tagging.claim_model` on our own examples and acts, and say what it reaches.

python -m classifiers.tagging.fit_claim_model            # writes claim_model.json of the topic
python -m classifiers.tagging.fit_claim_model --check    # fits without half of the acts, and says what is reached there
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.pipeline import Floats
from classifiers.tagging.claim_evidence import ClaimEvidence, evidence_of
from classifiers.tagging.claim_model import EVIDENT, FILE, evidence_features, model_of, text_features
from classifiers.tagging.claims import links_of
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.fit_frame_model import is_kept
from classifiers.tagging.fit_tag_model import relevant_rows, written
from classifiers.tagging.text_tags import read_text
from classifiers.tagging.watchlist import Claim, Watchlist, shipped
from classifiers.text.fold import entry_text
from classifiers.topics.active import active
from db.records.tags import Tags

STRENGTH = 0.1
"""The inverse of the L2 penalty; as the others, chosen on the half of acts for development."""
ACT, EXAMPLE = 2.0, 0.7
"""What an act counts, whose claims were told with their stance, and an example."""
LEAST = 0.02
"""Weights nearer to 0 are left out of the file."""
FEWEST, LEAST_BEARING = 5, 30
"""A feature must be seen in so many texts, and a claim must have so many: rarer ones do with their cues."""


@dataclass(frozen=True)
class ClaimLesson:
    """One text in feature space: ``shared`` features, the evidence on each claim that it may bear on, what it is
    labelled with (claim → stance, "" where nobody told), its language and what it counts."""

    id: str
    language: str
    layout: DocumentLayout
    tags: Tags
    shared: dict[str, float]
    evidence: dict[str, ClaimEvidence]
    claims: dict[str, str]
    weight: float


def lesson_of(row: dict[str, Any], watchlist: Watchlist) -> ClaimLesson | None:
    """A row of the examples or acts as something to fit on; None where it cannot be about a partnership, or nobody told
    its claims."""
    if row["claims"] is None:
        return None
    analysis = analyse(entry_text(row["title"], row["summary"]), row["lang"])
    if not analysis.joins:
        return None
    is_act = "giver" in row and "claimant" in row
    claims = dict(row["claims"]) if is_act else dict.fromkeys(row["claims"], "")
    layout = DocumentLayout(analysis)
    tags = read_text(layout, None, None).tags  # as links are made of them: before their act is held for doubtful
    evidence = {each.claim.id: each for each in evidence_of(layout, tags, watchlist)}
    shared, weight = text_features(layout, tags), ACT if is_act else EXAMPLE
    return ClaimLesson(row["id"], row["lang"], layout, tags, shared, evidence, claims, weight)


def fitted(lessons: Sequence[ClaimLesson], claims: Sequence[Claim]) -> dict[str, Any]:
    """The file's content: intercepts by claim, then weights by feature and claim."""
    counts = Counter(name for each in lessons for name in each.shared)
    intercepts: dict[str, float] = {}
    table: dict[str, dict[str, float]] = {}
    for claim in claims:
        seen = [each for each in lessons if claim.id in each.evidence]
        if sum(claim.id in each.claims for each in seen) >= LEAST_BEARING:
            intercepts[claim.id] = _column(claim.id, seen, counts, table)
    return {"intercepts": intercepts, "features": dict(sorted(table.items()))}


def _column(claim: str, seen: Sequence[ClaimLesson], counts: Counter[str], table: dict[str, dict[str, float]]) -> float:
    """Fit one claim into the table; returns its intercept."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [
        {name: value for name, value in each.shared.items() if counts[name] >= FEWEST}
        | {name: value * EVIDENT for name, value in evidence_features(each.evidence[claim]).items()}
        for each in seen
    ]
    vectorizer = DictVectorizer()
    target = np.array([claim in each.claims for each in seen])
    weights: Floats = np.array([each.weight for each in seen])
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(vectorizer.fit_transform(rows), target, weights)
    for name, weight in zip(vectorizer.feature_names_, model.coef_[0], strict=True):
        if abs(weight) >= LEAST:
            table.setdefault(name, {})[claim] = round(float(weight), 3)
    return round(float(model.intercept_[0]), 3)


def lessons() -> list[ClaimLesson]:
    """All that is there to fit on."""
    watchlist = shipped()
    return [each for row in relevant_rows() if (each := lesson_of(row, watchlist))]


def reached(told: Sequence[ClaimLesson], table: dict[str, Any]) -> dict[str, float]:
    """Precision and recall of the links to claims, and the share of right stances among the right links."""
    model, watchlist = model_of(table), shipped()
    found = [({link.claim: link.stance for link in links_of(*_parts(each), watchlist, model)}, each) for each in told]
    right = [(links[claim], each.claims[claim]) for links, each in found for claim in links.keys() & each.claims.keys()]
    agree = sum(stance == given.replace(" ", "_") for stance, given in right)
    return {
        "precision": len(right) / max(1, sum(len(links) for links, _ in found)),
        "recall": len(right) / max(1, sum(len(each.claims) for each in told)),
        "stance": agree / max(1, len(right)),
    }


def _parts(each: ClaimLesson) -> tuple[DocumentLayout, Tags]:
    return each.layout, each.tags


def _check(told: list[ClaimLesson]) -> None:
    """Fit without the checked half of the acts, and print what is reached there."""
    unseen = [each for each in told if each.weight == ACT and is_kept(each.id)]
    seen = [each for each in told if not (each.weight == ACT and is_kept(each.id))]
    table = fitted(seen, shipped().claims)
    for name, english in (("English", True), ("others", False)):
        figures = reached([each for each in unseen if (each.language == "en") == english], table)
        print(f"{name:8} " + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))


def main() -> None:
    """Fit and write, or only check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        _check(lessons())
        return
    path = active().folder / FILE
    path.write_text(written(fitted(lessons(), shipped().claims)), encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()

"""Fit the table of `classifiers.tagging.tag_model` on the relevant ones of our own examples, and say what it reaches.

python -m classifiers.tagging.fit_tag_model PAIRS            # writes tag_model.json of the topic
python -m classifiers.tagging.fit_tag_model PAIRS --check    # only the figures, out of fold

PAIRS is a file of swapped pairs, of which the half for development teaches what kind of act a sentence tells.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import ACTS, CORE, NEWS
from classifiers.relevance.examples import FILE as EXAMPLES
from classifiers.relevance.features import mention_features
from classifiers.relevance.pipeline import Bools, Floats
from classifiers.tagging.direction import kind_of
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.fit_frame_model import is_kept, rows_of
from classifiers.tagging.frame_features import manner_features, readings_of
from classifiers.tagging.stances import STANCES
from classifiers.tagging.tag_model import ACTED, FILE, KINDS, RULED, features_of, ruled
from classifiers.text.fold import entry_text
from classifiers.topics.active import active
from classifiers.topics.read import OTHER

STRENGTH = {"channel": 0.2, "way": 0.08, "stance": 0.2, "kind": 0.05}
"""The inverse of the L2 penalty, by kind of tag; chosen by grouped cross-validation on our own examples."""
LEAST = 0.03
"""Weights nearer to 0 are left out of the file."""
FEWEST = 5
NOT_OF_KINDS = ("channel=", "stance=")
EXAMPLE, ACT, NEWS_ACT, HALF = 0.5, 2.0, 1.0, 0.6
"""What an example counts, an act, which is labelled by the sentence, an act in the manner of a news feed, where more is
said beside it, and the half of a pair, which teaches kinds alone: chosen on what is there for development."""
FOLDS = 5


@dataclass(frozen=True)
class Lesson:
    """Examples in feature space. ``targets`` holds a column for each tag; ``pairs`` tells which rows teach kinds
    alone."""

    features: tuple[dict[str, float], ...]
    groups: tuple[str, ...]
    weights: Floats
    pairs: Bools
    targets: dict[str, Bools]

    def weights_for(self, tag: str) -> Floats:
        """What each row counts for a tag."""
        return self.weights if tag.startswith("kind:") else np.where(self.pairs, 0.0, self.weights)


def lesson(rows: Sequence[dict[str, Any]]) -> Lesson:
    """The relevant rows of the examples file as something to fit on."""
    pages = [DocumentLayout(analyse(entry_text(row["title"], row["summary"]), row["lang"])) for row in rows]
    targets = {
        f"channel:{name}": np.array([name in row["channels"] for row in rows]) for name in (*active().channels, OTHER)
    }
    for way in (active().directions.to_focus, active().directions.from_focus):
        targets[f"way:{way}"] = np.array([row["direction"] == way for row in rows])
    for stance in STANCES:
        targets[f"stance:{stance}"] = np.array([row.get(stance, row["stance"] == stance) for row in rows])
    kinds = {way: kind_of(way) for way in active().directions.all}
    for kind in KINDS:
        targets[f"kind:{kind}"] = np.array([kinds[row["direction"]] == kind for row in rows])
    features = tuple(map(_features, pages))
    return Lesson(
        tuple(frequent(features)),
        tuple(row["group"] for row in rows),
        np.array([row["weight"] for row in rows]),
        np.array([row["weight"] == HALF for row in rows]),
        targets,
    )


def _features(layout: DocumentLayout) -> dict[str, float]:
    readings = readings_of(layout)
    manner = manner_features(layout, readings[0]) if readings else {}
    return features_of(layout, mention_features(layout.analysis), ruled(layout), readings, manner)


def seen_by(tag: str, features: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """The features that a tag may learn from: see `classifiers.tagging.tag_model.RULED`."""
    unseen = (*RULED, ACTED) if tag.startswith("way:") else NOT_OF_KINDS if tag.startswith("kind:") else ()
    if not unseen:
        return list(features)
    return [{name: value for name, value in row.items() if not name.startswith(unseen)} for row in features]


def frequent(features: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """The rows with what is seen in hardly any example left out."""
    counts = Counter(name for row in features for name, value in row.items() if value)
    return [{name: value for name, value in row.items() if counts[name] >= FEWEST} for row in features]


def fitted(tag: str, rows: Any, target: Bools, weights: Floats) -> LogisticRegression:
    """One tag's regression. Deterministic."""
    return LogisticRegression(C=STRENGTH[tag.partition(":")[0]], max_iter=1000).fit(rows, target, sample_weight=weights)


def table_of(told: Lesson) -> dict[str, Any]:
    """The file's content: intercepts by tag, then weights by feature and tag."""
    table: dict[str, dict[str, float]] = {}
    intercepts: dict[str, float] = {}
    for tag, target in told.targets.items():
        vectorizer = DictVectorizer()
        model = fitted(tag, vectorizer.fit_transform(seen_by(tag, told.features)), target, told.weights_for(tag))
        intercepts[tag] = round(float(model.intercept_[0]), 3)
        for name, weight in zip(vectorizer.feature_names_, model.coef_[0], strict=True):
            if abs(weight) >= LEAST:
                table.setdefault(name, {})[tag] = round(float(weight), 3)
    return {"intercepts": intercepts, "features": dict(sorted(table.items()))}


def written(table: dict[str, Any]) -> str:
    """The file: JSON with a line for each feature."""
    rows = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(weights)}" for name, weights in table["features"].items()
    )
    return f'{{"intercepts": {json.dumps(table["intercepts"])},\n"features": {{\n{rows}\n}}}}\n'


def out_of_fold(told: Lesson) -> dict[str, Floats]:
    """Tag → log-odds of each example by a regression that saw neither it nor its group."""
    found: dict[str, Floats] = {}
    for tag, target in told.targets.items():
        rows = DictVectorizer().fit_transform(seen_by(tag, told.features))
        found[tag] = np.zeros(len(target))
        for seen, unseen in GroupKFold(FOLDS).split(rows, groups=told.groups):
            found[tag][unseen] = fitted(tag, rows[seen], target[seen], told.weights_for(tag)[seen]).decision_function(
                rows[unseen]
            )
    return found


def relevant_rows() -> list[dict[str, Any]]:
    """The relevant ones of the topic's examples and its acts, with their tags."""
    folder = active().folder
    examples = ({**row, "weight": EXAMPLE} for row in rows_of(folder / EXAMPLES) if row["label"] == "relevant")
    acts = [row for row in rows_of(folder / ACTS) if row["grade"] == CORE]
    weights = (NEWS_ACT if row.get("register") == NEWS else ACT for row in acts)
    told = zip(acts, weights, strict=True)
    return [*examples, *({**row, "group": row["id"], "stance": "", "weight": weight} for row, weight in told)]


def pair_rows(pairs: Path) -> list[dict[str, Any]]:
    """The halves of the pairs for development, with the direction that each tells."""
    ways = active().directions
    rows = []
    for pair in rows_of(pairs):
        for half in (pair["a"], pair["b"]) if not is_kept(pair["id"]) else ():
            way = ways.mutual if not half["giver"] else ways.to_focus
            told = {"title": half["text"], "summary": "", "lang": pair["lang"], "direction": way, "weight": HALF}
            rows.append({**told, "group": pair["id"], "stance": "", "channels": []})
    return rows


def main() -> None:
    """Fit and write, or only check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    told = lesson([*relevant_rows(), *pair_rows(asked.pairs)])
    if asked.check:
        for tag, decisions in out_of_fold(told).items():
            target = told.targets[tag]
            right = int(((decisions > 0) & target).sum())
            f1 = 2 * right / max(1, int((decisions > 0).sum() + target.sum()))
            print(f"{tag:24} {int(target.sum()):5} examples   F1 out of fold {f1:.3f}")
        return
    path = active().folder / FILE
    path.write_text(written(table_of(told)), encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()

"""Fit the table of `classifiers.tagging.tag_model` on the relevant ones of our own examples, and say what it reaches.

python -m classifiers.tagging.fit_tag_model            # writes tag_model.json of the topic
python -m classifiers.tagging.fit_tag_model --check    # only the figures, out of fold
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import FILE as EXAMPLES
from classifiers.relevance.features import mention_features
from classifiers.relevance.pipeline import Bools, Floats
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.stances import STANCES
from classifiers.tagging.tag_model import FILE, RULED, features_of, ruled
from classifiers.text.fold import entry_text
from classifiers.topics.active import active
from classifiers.topics.read import OTHER

STRENGTH = {"channel": 0.2, "way": 0.08, "stance": 0.2}
"""The inverse of the L2 penalty, by kind of tag; chosen by grouped cross-validation on our own examples."""
LEAST = 0.03
"""Weights nearer to 0 are left out of the file."""
FEWEST = 5
FOLDS = 5


@dataclass(frozen=True)
class Lesson:
    """Examples in feature space. ``targets`` holds a column for each tag."""

    features: tuple[dict[str, float], ...]
    groups: tuple[str, ...]
    targets: dict[str, Bools]


def lesson(rows: Sequence[dict[str, Any]]) -> Lesson:
    """The relevant rows of the examples file as something to fit on."""
    pages = [DocumentLayout(analyse(entry_text(row["title"], row["summary"]), row["lang"])) for row in rows]
    targets = {
        f"channel:{name}": np.array([name in row["channels"] for row in rows]) for name in (*active().channels, OTHER)
    }
    for way in active().directions.all:
        targets[f"way:{way}"] = np.array([row["direction"] == way for row in rows])
    for stance in STANCES:
        targets[f"stance:{stance}"] = np.array([row["stance"] == stance for row in rows])
    features = tuple(features_of(layout, mention_features(layout.analysis), ruled(layout)) for layout in pages)
    return Lesson(features, tuple(row["group"] for row in rows), targets)


def seen_by(tag: str, features: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """The features that a tag may learn from: see `classifiers.tagging.tag_model.RULED`."""
    if not tag.startswith("way:"):
        return list(features)
    return [{name: value for name, value in row.items() if not name.startswith(RULED)} for row in features]


def fitted(tag: str, rows: Floats, target: Bools) -> LogisticRegression:
    """One tag's regression. Deterministic."""
    return LogisticRegression(C=STRENGTH[tag.partition(":")[0]], max_iter=1000, solver="newton-cg").fit(rows, target)


def table_of(told: Lesson) -> dict[str, Any]:
    """The file's content: intercepts by tag, then weights by feature and tag."""
    table: dict[str, dict[str, float]] = {}
    intercepts: dict[str, float] = {}
    for tag, target in told.targets.items():
        vectorizer = DictVectorizer(sparse=False)
        rows = vectorizer.fit_transform(seen_by(tag, told.features))
        model = fitted(tag, rows, target)
        intercepts[tag] = round(float(model.intercept_[0]), 3)
        common = (rows != 0).sum(axis=0) >= FEWEST
        for name, weight, kept in zip(vectorizer.feature_names_, model.coef_[0], common, strict=True):
            if kept and abs(weight) >= LEAST:
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
        rows = DictVectorizer(sparse=False).fit_transform(seen_by(tag, told.features))
        found[tag] = np.zeros(len(target))
        for seen, unseen in GroupKFold(FOLDS).split(rows, groups=told.groups):
            found[tag][unseen] = fitted(tag, rows[seen], target[seen]).decision_function(rows[unseen])
    return found


def relevant_rows() -> list[dict[str, Any]]:
    """The relevant ones of the topic's examples, with their tags."""
    text = (active().folder / EXAMPLES).read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [row for row in rows if row["label"] == "relevant"]


def main() -> None:
    """Fit and write, or only check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    told = lesson(relevant_rows())
    if parser.parse_args().check:
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

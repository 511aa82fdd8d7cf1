"""Fit the tables of `classifiers.tagging.frame_model` on our own sentences, and say what they reach.

python -m classifiers.tagging.fit_frame_model PAIRS            # writes frame_model.json
python -m classifiers.tagging.fit_frame_model PAIRS --check    # only the figures, out of fold

PAIRS is a file of swapped pairs (tests/classifiers/tagging/swapped_pairs.jsonl): of it the half for development is
learned from, beside the acts and the examples of the topic.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import ACTS
from classifiers.relevance.examples import FILE as EXAMPLES
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.frame_features import manner_features, readings_of, text_arrow_features
from classifiers.tagging.frame_model import FILE, PHASES, VOUCHINGS
from classifiers.text.fold import entry_text
from classifiers.topics.active import active

STRENGTH = {"arrow": 0.1, "phase": 0.2, "vouching": 0.2}
"""The inverse of the L2 penalty, by table; chosen by cross-validation on the half for development."""
PAIR, ACT, EXAMPLE = 3.0, 2.0, 1.0
"""What a lesson counts. Examples say the direction of a whole text, of which the sentence read may show nothing."""
LEAST = 0.02
"""Weights nearer to 0 are left out of the file."""
FOLDS = 5


@dataclass(frozen=True)
class Lesson:
    """One text to learn from: "" or 0 where it does not teach that. ``gives``: +1 the focus gives, -1 it receives."""

    id: str
    language: str
    weight: float
    arrow: Mapping[str, float]
    manner: Mapping[str, float]
    gives: int
    phase: str
    vouching: str


def is_kept(id_: str) -> bool:
    """Whether a pair or an article is in the half that is scored once, at the end, and never learned from."""
    return int(hashlib.sha256(id_.encode()).hexdigest(), 16) % 2 == 1


def lessons(pairs: Path) -> list[Lesson]:
    """Everything that is learned from."""
    topic, focus = active(), active().focus_actor.id
    found: list[Lesson | None] = []
    for row in rows_of(pairs):
        if not is_kept(row["id"]):
            found += [_lesson(row["id"], row["lang"], half["text"], half, focus, PAIR) for half in (row["a"], row["b"])]
    for row in rows_of(topic.folder / ACTS):
        text = entry_text(row["title"], row["summary"])
        found.append(_lesson(row["id"], row["lang"], text, row, focus, ACT))
    for row in rows_of(topic.folder / EXAMPLES):
        way = {topic.directions.from_focus: 1, topic.directions.to_focus: -1}.get(row["direction"], 0)
        if way and row["stance"] == "cooperation":
            half = {"giver": focus if way > 0 else "", "receiver": focus if way < 0 else ""}
            found.append(
                _lesson(row["id"], row["lang"], entry_text(row["title"], row["summary"]), half, focus, EXAMPLE)
            )
    return [lesson for lesson in found if lesson]


def rows_of(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, none where it is not there."""
    if file.is_file():
        yield from (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def _lesson(id_: str, language: str, text: str, told: Mapping[str, Any], focus: str, weight: float) -> Lesson | None:
    layout = DocumentLayout(analyse(text, language))
    readings = readings_of(layout)
    if not readings:
        return None
    first = readings[0]
    gives = (told["giver"] == focus) - (told["receiver"] == focus)
    other = told["receiver"] if gives > 0 else told["giver"]
    named = [code for phrase, _ in first.partners for code in phrase.codes]
    partner = other if other in named else next(iter(named), "")
    return Lesson(
        id_,
        language,
        weight,
        text_arrow_features(readings, partner),
        manner_features(layout, first),
        gives,
        told.get("phase", ""),
        told.get("vouching", ""),
    )


def fitted(told: list[Lesson]) -> dict[str, Any]:
    """The three tables, as the file holds them."""
    arrows = [each for each in told if each.gives and each.arrow]
    tables: dict[str, Any] = {"arrow": _arrow_table(arrows)}
    for name, classes in (("phase", PHASES), ("vouching", VOUCHINGS)):
        tables[name] = class_table(name, classes, [each for each in told if getattr(each, name)])
    return tables


def _arrow_table(told: list[Lesson]) -> dict[str, float]:
    """Without an intercept, and so without a habit."""
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict(each.arrow) for each in told])
    model = LogisticRegression(C=STRENGTH["arrow"], max_iter=1000, fit_intercept=False, solver="newton-cg")
    model.fit(rows, [each.gives for each in told], sample_weight=[each.weight for each in told])
    return _weights(vectorizer, model.coef_[0])


def class_table(name: str, classes: tuple[str, ...], told: Sequence[Any]) -> dict[str, dict[str, float]]:
    """Class → feature → weight, of lessons that hold their features of ``manner`` and their class by ``name``."""
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict(each.manner) for each in told])
    model = LogisticRegression(C=STRENGTH[name], max_iter=1000, fit_intercept=False, solver="newton-cg")
    model.fit(rows, [getattr(each, name) for each in told])
    order = list(model.classes_)
    return {each: _weights(vectorizer, model.coef_[order.index(each)]) for each in classes}


def _weights(vectorizer: DictVectorizer, coefficients: np.ndarray[Any, Any]) -> dict[str, float]:
    pairs = zip(vectorizer.feature_names_, coefficients, strict=True)
    return {name: round(float(weight), 3) for name, weight in pairs if abs(weight) >= LEAST}


def written(tables: Mapping[str, Any]) -> str:
    """The file: JSON with a line for each weight, so that changes can be read."""
    return json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def check(told: list[Lesson]) -> None:
    """Print what is reached out of fold: arrows by language (whole pairs), phase and vouching."""
    from classifiers.tagging.frame_model import model_of, probabilities

    pairs: dict[tuple[str, str], list[bool]] = {}
    right: Counter[str] = Counter()
    for fold in range(FOLDS):
        tables = fitted([each for each in told if fold_of(each.id) != fold])
        model = model_of(tables)
        for each in (each for each in told if fold_of(each.id) == fold and each.weight != EXAMPLE):
            if each.gives:
                ok = model.gives(each.arrow) * each.gives > 0
                kind = "pair" if each.weight == PAIR else "act"
                pairs.setdefault((f"{kind} {each.language}", each.id), []).append(ok)
            for name, table, classes in (("phase", model.phase, PHASES), ("vouching", model.vouching, VOUCHINGS)):
                true = getattr(each, name)
                if true:
                    shares = probabilities(table, classes, each.manner)
                    right[f"{name} of {'pairs' if each.weight == PAIR else 'acts'}"] += 1
                    right[f"{name} right {'pairs' if each.weight == PAIR else 'acts'}"] += (
                        max(shares, key=lambda key: shares[key]) == true
                    )
    whole: Counter[str] = Counter(group for (group, _), halves in pairs.items() if all(halves))
    for group, count in sorted(Counter(group for group, _ in pairs).items()):
        print(f"{group}: {whole[group]} of {count} right")
    print(sum(whole[g] for g in whole if g.startswith("pair")), dict(right))


def fold_of(id_: str) -> int:
    """The fold that a lesson of that id is scored in."""
    return int(hashlib.md5(id_.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def main() -> None:
    """Fit and write, or only check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    told = lessons(asked.pairs)
    if asked.check:
        check(told)
        return
    path = Path(__file__).with_name(FILE)
    path.write_text(written(fitted(told)), encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()

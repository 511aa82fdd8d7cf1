"""Fit what the aspects of `classifiers.tagging.aspects` weigh, on our own acts and pairs, and say what they reach.

python -m classifiers.tagging.fit_aspects PAIRS            # writes aspect_weights.json
python -m classifiers.tagging.fit_aspects PAIRS --check    # only the figures, out of fold

PAIRS is a file of swapped pairs, of which the half for development is learned from. What the tables of phase say of a
text is told by tables that have not seen it, so that they are trusted no more than they are right of new texts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import ACTS
from classifiers.tagging.aspects import BETWEEN, DONE, FILE, LEANING, UNDER_WAY, aspect_features, leaning
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.fit_frame_model import FOLDS, class_table, fold_of, is_kept, rows_of
from classifiers.tagging.frame_features import head_manner, manner_features, readings_of
from classifiers.tagging.frame_model import PHASES, columns, probabilities
from classifiers.tagging.frames import likeliest
from classifiers.text.fold import entry_text
from classifiers.topics.active import active

LEAST = 0.1
"""Weights nearer to 0 are left out of the file."""


@dataclass(frozen=True)
class PhaseLesson:
    """One text whose phase is known. ``read``: a sentence of it tells of a tie, so that the tables learn from it."""

    id: str
    phase: str
    manner: Mapping[str, float]
    aspects: Mapping[str, float]
    read: bool


def lessons(pairs: Path) -> list[PhaseLesson]:
    """The acts of the topic and the pairs for development."""
    return [_lesson(row) for row in _rows(pairs)]


def _rows(pairs: Path) -> Iterator[dict[str, Any]]:
    yield from (row for row in rows_of(active().folder / ACTS) if row["phase"])
    for pair in rows_of(pairs):
        for half in (pair["a"], pair["b"]) if not is_kept(pair["id"]) else ():
            yield {**pair, "title": half["text"], "summary": "", "phase": half["phase"]}


def _lesson(row: Mapping[str, Any]) -> PhaseLesson:
    layout = DocumentLayout(analyse(entry_text(row["title"], row["summary"]), row["lang"]))
    readings = readings_of(layout)
    manner = manner_features(layout, readings[0]) if readings else head_manner(layout)
    return PhaseLesson(row["id"], row["phase"], manner, aspect_features(layout), bool(readings))


def out_of_fold(told: Sequence[PhaseLesson]) -> Iterator[tuple[PhaseLesson, dict[str, float]]]:
    """Each lesson with the probabilities of its phases by tables that were fitted without it."""
    for fold in range(FOLDS):
        seen = [each for each in told if fold_of(each.id) != fold and each.read]
        table = columns(class_table("phase", PHASES, seen), PHASES)
        for each in told:
            if fold_of(each.id) == fold:
                yield each, probabilities(table, PHASES, each.manner)


def fitted(told: Sequence[tuple[PhaseLesson, Mapping[str, float]]]) -> dict[str, float]:
    """Feature → what it adds to the log-odds that an act is under way rather than done."""
    fitting = [pair for pair in told if _is_between(*pair) and pair[0].phase in (DONE, UNDER_WAY)]
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{**each.aspects, LEANING: leaning(phases)} for each, phases in fitting])
    model = LogisticRegression(max_iter=1000, fit_intercept=False, solver="newton-cg")
    model.fit(rows, [each.phase == UNDER_WAY for each, _ in fitting])
    pairs = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    return {name: round(float(weight), 2) for name, weight in pairs if abs(weight) >= LEAST}


def _is_between(lesson: PhaseLesson, phases: Mapping[str, float]) -> bool:
    """Whether the tables call it done or under way, in a language with words of aspect."""
    return bool(lesson.aspects) and likeliest(phases, lesson.manner) in BETWEEN


def check(told: Sequence[tuple[PhaseLesson, Mapping[str, float]]]) -> tuple[int, int, int]:
    """How many of them there are, how many the tables have right, and how many both together, out of fold."""
    right = before = 0
    for fold in range(FOLDS):
        weights = fitted([pair for pair in told if fold_of(pair[0].id) != fold])
        for each, phases in told:
            if fold_of(each.id) == fold:
                first = likeliest(phases, each.manner)
                before += first == each.phase
                right += (_decided(each, phases, weights) if _is_between(each, phases) else first) == each.phase
    return len(told), before, right


def _decided(lesson: PhaseLesson, phases: Mapping[str, float], weights: Mapping[str, float]) -> str:
    shown = {**lesson.aspects, LEANING: leaning(phases)}
    return UNDER_WAY if sum(weights.get(name, 0.0) * value for name, value in shown.items()) > 0 else DONE


def main() -> None:
    """Fit and write, or only check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    told = list(out_of_fold(lessons(asked.pairs)))
    if asked.check:
        print("{} texts: {} right by the tables of phase, {} with aspects".format(*check(told)))
        return
    path = Path(__file__).with_name(FILE)
    path.write_text(json.dumps(fitted(told), indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()

"""Fit what the signs of `classifiers.tagging.act_confidence` weigh, on judged acts, and say what it reaches.

python -m classifiers.tagging.fit_act_confidence LABELS ENTRIES PAIRS            # writes act_confidence.json
python -m classifiers.tagging.fit_act_confidence LABELS ENTRIES PAIRS --check    # only the figures, out of fold
python -m classifiers.tagging.fit_act_confidence LABELS ENTRIES PAIRS --scored   # those of what is not learned from

LABELS has a JSON line for each act: the id of its entry, its kind, giver and receiver as they were read, and what each
reader said, "yes", "background" (stated in passing), "reversed" or "no". ENTRIES (JSON lines, .gz) holds their texts.
An act that is read otherwise by now is left out, and so is one that a sure wording tells. Our own acts and the half of
PAIRS that is for development teach what plain sentences look like in languages of which real entries hold few.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from classifiers.lexicon.analysis import Analysis, analyse
from classifiers.relevance.champion import train_seed
from classifiers.relevance.examples import ACTS
from classifiers.tagging.act_confidence import DOUBTFUL, FILE, INTERCEPT, KINDS, READ, SURELY, confidence
from classifiers.tagging.fit_frame_model import FOLDS, fold_of, is_kept, rows_of
from classifiers.tagging.tags import act_signs
from classifiers.tagging.watchlist import shipped
from classifiers.text.fold import entry_text
from classifiers.topics.active import active

TARGET_RECALL = 0.95
"""Of the model whose probability is a sign: that which is shipped."""
STRENGTH = 0.3
"""The inverse of the L2 penalty, chosen out of fold among 0.1, 0.3, 1 and 3."""
REAL, ACT, PAIR = 1.0, 0.2, 0.05
"""What a lesson counts. More of our own makes real acts look surer than they are; chosen out of fold among 0, 0.1 and
0.2 for acts, 0, 0.02 and 0.05 for a half of a pair."""
LEAST = 0.02
"""Weights nearer to 0 are left out of the file."""
TRUE = ("yes", "background")
CORE = 2


@dataclass(frozen=True)
class ActLesson:
    """An act that was read, what speaks for it, whether readers found it told, and what it counts."""

    id: str
    kind: str
    signs: Mapping[str, float]
    is_told: bool
    weight: float


def judged(labels: Path, entries: Path, *, scored: bool) -> Iterator[ActLesson]:
    """The acts of one half that are still read as they were judged; told are those of which a reader says so. Of the
    735 that two readers saw, 16 are told by one of them alone."""
    rows = {row["id"]: row for row in rows_of(labels) if row["scored"] is scored}
    with gzip.open(entries, "rt", encoding="utf-8") as lines:
        texts = [row for row in map(json.loads, lines) if row["id"] in rows]
    analyses = [_analysis(text, text.get("date") or "") for text in texts]
    sure = train_seed(TARGET_RECALL).model.probabilities(analyses)
    for text, analysis, probability in zip(texts, analyses, sure, strict=True):
        frame, signs = act_signs(analysis, shipped(), float(probability))
        row = rows[text["id"]]
        if signs and (frame.kind, frame.giver, frame.receiver) == (row["kind"], row["giver"], row["receiver"]):
            yield ActLesson(row["id"], frame.kind, signs, any(answer in TRUE for answer in row["told"]), REAL)


def own(pairs: Path) -> Iterator[ActLesson]:
    """Our own acts about the topic, and halves of pairs, in which something is read to change hands: told where it goes
    as it was written."""
    for row in rows_of(active().folder / ACTS):
        if row["grade"] == CORE:
            yield from _own(row["id"], _analysis(row), row, ACT)
    for pair in rows_of(pairs):
        for half in (pair["a"], pair["b"]) if not is_kept(pair["id"]) else ():
            yield from _own(pair["id"], _analysis({**half, "title": half["text"], "lang": pair["lang"]}), half, PAIR)


def _own(id_: str, analysis: Analysis, told: Mapping[str, Any], weight: float) -> Iterator[ActLesson]:
    if not analysis.joins:
        return
    frame, signs = act_signs(analysis, shipped(), SURELY)
    if signs and frame.kind == "transfer":
        is_told = (frame.giver, frame.receiver) == (told["giver"], told["receiver"])
        yield ActLesson(id_, frame.kind, signs, is_told, weight)


def _analysis(text: Mapping[str, Any], day: str = "") -> Analysis:
    told = entry_text(text["title"], text.get("summary") or "")
    return analyse(told, text["lang"], date.fromisoformat(day[:10]) if day else None)


def fitted(told: Sequence[ActLesson]) -> dict[str, float]:
    """Sign → what it adds to the log-odds that an act of a kind is told."""
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict(each.signs) for each in told])
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=5000)
    model.fit(rows, [each.is_told for each in told], sample_weight=[each.weight for each in told])
    pairs = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    return {name: round(float(weight), 2) for name, weight in pairs if abs(weight) >= LEAST or name == INTERCEPT}


def out_of_fold(told: Sequence[ActLesson]) -> list[float]:
    """The confidence in each act by a table that was fitted without it."""
    tables = [fitted([each for each in told if fold_of(each.id) != fold]) for fold in range(FOLDS)]
    return [confidence(tables[fold_of(each.id)], each.signs) for each in told]


def report(told: Sequence[ActLesson], sure: Sequence[float]) -> Iterator[str]:
    """What is reached, by kind and by what the acts count: how many are true from each line on."""
    for kind, weight in dict.fromkeys((each.kind, each.weight) for each in told):
        chosen = [place for place, each in enumerate(told) if (each.kind, each.weight) == (kind, weight)]
        true, confident = np.array([told[place].is_told for place in chosen]), np.array(sure)[chosen]
        area = roc_auc_score(true, confident)
        line = f"{kind}, of weight {weight}: {len(true)}, {true.mean():.2f} true, area {area:.3f}"
        for least in (DOUBTFUL[kind], READ):
            above = true[confident >= least]
            share = f"{above.sum() / true.sum():.2f} of the true"
            line += f"; from {least} on {len(above)}, {above.mean():.2f} true, {share}"
        yield line


def main() -> None:
    """Fit and write, or only say what is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("labels", "entries", "pairs"):
        parser.add_argument(name, type=Path)
    for name in ("--check", "--scored"):
        parser.add_argument(name, action="store_true")
    asked = parser.parse_args()
    path = Path(__file__).with_name(FILE)
    found = list(judged(asked.labels, asked.entries, scored=asked.scored))
    if asked.scored:
        tables = json.loads(path.read_text(encoding="utf-8"))
        print(*report(found, [confidence(tables[each.kind], each.signs) for each in found]), sep="\n")
        return
    lessons = [*found, *own(asked.pairs)]
    of_kind = {kind: [each for each in lessons if each.kind == kind] for kind in KINDS}
    for told in of_kind.values():
        print(*report(told, out_of_fold(told)), sep="\n")
    if not asked.check:
        tables = {kind: fitted(told) for kind, told in of_kind.items()}
        path.write_text(json.dumps(tables, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()

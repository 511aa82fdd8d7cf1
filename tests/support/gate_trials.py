"""What the gate of retraining lets through when the labels are noise: ``python -m tests.support.gate_trials FILE``.

FILE holds judged articles as JSON lines (`axiswatch evaluate` reads the same). In each try some of them are drawn and
labelled: by coin flips, all relevant, all not, the wrong way round, with 30 % errors, or rightly. The gate decides;
the articles that were not drawn say what a promotion would have done to average precision.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from classifiers.learning.gate import Learned, gate
from classifiers.relevance.essays import rows_by_source, stacked
from classifiers.relevance.evaluation import JudgedArticle, read_articles
from classifiers.relevance.examples import LABEL_WEIGHT, Example, training_examples
from classifiers.relevance.model import Model
from classifiers.relevance.pipeline import Bools
from classifiers.relevance.spec import Spec
from classifiers.relevance.training import train

Random = np.random.Generator
KINDS: dict[str, Callable[[Bools, Random], Bools]] = {
    "right": lambda truth, _: truth,
    "30 % wrong": lambda truth, random: truth ^ (random.random(len(truth)) < 0.3),
    "coin flips": lambda truth, random: random.random(len(truth)) < 0.5,
    "all relevant": lambda truth, _: np.ones_like(truth),
    "all not": lambda truth, _: np.zeros_like(truth),
    "inverted": lambda truth, _: ~truth,
}
NUMBERS = (60, 120)
TRIES = 20
MOST_LOST = 0.003
"""Average precision on the articles that were not drawn, which no promotion may cost."""


@dataclass(frozen=True)
class TrialResult:
    """One try: whether the gate promoted, and the change of average precision that a promotion brings."""

    kind: str
    number: int
    seed: int
    promoted: bool
    change: float
    note: str


@cache
def judged_articles(file: Path) -> tuple[JudgedArticle, ...]:
    """The articles that are core or not at all: what is between teaches nothing here."""
    return tuple(article for article in read_articles(file) if article.grade != 1)


@cache
def champion() -> Model:
    """The model from the seed alone."""
    return train(training_examples(), stacked(rows_by_source(None).values())).model


def precision(model: Model, articles: Sequence[JudgedArticle]) -> float:
    """Average precision of that model on these articles."""
    scores = model.probabilities([article.analysis for article in articles])
    return float(average_precision_score([article.grade == 2 for article in articles], scores))


def labels_of(kind: str, drawn: Sequence[JudgedArticle], random: Random) -> list[Example]:
    """The drawn articles as examples, labelled in that way."""
    said = KINDS[kind](np.array([article.grade == 2 for article in drawn]), random)
    return [
        Example(f"entry-{article.id}", article.analysis.text, article.language, bool(value), article.id, LABEL_WEIGHT)
        for article, value in zip(drawn, said, strict=True)
    ]


def one_try(file: Path, kind: str, number: int, seed: int) -> TrialResult:
    """Draw, label, ask the gate, and see what a promotion does to the rest."""
    articles = judged_articles(file)
    random = np.random.default_rng([seed, number, list(KINDS).index(kind)])
    order = random.permutation(len(articles))
    drawn, rest = [articles[index] for index in order[:number]], [articles[index] for index in order[number:]]
    examples = [*training_examples(), *labels_of(kind, drawn, random)]
    known = np.array([not example.id.startswith("entry-") for example in examples])
    rows = rows_by_source(None)
    verdict = gate(examples, rows, Learned(known, frozenset(rows)), Spec())
    candidate = train(examples, stacked(rows.values())).model
    change = precision(candidate, rest) - precision(champion(), rest)
    return TrialResult(kind, number, seed, verdict.better, change, verdict.note)


def told(results: Sequence[TrialResult]) -> str:
    """The table: by kind and number, how many were promoted and what that changed, in thousandths."""
    columns = ("labels", "number", "promoted", "worst promoted", "mean promoted", "mean of all")
    lines = ["{:14} {:>6} {:>9} {:>15} {:>14} {:>12}".format(*columns)]
    for kind in KINDS:
        for number in NUMBERS:
            these = [result for result in results if (result.kind, result.number) == (kind, number)]
            if not these:
                continue
            taken = [1000 * result.change for result in these if result.promoted]
            worst, mean = (f"{min(taken):+.1f}", f"{np.mean(taken):+.1f}") if taken else ("-", "-")
            everything = np.mean([1000 * result.change for result in these])
            lines.append(
                f"{kind:14} {number:6} {len(taken):3} of {len(these):2} {worst:>15} {mean:>14} {everything:>+12.1f}"
            )
    return "\n".join(lines)


def main() -> None:
    """Run the tries that were asked for and print the table; fails where a promotion lost more than ``MOST_LOST``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--tries", type=int, default=TRIES)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--notes", action="store_true", help="also what the gate said of each")
    given = parser.parse_args()
    asked = [
        (given.file, kind, number, seed)
        for kind in given.kinds
        for number in NUMBERS
        for seed in range(given.first_seed, given.first_seed + given.tries)
    ]
    with ProcessPoolExecutor() as pool:
        results = list(pool.map(one_try, *zip(*asked, strict=True)))
    if given.notes:
        for result in results:
            print(result.kind, result.number, result.seed, f"{1000 * result.change:+.1f}", result.promoted, result.note)
    print(told(results))
    lost = [result for result in results if result.promoted and result.change < -MOST_LOST]
    print(f"{len(lost)} of {len(results)} tries promoted a model that lost more than {MOST_LOST}")
    raise SystemExit(bool(lost))


if __name__ == "__main__":
    main()

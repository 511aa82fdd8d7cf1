"""The gate of retraining: what teaches gets in; noise, luck and labels of one kind stay out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classifiers.learning.gate import DRAWS, Learned, Trial, Verdict, calibrated_losses, chance_of_gain, gate, judge
from classifiers.relevance.examples import Example
from classifiers.relevance.pipeline import Floats
from classifiers.relevance.spec import Spec
from tests.support.fresh import FRESH
from tests.support.gate_trials import KINDS, judged_articles, labels_of
from tests.support.small_examples import PARTNERS, small_examples

DEEDS = ("penguins", "beehives", "marbles", "kites", "lanterns", "teapots")


def labelled(relevant: bool, pattern: str, number: int = 30) -> list[Example]:
    texts = [(deed, partner) for deed in DEEDS for partner in PARTNERS][:number]
    return [
        Example(
            f"entry-{relevant}-{deed}-{partner}", pattern.format(partner, deed), "en", relevant, deed + partner, 2.0
        )
        for deed, partner in texts
    ]


def judged(labels: list[Example]) -> Verdict:
    examples = [*small_examples(), *labels]
    known = np.array([not example.id.startswith("entry-") for example in examples])
    return gate(examples, {}, Learned(known, frozenset()), Spec())


def test_labels_with_something_to_teach_let_the_candidate_in() -> None:
    labels = labelled(True, "Russia and {} before the season of {} opens")
    labels += labelled(False, "Russia and {} after the season of {} closes")
    better, note = judged(labels)
    assert better, note
    assert "calibrated log-loss" in note
    assert "better with P = 1.00" in note


def test_labels_that_spoil_what_was_known_are_refused() -> None:
    labels = [
        Example(f"entry-{number}", example.text, "en", not example.relevant, f"label-{number}", 2.0)
        for number, example in enumerate(small_examples())
    ]
    better, note = judged(labels)
    assert not better, note


def test_labels_of_other_news_teach_nothing() -> None:
    better, note = judged([Example(f"entry-{n}", "Rain in Spain", "en", n % 2 == 0, f"entry-{n}") for n in range(99)])
    assert not better
    assert "0 are relevant and 0 are not" in note


@pytest.mark.parametrize(("relevant", "others", "is_tried"), [(10, 9, False), (16, 4, False), (15, 5, True)])
def test_it_wants_twenty_labels_and_five_of_each_kind(relevant: int, others: int, is_tried: bool) -> None:
    labels = labelled(True, "Russia and {} before the season of {} opens", relevant)
    labels += labelled(False, "Russia and {} after the season of {} closes", others)
    better, note = judged(labels)
    assert ("too few labels" in note) is not is_tried
    assert is_tried or not better


def trial(old: Floats, new: Floats, relevant: Floats) -> Trial:
    """A trial of labelled articles alone beside two of our own examples that both sides judge rightly."""
    size = len(old)
    return Trial(
        old=np.concatenate([old, [1.0, -1.0]]),
        new=np.concatenate([new, [1.0, -1.0]]),
        relevant=np.concatenate([relevant > 0, [True, False]]),
        labelled=np.array([True] * size + [False] * 2),
        groups=tuple(map(str, range(size + 2))),
        folds=np.arange(size + 2) % 5,
    )


RANDOM = np.random.default_rng(7)
TRUTH = RANDOM.choice([-1.0, 1.0], size=80)
GOOD = TRUTH + RANDOM.normal(0, 0.8, 80)
POOR = TRUTH + RANDOM.normal(0, 3.0, 80)


def test_a_model_that_orders_better_is_let_in_and_one_that_orders_worse_is_not() -> None:
    assert judge(trial(POOR, GOOD, TRUTH), labels_are_new=True).better
    assert not judge(trial(GOOD, POOR, TRUTH), labels_are_new=True).better


@pytest.mark.parametrize("less_sure", [0.05, 0.3, 1.0, 3.0])
def test_a_model_that_is_only_less_sure_of_itself_is_not_better(less_sure: float) -> None:
    found = trial(POOR, less_sure * POOR + 2.0, TRUTH)
    gain = calibrated_losses(found, found.old) - calibrated_losses(found, found.new)
    assert abs(gain.mean()) < 0.01
    assert not judge(found, labels_are_new=True).better


def test_an_order_that_is_no_better_than_chance_is_refused_however_sure_the_draws_are() -> None:
    upside_down, less_so = -3.0 * TRUTH + RANDOM.normal(0, 1.0, 80), RANDOM.normal(0, 1.0, 80)
    better, note = judge(trial(less_so, upside_down, TRUTH), labels_are_new=True)
    assert "better with P = 1.00" in note
    assert "area under the curve 0.0" in note
    assert not better


def test_labels_may_cost_our_own_examples_nothing() -> None:
    found = trial(POOR, GOOD, TRUTH)
    own = np.array([1.0, 0.8, 0.6, -1.0, -0.8, -0.6])
    grown = replace(
        found,
        old=np.concatenate([found.old, own]),
        new=np.concatenate([found.new, own + np.array([0, 0, -1.3, 0, 0, 0.1])]),
        relevant=np.concatenate([found.relevant, own > 0]),
        labelled=np.concatenate([found.labelled, np.zeros(6, dtype=bool)]),
        groups=(*found.groups, *"abcdef"),
        folds=np.concatenate([found.folds, np.arange(6) % 5]),
    )
    assert not judge(grown, labels_are_new=True).better


def test_draws_are_made_by_group_and_the_same_each_time() -> None:
    gain = np.array([1.0] * 9 + [-1.0])
    alone = chance_of_gain(gain, [str(number) for number in range(10)])
    together = chance_of_gain(gain, ["one"] * 9 + ["other"])
    assert alone > 0.99
    assert together == pytest.approx(0.75, abs=3 / DRAWS**0.5)
    assert chance_of_gain(gain, ["one"] * 9 + ["other"]) == together


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "right"])
def test_sixty_labels_that_are_noise_are_refused(kind: str) -> None:
    """One draw of each; `python -m tests.support.gate_trials` makes twenty."""
    random = np.random.default_rng(3)
    articles = judged_articles(FRESH)
    drawn = [articles[index] for index in random.permutation(len(articles))[:60]]
    # Beside the small world: learning from all our examples would take a minute here.
    better, note = judged(labels_of(kind, drawn, random))
    assert not better, note

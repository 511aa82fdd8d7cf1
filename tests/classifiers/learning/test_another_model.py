"""Another model takes one file: with a second one registered, all that a model goes through works as with the shipped
one, from training to a retrained champion."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from classifiers.learning.gate import Learned, gate
from classifiers.learning.retraining import retrain
from classifiers.lexicon.analysis import analyse
from classifiers.relevance import registry
from classifiers.relevance.ablation import KEYWORD_RULES, ablation
from classifiers.relevance.algorithms import ALGORITHMS, DEFAULT
from classifiers.relevance.champion import ensure_champion
from classifiers.relevance.evaluation import evaluate, read_articles
from classifiers.relevance.examples import Example
from classifiers.relevance.explain import reasons
from classifiers.relevance.spec import Spec
from classifiers.relevance.training import Trained, train
from classifiers.tagging.scoring import score_batch
from db import labels, models
from db.connect import open_store
from db.records import Label, ModelVersion
from tests.support.fresh import FRESH
from tests.support.small_examples import PARTNERS, small_entry, small_examples
from tests.support.store_records import new_entry, stored
from tests.support.vote_count import NAME, VoteCount

NOW = datetime(2026, 1, 2, tzinfo=UTC)
PACT, MATCH, RAIN = "Russia and Cuba sign a defence pact", "Russia loses to Cuba in football", "Rain in Spain"
DEEDS = ("penguins", "beehives", "marbles", "kites", "lanterns", "teapots")
pytestmark = pytest.mark.usefixtures("fits_few")


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one line that another model takes beside its file."""
    monkeypatch.setitem(ALGORITHMS, NAME, VoteCount)


@pytest.fixture
def trained(registered: None) -> Trained:
    return train(small_examples(), None, Spec(NAME))


def titles(relevant: bool) -> list[str]:
    """Headlines that the examples say little of, and as many with a word that they know: so that what is learned of the
    first costs the examples nothing."""
    strange = "Russia and {} before the season of {} opens" if relevant else "Russia and {} after the {} season closes"
    known = "Russia and {} vow before the season of {}" if relevant else "Russia and {} match after the {} season"
    return [
        (strange if number % 2 else known).format(partner, deed)
        for number, deed in enumerate(DEEDS)
        for partner in PARTNERS
    ]


def test_it_is_trained_calibrated_and_given_a_threshold(trained: Trained) -> None:
    pact, match, rain = trained.model.probabilities([analyse(text, "en") for text in (PACT, MATCH, RAIN)])
    assert pact > trained.model.threshold > max(match, rain)
    assert trained.metrics["recall"] >= 0.95
    assert trained.model.id != train(small_examples(), None).model.id


def test_it_is_saved_without_a_pickle_and_judges_the_same_when_it_is_loaded(trained: Trained, tmp_path: Path) -> None:
    folder = registry.save(trained.model, tmp_path)
    told = json.loads((folder / registry.TOLD).read_text(encoding="utf-8"))
    assert (told["spec"]["model"], told["spec"]["margin"]) == (NAME, 0.02)
    model = registry.load(tmp_path, trained.model.id)
    assert model.spec == trained.model.spec
    analyses = [analyse(text, "en") for text in (PACT, MATCH, RAIN)]
    assert model.probabilities(analyses) == trained.model.probabilities(analyses)


def test_a_file_whose_parts_do_not_fit_is_refused(trained: Trained, tmp_path: Path) -> None:
    short = replace(trained.model, fitted=VoteCount({}, np.zeros(3), True))
    registry.save(short, tmp_path)
    with pytest.raises(registry.ModelError, match="no model of ours"):
        registry.load(tmp_path, short.id)


def test_its_scores_come_with_reasons_and_tags(trained: Trained) -> None:
    pact, match = score_batch(trained.model, [small_entry(1, PACT), small_entry(2, MATCH)], NOW)
    assert (pact.flagged, match.flagged) == (True, False)
    assert pact.reasons[0].text.startswith("Russia and Cuba in the headline")
    assert pact.reasons[0].weight > 0
    assert any("'defence'" in reason.text for reason in pact.reasons[1:])
    assert pact.partners
    analysis = analyse(PACT, "en")
    assert reasons(trained.model, analysis) == reasons(trained.model, analysis, trained.model.judge([analysis])[0])


def examples_with(says: Sequence[tuple[str, bool]]) -> list[Example]:
    told = [Example(f"entry-{n}", title, "en", relevant, f"l-{n}", 2.0) for n, (title, relevant) in enumerate(says)]
    return [*small_examples(), *told]


@pytest.mark.parametrize("is_right", [True, False])
def test_the_gate_lets_it_learn_from_labels_that_teach_and_from_no_others(is_right: bool) -> None:
    labelled = [(title, kind) for kind in (True, False) for title in titles(kind)]
    random = np.random.default_rng(1)
    says = [(title, kind if is_right else bool(random.integers(2))) for title, kind in labelled]
    examples = examples_with(says)
    known = np.array([not example.id.startswith("entry-") for example in examples])
    better, note = gate(examples, {}, Learned(known, frozenset()), Spec(NAME))
    assert "calibrated log-loss" in note
    assert better is is_right, note


def test_it_is_evaluated_and_each_of_its_parts_alone(trained: Trained) -> None:
    articles = read_articles(FRESH)[:60]
    assert evaluate(trained.model, articles)["english"]["average_precision"] > 0
    table = ablation(articles, 0.95, NAME)
    general = ("all, without essays", "all", "all, essays as examples")
    assert list(table) == [*KEYWORD_RULES, *VoteCount.parts, *general, *VoteCount.neighbours]
    assert table["words only"]["threshold"] != table["all"]["threshold"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """A store with sixty labels, half of them relevant."""
    with closing(open_store(tmp_path / "w.db")) as opened:
        for kind in (True, False):
            made = [new_entry(f"{kind}-{number}", title=title) for number, title in enumerate(titles(kind))]
            for entry in stored(opened, *made):
                labels.append(opened, Label(entry.id, "relevant" if kind else "not_relevant", NOW))
        yield opened


@pytest.fixture
def champion(store: Database, trained: Trained, tmp_path: Path) -> str:
    """A champion of the second kind."""
    registry.save(trained.model, tmp_path / "models")
    models.insert(store, registry.describe(trained, NOW, essays=("shipped",)))
    models.promote(store, trained.model.id)
    return trained.model.id


def judging(store: Database) -> ModelVersion:
    found = models.champion(store)
    assert found is not None
    return found


def test_a_champion_goes_on_judging_and_is_retrained_as_what_it_is(
    store: Database, champion: str, tmp_path: Path
) -> None:
    assert ensure_champion(store, tmp_path / "models", 0.95, NOW).id == champion
    version = retrain(store, tmp_path / "models", 0.95, NOW)
    assert version.id != champion
    assert version.spec["model"] == NAME
    assert len(version.spec["label_entries"]) == 2 * len(titles(True))
    assert "calibrated log-loss" in version.note
    assert version.status == "champion", version.note
    assert isinstance(registry.load(tmp_path / "models", version.id).fitted, VoteCount)


def test_a_champion_with_a_damaged_file_is_fitted_again_as_what_it_is(
    store: Database, champion: str, tmp_path: Path
) -> None:
    (tmp_path / "models" / champion / registry.WEIGHTS).write_bytes(b"not a model")
    assert isinstance(ensure_champion(store, tmp_path / "models", 0.95, NOW).fitted, VoteCount)
    assert judging(store).spec["model"] == NAME


def test_where_the_program_does_not_have_the_model_the_shipped_one_learns_from_its_data(
    store: Database, champion: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delitem(ALGORITHMS, NAME)
    with pytest.raises(registry.ModelError, match=f"there is no model '{NAME}' in this program, only {DEFAULT}"):
        registry.load(tmp_path / "models", champion)
    ensure_champion(store, tmp_path / "models", 0.95, NOW)
    assert (judging(store).kind, judging(store).spec["model"]) == ("refitted", DEFAULT)
    assert "the shipped one learns from its data" in caplog.text


def test_a_setting_that_a_model_does_not_have_is_named() -> None:
    with pytest.raises(ValueError, match=f"{NAME} has no setting strength"):
        Spec(NAME, {"strength": 1.0})

"""The champion when features change: its data are fitted again, labels and own essays with them, and it is told."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from classifiers.learning.retraining import retrain
from classifiers.relevance import essays, registry
from classifiers.relevance.champion import ensure_champion
from classifiers.relevance.examples import labelled_examples, training_examples
from classifiers.relevance.training import Trained, train
from classifiers.relevance.versions import CODE_OF_THE_FIRST, FEATURES_VERSION, features_version
from classifiers.tagging.scoring import analysis_of
from db import clusters, labels, models
from db.connect import open_store
from db.records import Label
from tests.support.own_essay import WORDS
from tests.support.store_records import new_entry, stored

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ARTICLES = 30
ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.usefixtures("fits_few")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """A store with thirty labels, half of them relevant."""
    with closing(open_store(tmp_path / "w.db")) as opened:
        made = [new_entry(f"e{n}", title=f"Russia and Iran trade kites of kind {n}") for n in range(ARTICLES)]
        for number, entry in enumerate(stored(opened, *made)):
            value = "relevant" if number % 2 else "not_relevant"
            labels.append(opened, Label(entry.id, value, NOW))  # type: ignore[arg-type]
        yield opened


@pytest.fixture
def learned(store: Database, tmp_path: Path) -> str:
    """The id of a champion that learned from the labels and an own essay, as an earlier program would have
    called it: today's calls the same data by another id."""
    essays.add(WORDS, WORDS.encode(), "quiet-quays", {}, tmp_path / "essays")
    judged = {entry.id: value == "relevant" for entry, value in labels.latest(store)}
    rows = essays.rows_by_source(tmp_path / "essays")
    own = labelled_examples(labels.latest(store), {})
    made = train([*training_examples(), *own], essays.stacked(rows.values()))
    made = replace(made, model=replace(made.model, id="an-earlier-one"))
    registry.save(made.model, tmp_path / "models")
    models.insert(store, registry.describe(made, NOW, labels=judged, essays=tuple(rows)))
    models.promote(store, made.model.id)
    return made.model.id


def aged(folder: Path, version_id: str, mark: object) -> None:
    """Let the champion be fitted on other features."""
    file = folder / version_id / "model.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told.pop("features_version", None)
    told["features_version" if isinstance(mark, int) else "code_hash"] = mark
    file.write_text(json.dumps(told), encoding="utf-8")


def judging(store: Database, folder: Path) -> str:
    return ensure_champion(store, folder / "models", 0.95, NOW, folder / "essays").id


def test_a_champion_of_the_time_of_hashes_is_of_the_first_version_and_fitted_again(
    store: Database, learned: str, tmp_path: Path
) -> None:
    store.execute(f"UPDATE model_versions SET code_version = '{CODE_OF_THE_FIRST}'")
    aged(tmp_path / "models", learned, CODE_OF_THE_FIRST)
    judging(store, tmp_path)
    version = models.champion(store)
    assert version is not None
    assert (version.kind, len(models.all_versions(store))) == ("refitted", 2)
    assert f"features are of version {FEATURES_VERSION}, it was of 1" in version.note


def test_a_champion_of_other_features_is_fitted_again_on_the_same_data(
    store: Database, learned: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = registry.load(tmp_path / "models", learned)
    store.execute("UPDATE model_versions SET code_version = '0123456789ab'")
    aged(tmp_path / "models", learned, "0123456789ab")
    with caplog.at_level(logging.WARNING):
        made = judging(store, tmp_path)
    version = models.champion(store)
    assert version is not None
    assert (version.id, version.kind, version.code_version) == (made, "refitted", str(FEATURES_VERSION))
    assert len(version.spec["label_entries"]) == ARTICLES
    assert sum(version.spec["label_values"]) == ARTICLES // 2
    assert len(version.spec["essays"]) == 2
    assert f"fitted again (features are of version {FEATURES_VERSION}" in version.note
    assert f"{ARTICLES} labels, 1 own essays" in version.note
    assert version.note in caplog.text
    after = registry.load(tmp_path / "models", made)
    analyses = [analysis_of(entry) for entry, _ in labels.latest(store)]
    assert np.allclose(after.probabilities(analyses), before.probabilities(analyses))


def test_retraining_after_it_has_nothing_to_learn(store: Database, learned: str, tmp_path: Path) -> None:
    aged(tmp_path / "models", learned, "0123456789ab")
    made = judging(store, tmp_path)
    assert retrain(store, tmp_path / "models", 0.95, NOW, tmp_path / "essays").id == made


def test_a_label_that_was_turned_round_since_is_fitted_as_it_was(store: Database, learned: str, tmp_path: Path) -> None:
    first = labels.latest(store)[0][0]
    labels.append(store, Label(first.id, "relevant", NOW))
    aged(tmp_path / "models", learned, "0123456789ab")
    judging(store, tmp_path)
    version = models.champion(store)
    assert version is not None
    assert sum(version.spec["label_values"]) == ARTICLES // 2


def test_an_essay_of_which_only_rows_are_left_is_named_with_the_remedy(
    store: Database, learned: str, tmp_path: Path
) -> None:
    (text,) = (tmp_path / "essays").glob("*.txt")
    text.unlink()
    manifest = text.with_name(f"{text.stem}.npz.json")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(told | {"features_version": 999}), encoding="utf-8")
    aged(tmp_path / "models", learned, 999)
    judging(store, tmp_path)
    version = models.champion(store)
    assert version is not None
    assert f"without essay {text.stem}; add its file again with: axiswatch seeds add FILE" in version.note


def test_a_damaged_champion_with_nobody_before_it_keeps_its_labels(
    store: Database, learned: str, tmp_path: Path
) -> None:
    (tmp_path / "models" / learned / "weights.npz").write_bytes(b"not a model")
    registry.load(tmp_path / "models", judging(store, tmp_path))
    version = models.champion(store)
    assert version is not None
    assert (len(version.spec["label_entries"]), version.kind) == (ARTICLES, "refitted")
    assert "its file was refused" in version.note


def test_a_former_version_never_takes_over_from_one_that_learned_more(
    store: Database, learned: str, tmp_path: Path
) -> None:
    second: Trained = train(training_examples()[2:], None)
    registry.save(second.model, tmp_path / "models")
    models.insert(store, replace(registry.describe(second, NOW), status="candidate"))
    models.promote(store, second.model.id)
    models.promote(store, learned)
    (tmp_path / "models" / learned / "model.json").unlink()
    judging(store, tmp_path)
    version = models.champion(store)
    assert version is not None
    assert len(version.spec["label_entries"]) == ARTICLES


def test_a_lost_file_of_todays_program_is_fitted_again_under_its_own_id(store: Database, tmp_path: Path) -> None:
    first = judging(store, tmp_path)
    (tmp_path / "models" / first / "weights.npz").unlink()
    assert judging(store, tmp_path) == first
    version = models.champion(store)
    assert version is not None
    assert (version.kind, version.status) == ("refitted", "champion")
    assert "its file was refused" in version.note
    assert judging(store, tmp_path) == first


def test_two_processes_that_fit_again_at_once_agree(learned: str, few_examples: Path, tmp_path: Path) -> None:
    aged(tmp_path / "models", learned, "0123456789ab")
    code = (
        "import sys; from datetime import datetime, UTC; from pathlib import Path; from db.connect import open_store;"
        "from classifiers.relevance.champion import ensure_champion; folder = Path(sys.argv[1]);"
        "from classifiers.topics.active import watch; watch(Path(sys.argv[2]));"
        "store = open_store(folder / 'w.db');"
        "print(ensure_champion(store, folder / 'models', 0.95, datetime.now(UTC), folder / 'essays').id)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), str(few_examples)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for _ in range(2)
    ]
    told = {process.communicate(timeout=300)[0].strip() for process in running}
    assert len(told) == 1
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(file.name for file in (tmp_path / "models").iterdir()) == sorted(["champion.fitting", learned, *told])


def test_labels_that_are_told_in_one_story_by_now_are_counted_once_and_it_is_said(
    store: Database, learned: str, tmp_path: Path
) -> None:
    first, second = (entry for entry, _ in labels.latest(store)[:2])
    clusters.append(store, [(None, [first, second])], NOW)
    aged(tmp_path / "models", learned, "0123456789ab")
    judging(store, tmp_path)
    version = models.champion(store)
    assert version is not None
    assert f"{ARTICLES - 1} of {ARTICLES} labels" in version.note


def test_an_essay_that_was_missing_once_is_looked_for_again(store: Database, learned: str, tmp_path: Path) -> None:
    (text,) = (tmp_path / "essays").glob("*.txt")
    hidden = text.read_text(encoding="utf-8")
    text.unlink()
    manifest = text.with_name(f"{text.stem}.npz.json")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(told | {"features_version": 999}), encoding="utf-8")
    aged(tmp_path / "models", learned, 999)
    second = judging(store, tmp_path)
    text.write_text(hidden, encoding="utf-8")
    aged(tmp_path / "models", second, 999)
    judging(store, tmp_path)
    version = models.champion(store)
    assert version is not None
    assert text.stem in version.spec["essays"]


def test_an_essay_that_was_taken_away_is_not_called_lost(store: Database, learned: str, tmp_path: Path) -> None:
    (text,) = (tmp_path / "essays").glob("*.txt")
    essays.remove(text.stem, tmp_path / "essays")
    aged(tmp_path / "models", learned, 999)
    judging(store, tmp_path)
    version = models.champion(store)
    assert version is not None
    assert "without" not in version.note


@pytest.mark.parametrize(
    ("stored_as", "version"), [("1", 1), ("12", 12), (CODE_OF_THE_FIRST, 1), ("0123456789ab", 0), ("", 0)]
)
def test_what_a_stored_version_says(stored_as: str, version: int) -> None:
    assert features_version(stored_as) == version

"""Labels become examples, and what the gate says becomes of the candidate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from classifiers.learning import retraining
from classifiers.learning.gate import learned_by
from classifiers.relevance import champion, essays, registry
from classifiers.relevance.examples import Example, labelled_examples
from db import labels
from db.connect import open_store
from db.records import Entry, Label, LabelValue, ModelVersion
from tests.support.own_essay import add
from tests.support.small_examples import small_entry
from tests.support.store_records import new_entry, stored

NOW = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("fits_few")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    with closing(open_store(tmp_path / "w.db")) as opened:
        yield opened


def test_one_label_a_story_and_none_of_the_unsure() -> None:
    told: list[tuple[Entry, LabelValue]] = [
        (small_entry(1, "First telling"), "relevant"),
        (small_entry(2, "Second telling"), "not_relevant"),
        (small_entry(3, "Alone"), "relevant"),
        (small_entry(4, "Unclear"), "unsure"),
    ]
    made = labelled_examples(told, {1: 7, 2: 7})
    assert [(example.id, example.group, example.relevant) for example in made] == [
        ("entry-2", "cluster-7", False),
        ("entry-3", "entry-3", True),
    ]


def test_a_label_too_few_is_refused_with_the_reason_and_holds_up_no_essay(store: Database, tmp_path: Path) -> None:
    models, folder = tmp_path / "models", tmp_path / "essays"
    first = champion.ensure_champion(store, models, 0.95, NOW, folder)
    (entry,) = stored(store, new_entry("a", title="Russia ships oil to North Korea"))
    labels.append(store, Label(entry.id, "relevant", NOW))
    refused = retraining.retrain(store, models, 0.95, NOW, folder)
    assert (refused.status, refused.spec["label_entries"]) == ("refused", [entry.id])
    assert "1 are relevant and 0 are not; 20 are needed" in refused.note
    checksum = add(folder)
    taken = retraining.retrain(store, models, 0.95, NOW, folder)
    assert (taken.status, taken.spec["label_entries"]) == ("champion", []), taken.note
    assert taken.id != first.id
    assert taken.spec["essays"] == [essays.SHIPPED, checksum[:12]]


@pytest.fixture(scope="module")
def version() -> ModelVersion:
    """A version that learned that entry 7 is relevant."""
    return registry.describe(champion.train_seed(0.95), NOW, labels={7: True})


@pytest.mark.parametrize(("says", "is_known"), [(True, True), (False, False)])
def test_a_label_that_was_turned_round_is_new(version: ModelVersion, says: bool, is_known: bool) -> None:
    (found,) = learned_by(version, [Example("entry-7", "text", "en", says, "g")]).examples
    assert bool(found) is is_known


def test_versions_that_did_not_note_what_labels_said_knew_them(version: ModelVersion) -> None:
    old = replace(version, spec={"label_entries": [7]})
    assert learned_by(old, [Example("entry-7", "text", "en", False, "g")]).examples.all()

"""Essays of the user's own: added as rows, listed, removed; what they do at the gate."""

from __future__ import annotations

import json
import logging
import stat
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from classifiers.learning import retraining
from classifiers.learning.gate import Learned, gate
from classifiers.relevance import champion, essays
from classifiers.relevance.essay_rows import SeedError, manifest_of, rows_of
from classifiers.relevance.essays import SHIPPED
from classifiers.relevance.spec import Spec
from classifiers.relevance.versions import FEATURES_VERSION
from db.connect import open_store
from tests.support.own_essay import WORDS, add
from tests.support.small_examples import small_examples

NOW = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("fits_few")


@pytest.fixture
def store(tmp_path: Path) -> Database:
    return open_store(tmp_path / "axiswatch.db")


def test_an_added_essay_is_listed_behind_the_shipped_ones_and_can_be_removed(tmp_path: Path) -> None:
    checksum = add(tmp_path, date="2025-05-05")
    listed = essays.list_all(tmp_path)
    assert [shelved.own for shelved in listed] == [False] * (len(listed) - 1) + [True]
    essay = listed[-1].essay
    assert (essay.title, essay.author, essay.date, essay.passages) == ("Quiet quays", "Ada Inkwell", "2025-05-05", 2)
    assert [file.name[:12] for file in tmp_path.iterdir()] == [checksum[:12]] * 3
    assert essays.remove("quiet QUAYS", tmp_path) == essay
    assert list(tmp_path.iterdir()) == []


def test_the_text_of_an_own_essay_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    checksum = add(tmp_path)
    file = tmp_path / f"{checksum[:12]}.txt"
    assert file.read_text(encoding="utf-8") == WORDS
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_its_rows_hold_no_word_but_title_and_author(tmp_path: Path) -> None:
    checksum = add(tmp_path)
    file = tmp_path / f"{checksum[:12]}.npz"
    with np.load(file, allow_pickle=False) as arrays:
        told = " ".join(map(str, arrays["mention_names"])) + manifest_of(file).read_text(encoding="utf-8")
    assert not [word for word in ("marmalade", "lenses", "notebook", "workshop", "lighthouses") if word in told]


def test_the_same_essay_is_not_added_twice(tmp_path: Path) -> None:
    add(tmp_path)
    with pytest.raises(SeedError, match="among the essays already"):
        add(tmp_path)


def test_an_essay_about_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="nothing to learn"):
        add(tmp_path, WORDS.rpartition("\n\n")[2] * 3)
    assert not list(tmp_path.iterdir())


def test_a_shipped_essay_stays(tmp_path: Path) -> None:
    shipped = essays.list_all(tmp_path)[0].essay
    for name in (shipped.title, shipped.sha256[:8]):
        with pytest.raises(SeedError, match="ships with the project"):
            essays.remove(name, tmp_path)


def test_what_no_essay_is_called_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="no essay of yours"):
        essays.remove("Loud quays", tmp_path)


def test_damaged_rows_are_left_out_with_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    checksum = add(tmp_path)
    (tmp_path / f"{checksum[:12]}.npz").write_bytes(b"PK no rows")
    assert set(essays.rows_by_source(tmp_path)) == {SHIPPED}
    assert checksum[:12] in caplog.text


def aged(file: Path, version: object) -> None:
    """Let the rows be of another version of the features; one of the first files names a hash instead."""
    manifest = json.loads(manifest_of(file).read_text(encoding="utf-8"))
    named = manifest.pop("features_version", None) or manifest.pop("code_hash")
    assert named
    manifest |= {"features_version" if isinstance(version, int) else "code_hash": version}
    manifest_of(file).write_text(json.dumps(manifest), encoding="utf-8")


def test_rows_of_other_features_are_made_anew_from_the_text(tmp_path: Path) -> None:
    file = tmp_path / f"{add(tmp_path)[:12]}.npz"
    before = essays.rows_by_source(tmp_path)[file.stem]
    aged(file, 999)
    file.write_bytes(b"rows of other features")
    assert [shelved.fresh for shelved in essays.list_all(tmp_path)][-1] is False
    after = essays.rows_by_source(tmp_path)[file.stem]
    assert after.mentions == before.mentions
    assert (after.words != before.words).nnz == 0
    assert all(shelved.fresh for shelved in essays.list_all(tmp_path))


@pytest.mark.parametrize(("name", "content"), [("{}.txt", b"caf\xe9"), ("{}.npz.json", b"[]")])
def test_a_damaged_essay_is_left_out_with_a_warning_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, content: bytes
) -> None:
    file = tmp_path / f"{add(tmp_path)[:12]}.npz"
    aged(file, 999)
    (tmp_path / name.format(file.stem)).write_bytes(content)
    assert set(essays.rows_by_source(tmp_path)) == {SHIPPED}
    assert file.stem in caplog.text
    essays.list_all(tmp_path)


def test_rows_that_cannot_be_kept_teach_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / f"{add(tmp_path)[:12]}.npz"
    before = essays.rows_by_source(tmp_path)[file.stem]
    aged(file, 999)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("classifiers.relevance.essays.write", full)
    assert essays.rows_by_source(tmp_path)[file.stem].mentions == before.mentions
    assert "cannot be kept" in caplog.text


def test_what_a_kill_left_of_an_essay_is_listed_and_can_be_removed(tmp_path: Path) -> None:
    checksum = add(tmp_path)
    for name in (f"{checksum[:12]}.npz", f"{checksum[:12]}.npz.json"):
        (tmp_path / name).unlink()
    (tmp_path / ".draft-x").write_text("the text of an essay", encoding="utf-8")
    assert essays.leftovers(tmp_path) == [checksum[:12]]
    assert essays.remove_leftover(checksum[:6], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_older_essay_without_its_text_is_left_out_and_named_with_the_remedy(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / f"{add(tmp_path)[:12]}.npz"
    file.with_suffix(".txt").unlink()
    assert file.stem in essays.rows_by_source(tmp_path)
    aged(file, "0123456789ab")
    assert set(essays.rows_by_source(tmp_path)) == {SHIPPED}
    assert "'Quiet quays': its rows are of other features" in caplog.text
    assert "axiswatch seeds add FILE" in caplog.text
    add(tmp_path)
    assert file.stem in essays.rows_by_source(tmp_path)


def test_an_essay_whose_text_was_not_kept_may_be_added_again_before_it_is_needed(tmp_path: Path) -> None:
    file = tmp_path / f"{add(tmp_path)[:12]}.npz"
    file.with_suffix(".txt").unlink()
    add(tmp_path)
    assert essays.list_all(tmp_path)[-1].kept


def test_shipped_rows_of_other_features_are_left_out_and_it_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifiers.relevance.essay_rows.FEATURES_VERSION", FEATURES_VERSION + 1)
    with caplog.at_level(logging.WARNING):
        assert essays.rows_by_source(tmp_path) == {}
    assert "rows are of other features" in caplog.text


def test_rows_of_the_time_of_hashes_are_of_the_first_version(tmp_path: Path) -> None:
    file = tmp_path / f"{add(tmp_path)[:12]}.npz"
    aged(file, "a399d51b2408")
    file.with_suffix(".txt").unlink()
    assert [shelved.fresh for shelved in essays.list_all(tmp_path)] == [True, True, False]


def test_adding_and_removing_make_a_candidate_without_new_labels(store: Database, tmp_path: Path) -> None:
    models, folder = tmp_path / "models", tmp_path / "essays"
    first = champion.ensure_champion(store, models, 0.95, NOW, folder)
    assert retraining.retrain(store, models, 0.95, NOW, folder).id == first.id
    checksum = add(folder)
    second = retraining.retrain(store, models, 0.95, NOW, folder)
    assert second.id != first.id
    assert second.status == "champion", second.note
    assert second.spec["essays"] == [SHIPPED, checksum[:12]]
    essays.remove(checksum[:12], folder)
    third = retraining.retrain(store, models, 0.95, NOW, folder)
    assert (third.id, third.status) == (first.id, "champion")


def test_an_essay_that_spoils_what_was_known_is_refused() -> None:
    examples = small_examples()
    against = rows_of([example.text for example in examples if not example.relevant] * 20)
    assert against is not None
    spec = Spec(essay_weight=1000.0)
    better, note = gate(examples, {"own": against}, Learned(np.full(len(examples), True), frozenset()), spec)
    assert not better, note


def test_another_policy_over_the_same_data_takes_over(store: Database, tmp_path: Path) -> None:
    first = champion.ensure_champion(store, tmp_path, 0.95, NOW)
    second = retraining.retrain(store, tmp_path, 0.8, NOW)
    assert (second.id != first.id, second.status) == (True, "champion")
    assert second.threshold > first.threshold

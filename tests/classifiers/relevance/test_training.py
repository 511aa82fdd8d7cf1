"""Training: the same inputs give the same model; thresholds keep what they promise; too little is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.relevance import essay_rows
from classifiers.relevance.examples import Example, seed_examples
from classifiers.relevance.registry import save
from classifiers.relevance.spec import Spec
from classifiers.relevance.training import OutOfFold, TrainingError, choose_threshold, train
from tests.support.small_examples import small_examples


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = [save(train(small_examples(), None).model, tmp_path / name) for name in ("one", "two")]
    files = [{file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders]
    assert files[0] == files[1]
    assert folders[0].name == folders[1].name


def test_training_in_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    told = (
        "import sys; from pathlib import Path; from classifiers.relevance.registry import save;"
        " from classifiers.relevance.training import"
        " train; from tests.support.small_examples import small_examples;"
        " save(train(small_examples(), None).model, Path(sys.argv[1]))"
    )
    for seed in ("1", "2"):
        command = [sys.executable, "-c", told, str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(__file__).parents[3])
    one, two = (sorted((tmp_path / seed).rglob("*.*")) for seed in ("1", "2"))
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in two]
    assert len(one) == 2


def test_other_data_or_another_policy_gives_another_version() -> None:
    ids = {
        train(small_examples(), None).model.id,
        train(small_examples()[1:], None).model.id,
        train(small_examples(), None, target_recall=0.8).model.id,
        train(small_examples(), None, Spec(settings={"words": 1.0})).model.id,
    }
    assert len(ids) == 4


def test_what_was_learned_holds_for_a_partner_never_seen() -> None:
    model = train(small_examples(), None).model
    relevant, other = model.probabilities(
        [analyse("Russia and Cuba sign a defence pact", "en"), analyse("Russia loses to Cuba in football", "en")]
    )
    assert relevant > 0.7 > 0.3 > other


def test_the_threshold_keeps_the_recall_that_was_asked_for() -> None:
    judged = OutOfFold(np.linspace(0, 1, 101), np.arange(101) >= 1)
    threshold, floor = choose_threshold(judged, 0.95)
    assert (judged.probabilities[1:] >= threshold).mean() == pytest.approx(0.95)
    assert ((judged.probabilities >= floor) & (judged.probabilities < threshold)).sum() == 3  # of the five missed


def test_texts_that_do_not_name_both_sides_stay_below_the_threshold() -> None:
    judged = OutOfFold(np.array([0.3] * 50 + [0.9] * 50), np.array([True] * 50 + [True] * 50))
    threshold, floor = choose_threshold(judged, 0.95, least=0.3)
    assert floor > 0.3
    assert threshold > 0.3


def test_texts_that_name_one_side_are_told_apart_and_unlikely() -> None:
    alone = train([*small_examples(), Example("x", "Russia alone", "en", False, "x")], None).model.alone
    assert alone.keys() == {"focus", "partner", "neither"}
    assert all(0 < probability < 0.05 for probability in alone.values())


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(TrainingError, match="at least 20 relevant"):
        train(small_examples()[:10], None)


def test_the_shipped_examples_are_sound_and_enough() -> None:
    examples = seed_examples()
    assert len(examples) >= 1500
    assert sum(example.language != "en" for example in examples) >= 400
    assert len({example.id for example in examples}) == len(examples)
    assert len({example.text for example in examples}) == len(examples)
    assert all(1 <= len(example.text) <= 1500 for example in examples)


def test_labels_weigh_more_than_examples() -> None:
    examples = small_examples()
    label = Example("entry-1", "Russia and Brazil sign a defence pact", "en", False, "entry-1", 50.0)
    text = [analyse(label.text, "en")]
    assert train([*examples, label], None).model.probabilities(text) < train(examples, None).model.probabilities(text)


ESSAY = """# On powers

By [A. Writer](#)

March 3, 2021

Russia has turned to Iran for drones and to China for machine tools, and each has its price for that help.
North Korea gives Russia shells by the million, and what it gets in return is fuel and food and perhaps more than
that, since Moscow has much to teach those who build rockets and reactors in Pyongyang and in Tehran.

<https://essays.example.org/powers>
"""


def test_an_essay_becomes_rows_and_a_manifest_without_its_words(tmp_path: Path) -> None:
    essay, built = tmp_path / "essay.md", tmp_path / "essays.npz"
    essay.write_text(ESSAY, encoding="utf-8")
    [told] = essay_rows.build([essay], built)
    assert (told.title, told.author, told.date) == ("On powers", "A. Writer", "March 3, 2021")
    assert told.address == "https://essays.example.org/powers"
    rows = essay_rows.read_essays(built)
    assert len(rows.mentions) >= 1
    assert rows.words.shape == (len(rows.mentions), 2 ** Spec().hash_bits)
    shipped = built.read_bytes() + essay_rows.manifest_of(built).read_bytes()
    assert b"machine tools" not in shipped
    assert train(small_examples(), rows).metrics["essay_passages"] == len(rows.mentions)


def test_a_damaged_file_of_essays_is_refused(tmp_path: Path) -> None:
    essay, built = tmp_path / "essay.md", tmp_path / "essays.npz"
    essay.write_text(ESSAY, encoding="utf-8")
    essay_rows.build([essay], built)
    built.write_bytes(built.read_bytes()[:100])
    with pytest.raises(essay_rows.SeedError, match="seeds build"):
        essay_rows.read_essays(built)


def test_an_essay_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(essay_rows.SeedError, match="nowhere"):
        essay_rows.build([tmp_path / "nowhere.md"], tmp_path / "essays.npz")


def test_the_shipped_essays_can_be_read() -> None:
    essays, _ = essay_rows.list_essays(essay_rows.shipped())
    assert len(essays) == 2
    assert len(essay_rows.read_essays(essay_rows.shipped()).mentions) >= 20

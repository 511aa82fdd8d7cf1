"""The tables are fitted on a handful of lessons: always the same, and without a habit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifiers.tagging.fit_frame_model import LEAST, Lesson, fitted, is_kept, lessons, written
from classifiers.tagging.frame_model import PHASES, VOUCHINGS, FrameModel

VOUCHED = ("plain", "plain", "alleged", "denied", "confirmed")


def lesson(number: int, gives: int, mark: str) -> Lesson:
    phase, vouching = PHASES[number % 5], VOUCHED[number % 5]
    manner = {"1": 1.0, f"p:{phase}": 1.0, f"v:{vouching}": 1.0}
    return Lesson(f"l-{number}", "en", 1.0, {f"m={mark}": float(gives)}, manner, gives, phase, vouching)


def few() -> list[Lesson]:
    """The giver unmarked, the receiver with "to"; far more often the focus receives."""
    return [lesson(number, -1 if number % 5 else 1, "0") for number in range(20)]


def test_the_same_lessons_give_the_same_file() -> None:
    assert written(fitted(few())) == written(fitted(few()))
    assert json.loads(written(fitted(few()))) == fitted(few())


def test_how_often_the_focus_receives_is_not_learned() -> None:
    """Four of five lessons say that it does, and all that a giver is marked so: only the second is in the table."""
    table = fitted(few())["arrow"]
    assert table.keys() == {"m=0"}
    assert FrameModel(table, {}, {}).gives({"m=0": 1.0}) > 0
    assert FrameModel(table, {}, {}).gives({}) == 0.0


def test_each_table_has_its_classes_and_no_weight_near_to_nothing() -> None:
    tables = fitted(few())
    assert (set(tables["phase"]), set(tables["vouching"])) == (set(PHASES), set(VOUCHINGS))
    assert tables["phase"]["planned"]["p:planned"] > 0
    weights = [*tables["arrow"].values(), *(weight for table in tables["phase"].values() for weight in table.values())]
    assert min(map(abs, weights)) >= LEAST


def pair_row(id_: str) -> str:
    half = {"text": "Iran sends drones to Russia", "giver": "iran", "receiver": "russia", "phase": "done"}
    turned = {"text": "Russia sends drones to Iran", "giver": "russia", "receiver": "iran", "phase": "done"}
    told = {"id": id_, "lang": "en", "a": half | {"vouching": "plain"}, "b": turned | {"vouching": "plain"}}
    return json.dumps(told)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Pairs of both halves."""
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(pair_row(f"x-{number}") for number in range(20)), encoding="utf-8")
    return file


def test_pairs_that_are_kept_are_never_learned_from(pairs: Path) -> None:
    learned = [each for each in lessons(pairs) if each.id.startswith("x-")]
    ids = {each.id for each in learned}
    assert 0 < len(ids) < 20
    assert not any(is_kept(id_) for id_ in ids)
    assert sorted(each.gives for each in learned) == [-1] * len(ids) + [1] * len(ids)
    first, second = learned[:2]
    assert first.arrow == pytest.approx({name: -value for name, value in second.arrow.items()})

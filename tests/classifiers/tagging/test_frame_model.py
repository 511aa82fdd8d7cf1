"""The learned tables: no intercept, no names, one class of each kind."""

from __future__ import annotations

import pytest

from classifiers.tagging.frame_model import PHASES, VOUCHINGS, FrameModel, columns, frame_model, probabilities
from classifiers.topics.active import active


def test_nothing_told_gives_nothing() -> None:
    assert frame_model().gives({}) == 0.0
    assert frame_model().gives({"a feature that no table holds": 3.0}) == 0.0


def test_who_gives_is_a_sum_and_so_turns_its_sign_with_its_features() -> None:
    model = FrameModel({"m=to": -2.0, "m=0|n=give": 1.5}, {}, {})
    assert model.gives({"m=to": -1.0, "m=0|n=give": 1.0, "unknown": 9.0}) == 3.5
    assert model.gives({"m=to": 1.0, "m=0|n=give": -1.0, "unknown": -9.0}) == -3.5


def test_probabilities_of_a_table_add_up_to_one() -> None:
    classes = ("yes", "no", "perhaps")
    table = columns({"yes": {"a": 2.0}, "no": {"a": -2.0}, "perhaps": {}}, classes)
    found = probabilities(table, classes, {"a": 1.0, "b": 5.0})
    assert sum(found.values()) == pytest.approx(1.0)
    assert max(found, key=lambda name: found[name]) == "yes"
    assert list(probabilities(table, classes, {}).values()) == pytest.approx([1 / 3] * 3)
    assert probabilities(table, classes, {"a": 1e4})["yes"] == 1.0


def test_the_shipped_tables_know_every_class_and_nobody_by_name() -> None:
    model = frame_model()
    for table, classes in ((model.phase, PHASES), (model.vouching, VOUCHINGS)):
        assert all(any(weights[place] > 0 for weights in table.values()) for place in range(len(classes)))
    assert model.arrow["m=from"] > 0.5 or model.arrow["m=to"] < -0.5
    features = {name.lower() for table in (model.arrow, model.phase, model.vouching) for name in table}
    named = {actor.name.lower() for actor in active().actors.values()} | {*active().actors}
    assert not any(name in feature for feature in features for name in named)

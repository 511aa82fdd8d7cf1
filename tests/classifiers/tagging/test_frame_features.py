"""What says who gives is the focus's part minus the partner's: whoever stands where, a swap changes only the sign."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.fit_frame_model import is_kept
from classifiers.tagging.frame_features import (
    RoleReading,
    act_features,
    arrow_features,
    manner_features,
    readings_of,
    text_arrow_features,
)
from classifiers.tagging.frame_model import frame_model

PAIRS: list[dict[str, Any]] = [
    pair
    for line in Path(__file__).with_name("swapped_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    if not is_kept((pair := json.loads(line))["id"])
]


def readings(text: str, language: str = "en") -> list[RoleReading]:
    return readings_of(DocumentLayout(analyse(text, language)))


def swapped(told: RoleReading, partner: str) -> RoleReading:
    """The same sentence, the focus and that partner exchanged."""
    theirs = tuple(pair for pair in told.partners if partner in pair[0].codes)
    return replace(told, focus=theirs, partners=told.focus)


def of_pairs() -> Iterator[tuple[RoleReading, str]]:
    """Every sentence for development in which both are named, with each partner."""
    for pair in PAIRS:
        for half in (pair["a"], pair["b"]):
            for told in readings(half["text"], pair["lang"]):
                partners = {code for phrase, _ in told.partners for code in phrase.codes}
                yield from ((told, partner) for partner in sorted(partners) if told.focus)


def test_roles_exchanged_negate_every_feature_and_so_the_sign_of_who_gives() -> None:
    tried = 0
    for told, partner in of_pairs():
        focus = told.focus[0][0].codes[0]
        straight, turned = arrow_features(told, partner), arrow_features(swapped(told, partner), focus)
        assert turned == pytest.approx({name: -value for name, value in straight.items()})
        assert frame_model().gives(turned) == pytest.approx(-frame_model().gives(straight))
        tried += 1
    assert tried > 500


def test_where_both_stand_alike_nothing_tells_them_apart_but_their_order() -> None:
    found = arrow_features(readings("Russia and Iran sign a pact")[0], "iran")
    assert {name for name, value in found.items() if value and not name.startswith("first")} <= {
        name for name in found if "|p=" in name or "|n=" in name
    }
    assert found["first"] == 1.0
    assert arrow_features(readings("Iran and Russia sign a pact")[0], "iran")["first"] == -1.0


def test_a_sentence_counts_half_of_the_one_above_it() -> None:
    both = readings("Iran sends drones to Russia.\nIran sends drones to Russia.")
    assert len(both) == 2
    once, twice = arrow_features(both[0], "iran"), text_arrow_features(both, "iran")
    assert twice == pytest.approx({name: 1.5 * value for name, value in once.items()})


def test_only_the_head_of_a_text_is_read() -> None:
    filler = "Iran and Russia talk.\n" * 6
    assert [told.index for told in readings(filler)] == [0, 1, 2, 3]


def test_others_named_are_told_by_their_role_alone() -> None:
    told = readings("Washington says Iran sends Russia drones against Ukraine")[0]
    assert told.others == ("third", "opponent")
    assert {"other:third", "other:opponent", "act:give"} <= act_features(told).keys()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Iran meets Russia and later sends Moscow drones", "sends"),
        ("Putin meets Xi", "meets"),
        ("After talks in Geneva, Iran supplies Russia", "supplies"),
    ],
)
def test_the_act_that_a_tie_hangs_on(text: str, act: str) -> None:
    told = readings(text)[0].act
    assert told is not None
    assert text[told.start : told.end].lower() == act


def test_no_act_where_nobody_does_anything() -> None:
    assert readings("Russia, Iran and the weather")[0].act is None


def test_manner_is_told_by_where_it_stands_and_of_the_headline_besides() -> None:
    layout = DocumentLayout(analyse("Kremlin denies it\nIran will send Russia drones, Kyiv claims", "en"))
    found = manner_features(layout, readings_of(layout)[0])
    assert {"1", "act=give", "p:planned|in|bef", "t:v:denied", "has-opponent"} <= found.keys()
    assert "v:denied" not in found
    assert found["v:alleged|says=opponent"] == 1.0

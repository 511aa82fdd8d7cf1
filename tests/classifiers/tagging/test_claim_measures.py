"""Measures of claims: what a number must be to report one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.tagging.claim_measures import may_measure, measure_faults, measures_of
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame
from db.records.tags import Tags

TOLD = {
    "name": "drones built",
    "counted": "drones",
    "per": "month",
    "value": 330,
    "date": "2024",
    "essay": "KT 7",
    "low": 50,
    "high": 5000,
    "near": ["a month"],
}
[MEASURE] = measures_of({"measures": [TOLD]})
TEXT = "The plant builds 400 drones a month"
SPAN = (17, 27)


@pytest.mark.parametrize(
    ("amount", "unit", "counted", "text", "reports"),
    [
        (400, "", "drones", TEXT, True),
        (400, "", "drones", TEXT.upper(), True),
        (40, "", "drones", TEXT, False),
        (9000, "", "drones", TEXT, False),
        (400, "", "soldiers", TEXT, False),
        (400, "USD", "drones", TEXT, False),
        (400, "", "drones", TEXT.replace("a month", "in all"), False),
    ],
)
def test_a_number_reports_a_measure(amount: float, unit: str, counted: str, text: str, reports: bool) -> None:
    assert MEASURE.reported(amount, unit, counted, text, SPAN) is reports


def test_a_wider_class_reports_it_in_a_headline_alone() -> None:
    [soldiers] = measures_of({"measures": [{**TOLD, "counted": "soldiers", "also": ["people"], "near": []}]})
    text = "Kim may send 4,000 men\nOf these 3,000 people are there."
    assert soldiers.reported(4000, "", "people", text, (13, 22))
    assert not soldiers.reported(3000, "", "people", text, (text.index("3,000"), text.index(" are")))
    assert not soldiers.reported(4000, "", "drones", text, (13, 22))


def test_money_counts_nothing() -> None:
    [money] = measures_of({"measures": [{**TOLD, "counted": "", "unit": "USD", "near": []}]})
    assert money.reported(400, "USD", "", TEXT, SPAN)
    assert not money.reported(400, "", "drones", TEXT, SPAN)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "330"}, "value must be a number"),
        ({"per": "week"}, "per must be one of"),
        ({"counted": ""}, "what is counted"),
        ({"low": 400}, "must rise in this order"),
        ({"near": "a month"}, "list of texts"),
        ({"also": "people"}, "also must be a list of texts"),
        ({"colour": "green"}, "unknown key 'colour'"),
    ],
)
def test_a_wrong_measure_is_told(change: dict[str, object], said: str) -> None:
    [fault] = measure_faults({"measures": [{**TOLD, **change}]})
    assert said in fault
    assert "drones built" in fault


def test_measures_stand_in_tables() -> None:
    assert "[[claim.measures]]" in next(measure_faults({"measures": 3}))
    assert "says no counted" in next(measure_faults({"measures": [{"name": "x"}]}))


def test_the_essays_figures_are_there() -> None:
    figures = {each.name: each.value for claim in read_watchlist().claims for each in claim.measures}
    assert figures["Shahed-type drones fired"] == 3700
    assert figures["Shahed-type drones built in Russia"] == 330
    assert figures["artillery rounds from North Korea"] == 2_500_000


def test_what_is_only_sought_or_possible_measures_nothing() -> None:
    sent = Frame("transfer", "north_korea", "russia", "under way", "alleged")
    assert may_measure(Tags(frames=(sent,)))
    assert may_measure(Tags()), "entries of older versions have no act"
    assert not may_measure(Tags(frames=(replace(sent, phase="sought"),)))

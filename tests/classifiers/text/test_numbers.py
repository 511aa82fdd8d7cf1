"""The parser of numbers: a table of headlines in every language, and what the table cannot say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from classifiers.text.fold import fold
from classifiers.text.numbers.read import numbers_in
from classifiers.text.numbers.words import class_of, separators, table, words_of

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "numbers.jsonl").read_text(encoding="utf-8").splitlines()
]
KNOWN_WRONG: dict[str, str] = {}
"""Id of a case → why it is read wrongly. Nothing else is, and these are."""
LANGUAGES = {"en", "ru", "uk", "de", "fr", "es", "pl", "zh", "ko", "fa", "ar", "he"}


def read(text: str, language: str) -> list[tuple[float, float, str, str]]:
    """The quantities of a text that count something known."""
    found = numbers_in(fold(text), language)
    return [(round(each.low, 6), round(each.high, 6), each.unit, each.counted) for each in found if any(each[2:4])]


def wanted(case: dict[str, Any]) -> list[tuple[float, float, str, str]]:
    return [(each["low"], each["high"], each["unit"], each["counted"]) for each in case["quantities"]]


def test_the_table_is_read_as_it_is_labelled() -> None:
    wrong = {case["id"] for case in CASES if sorted(read(case["text"], case["lang"])) != sorted(wanted(case))}
    assert wrong == KNOWN_WRONG.keys()
    assert {case["lang"] for case in CASES} >= LANGUAGES
    assert len({case["id"] for case in CASES}) == len(CASES) > 200


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_spans_lie_in_the_text_and_in_order(case: dict[str, Any]) -> None:
    spans = [(each.start, each.end) for each in numbers_in(fold(case["text"]), case["lang"])]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(case["text"]) for start, end in spans)


def test_a_number_of_nothing_known_is_bare() -> None:
    [number] = numbers_in("moscow hit with 12,000 sanctions", "en")
    assert (number.low, number.unit, number.counted) == (12_000, "", "")


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 Russia met Iran",
        "Su-35, S-400, Shahed-136 and G20",
        "Resolution 1718 and Article 5",
        "On 5 March at 10:30 Moscow beat Minsk 3:1",
        "The 3rd visit on 17.11.2024",
        "A 2024-25 plan, phone +7-495-123-45-67",
        "The 1990s, two thirds of it",
    ],
)
def test_dates_ordinals_and_names_are_no_numbers(text: str) -> None:
    assert numbers_in(fold(text), "en") == ()


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("12.500 million shells", "en", 12.5e6),  # nobody writes thousands of millions
        ("12.500 soldiers", "en", 12_500),  # half a soldier cannot be
        ("12,500 million shells", "en", 12.5e9),
        ("2.500 millones de proyectiles", "es", 2.5e9),
        ("12,345 % der Soldaten", "de", 12.345),
        ("1,234 млн снарядов", "ru", 1.234e6),
        ("1.234.567 Granaten", "de", 1_234_567),
        ("1,234,567.5 tonnes", "en", 1_234_567.5),
        ("0,125 млн тонн", "ru", 125_000),
    ],
)
def test_three_digits_behind_a_separator_are_thousands_unless_they_cannot_be(
    text: str, language: str, value: float
) -> None:
    assert numbers_in(fold(text), language)[0].low == pytest.approx(value)


def test_separators_are_those_of_cldr() -> None:
    assert [separators(language) for language in ("en", "de", "ru", "xx", "")] == [
        (".", ","), (",", "."), (",", " "), (".", ","), (".", ","),
    ]  # fmt: skip


def test_a_language_without_words_is_read_by_its_script() -> None:
    assert numbers_in("12 тысяч солдат", "")[0].counted == "soldiers"
    assert numbers_in("1万2千名士兵", "")[0].low == 12_000
    assert numbers_in("12,000 soldiers", "xx")[0].counted == "soldiers"


def test_every_class_and_unit_of_the_table_can_be_shown() -> None:
    known = table()
    for language in LANGUAGES:
        words = words_of(language)
        classes = {kind for kind in words.nouns.whole.values() if kind != "-"}
        units = {unit.partition("*")[0] for unit in words.units.whole.values()}
        assert classes <= known["shown"].keys(), language
        assert units <= known["shown"].keys() | {"percent", "km", "MW", "kWh"}, language


@pytest.mark.parametrize(
    ("word", "kind"),
    [("дронов", "drones"), ("炮弹", "shells"), ("soldi", "soldiers"), ("Soldaten", "soldiers"), ("soldier", "soldiers"),
     ("ballistic missiles", "missiles"), ("drones", "drones"), ("questions", ""), ("", "")],
)  # fmt: skip
def test_a_stored_word_in_any_language_has_a_class(word: str, kind: str) -> None:
    assert class_of(word) == kind


def test_nothing_is_read_before_a_number_is() -> None:
    told = "import sys, classifiers.text.numbers.read; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert not {"babel", "numpy"} & set(done.stdout.split())

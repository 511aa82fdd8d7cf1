"""The names of months and weekdays are those of CLDR, each locale's own."""

from __future__ import annotations

from classifiers.text.date_names import date_names, locales
from classifiers.text.languages import BESIDE, SPOKEN
from tests.support.date_names import FILE, text


def test_the_file_is_what_cldr_says() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "python -m tests.support.date_names writes it"


def test_every_language_that_is_read_has_its_twelve_months_and_seven_days() -> None:
    assert {*SPOKEN, *BESIDE} <= set(locales())
    for locale in locales():
        numbers = [(kind, number) for kind, number, names in date_names(locale) if names]
        assert {("M", month) for month in range(1, 13)} | {("W", day) for day in range(7)} <= set(numbers), locale

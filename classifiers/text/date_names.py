"""What months, weekdays and the halves of the day are called: the names of CLDR, long and short, as they stand in dates
and alone.

``date_names.json`` holds them, since to read fifty locales takes longer than to parse most feeds, and since Babel mixes
the names of one locale into the next. ``python -m tests.support.date_names`` writes the file by way of Babel.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Literal

DateKind = Literal["M", "W", "A"]
"""Months are numbered from 1, weekdays from Monday = 0, halves of the day by the hours to add (0, 12)."""
DateNames = list[tuple[DateKind, int, list[str]]]


def date_names(locale: str) -> DateNames:
    """(kind, number, names) of a locale; empty where the file does not have it."""
    return _every().get(locale, [])


def locales() -> list[str]:
    """The locales whose names are known: languages, and countries whose names of months differ."""
    return list(_every())


@cache
def _every() -> dict[str, DateNames]:
    file = resources.files("classifiers.text") / "date_names.json"
    told: dict[str, DateNames] = json.loads(file.read_text(encoding="utf-8"))
    return told

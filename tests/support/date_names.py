"""The names of months, weekdays and halves of the day, of CLDR: ``python -m tests.support.date_names`` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babel import Locale, localedata

from classifiers.text import date_names
from classifiers.text.languages import BESIDE, SPOKEN

FILE = Path(date_names.__file__).with_name("date_names.json")
LOCALES = (*SPOKEN, *BESIDE, "ar_LB", "ar_MA", "ar_DZ", "pt_PT", "fr_CA", "en_AU", "de_AT", "es_MX")
"""Languages, and countries whose names of months differ."""
HALVES = {"am": 0, "pm": 12}


def names_by_locale() -> dict[str, list[list[Any]]]:
    """Locale → [kind, number, names] for each month, weekday and half of the day, without narrow forms."""
    return {locale: _names(_alone(locale)) for locale in LOCALES}


def _alone(locale: str) -> Locale:
    # Babel writes what it resolves for one locale into the data that the next one inherits.
    localedata._cache.clear()
    return Locale.parse(locale)


def _names(known: Locale) -> list[list[Any]]:
    found: dict[tuple[str, int], set[str]] = {}
    for kind, names in (("M", known.months), ("W", known.days), ("A", known.day_periods)):
        for use in ("format", "stand-alone"):
            for width, each in names.get(use, {}).items():
                for key, name in each.items():
                    if width != "narrow" and (kind != "A" or key in HALVES):
                        found.setdefault((kind, HALVES[key] if kind == "A" else int(key)), set()).add(name)
    return [[kind, number, sorted(names)] for (kind, number), names in sorted(found.items())]


def text() -> str:
    """What the file should hold: one locale a line."""
    named = names_by_locale().items()
    rows = (f"{json.dumps(locale)}: {json.dumps(names, ensure_ascii=False)}" for locale, names in named)
    return "{\n" + ",\n".join(rows) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")

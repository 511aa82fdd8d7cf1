"""The code names no state, no people and no capital: what is watched is said by a topic's folder alone.

States come from CLDR, cities from the names of time zones; both in English, as the code is. Adjectives of peoples and
the capitals that give no zone its name are listed here.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from pathlib import Path

from babel import Locale

ROOT = Path(__file__).parents[1]
TOPICS = ROOT / "classifiers/topics"
FILES = sorted(
    file
    for package in ("flows", "classifiers", "db")
    for ending in ("py", "html", "txt")
    for file in (ROOT / package).rglob(f"*.{ending}")
    if not (file.is_relative_to(TOPICS) and file.suffix != ".py")
)
PEOPLES = """
russian russians ukrainian belarusian chinese iranian persian korean koreans japanese indian pakistani turkish syrian
israeli palestinian arab saudi emirati african american americans british english french german polish hungarian
serbian cuban venezuelan european taiwanese australian kazakh uzbek afghan iraqi egyptian
""".split()  # noqa: SIM905
CAPITALS = """
ankara astana beijing bern brasilia canberra delhi doha hanoi islamabad jerusalem kremlin ottawa pretoria rabat tallinn
tbilisi tehran washington wellington yerevan abuja
""".split()  # noqa: SIM905
NO_STATE = frozenset(
    "act general greenwich center easter east west north south male oral reunion resolute".split()  # noqa: SIM905
)
"""Names of zones that are plain words."""
ENGLISH = frozenset(("english",))
"""The language in which everything is written that axiswatch says."""
CJK = frozenset(("chinese", "japanese", "korean"))
ALLOWED: Mapping[str, tuple[frozenset[str], str]] = {
    "classifiers/lexicon/names/read.py": (frozenset(("russian", "polish")), "endings of two languages"),
    "classifiers/relevance/pipeline.py": (CJK, "languages that are cut into pairs of characters"),
    "classifiers/stories/summary.py": (CJK, "languages without spaces"),
    "classifiers/tagging/watchlist.py": (frozenset(("russia",)), "where the shipped topic shows what a claim may say"),
    "classifiers/text/languages.py": (
        frozenset(("chinese", "persian", "ukrainian", "belarusian", "russian")),
        "languages that are told apart",
    ),
    "classifiers/text/numbers/names.py": (frozenset(("persian",)), "a calendar"),
    "classifiers/text/numbers/read.py": (frozenset(("india", "pakistan")), "two states call their money rupees"),
    "classifiers/text/numbers/runs.py": (CJK, "languages that write numbers without spaces"),
    "classifiers/text/numbers/signs.py": (CJK, "digits of a language"),
    "classifiers/text/numbers/words.py": (frozenset(("german",)), "a language that writes numbers as one word"),
    "classifiers/text/numbers/values.py": (frozenset(("french",)), "a language that counts by twenties"),
    "classifiers/topic_check/examples.py": (frozenset(("russia",)), "the folder that shows how a topic is written"),
    "classifiers/topic_check/faults.py": (frozenset(("russia",)), "the folder that shows how a topic is written"),
    "classifiers/topics/active.py": (frozenset(("russia",)), "the folder of the topic that the project ships"),
    "classifiers/topics/read.py": (frozenset(("russia",)), "the folder that shows how a topic is written"),
    "classifiers/text/titles.py": (CJK, "languages whose headlines ask without a mark"),
    "db/full_text.py": (CJK, "languages whose words the index cuts"),
    "flows/config/base.py": (frozenset(("berlin",)), "a time zone that shows how they are written"),
    "flows/digest/display_text.py": (frozenset(PEOPLES), "the names of languages"),
    "flows/feeds/parsing/text.py": (CJK | {"persian"}, "languages that are cut and joined in their own way"),
}
"""File → the words that it may hold, and why."""


def names() -> frozenset[str]:
    """States, peoples and cities, in small letters."""
    territories = Locale("en").territories.items()
    states = {name.lower() for code, name in territories if len(code) == 2 and code.isalpha()}
    states |= {name.split()[-1] for name in states if name.startswith(("north ", "south "))}
    zones = (zone.rpartition("/")[2] for zone in zoneinfo.available_timezones() if "/" in zone)
    cities = {zone.replace("_", " ").lower() for zone in zones}
    return frozenset(states | {city for city in cities if len(city) > 3} | {*PEOPLES, *CAPITALS}) - NO_STATE - ENGLISH


def found_in(file: Path, known: frozenset[str]) -> frozenset[str]:
    """The names that a file holds, in words and in identifiers ("to_russia")."""
    text = file.read_text(encoding="utf-8").lower()
    whole = known & set(re.findall("[a-z]+", text))
    parted = (name for name in known if not re.fullmatch("[a-z]+", name) and name in text)
    return whole | {name for name in parted if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text)}


def test_names_of_one_word_and_of_several_are_found(tmp_path: Path) -> None:
    file = tmp_path / "code.py"
    file.write_text("to_Russia = 'the United Arab Emirates and Malians'", encoding="utf-8")
    assert found_in(file, names()) == {"russia", "arab", "united arab emirates"}


def test_only_topics_name_states_peoples_and_capitals() -> None:
    known = names()
    found = {file.relative_to(ROOT).as_posix(): found_in(file, known) for file in FILES}
    assert len(found) > 200
    named = {name: words - ALLOWED.get(name, (frozenset(), ""))[0] for name, words in found.items()}
    assert {name: words for name, words in named.items() if words} == {}
    unused = [name for name, (words, _) in ALLOWED.items() if not words & found.get(name, set())]
    assert unused == [], "nothing is there any more that these files were allowed"

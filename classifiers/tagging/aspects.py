"""Done, or under way: what the aspect of the verbs in a headline and its lead says of it.

Who signs or lands has done so; who trains, buys or leans on another goes on doing it. The tables of phase see acts of
giving and words of time, of which many a headline has none; so between these two phases they are asked together with
the forms of the verbs. The words are data, ``[aspects]`` in ``classifiers/grammar/rules`` of a language: verbs in forms
that tell of what ``goes_on``, nouns of what is ``lasting``, forms of the ``past``, verbs of a single ``deed``. What
these weigh is learned by ``python -m classifiers.tagging.fit_aspects``, the same in every language.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.literals import Expression
from classifiers.tagging.role_text import compile_roles
from db.records.frames import Phase

FILE = "aspect_weights.json"
GOES_ON, LASTING, PAST, DEED = "goes_on", "lasting", "past", "deed"
ASPECTS = (GOES_ON, LASTING, PAST, DEED)
DONE: Phase = "done"
UNDER_WAY: Phase = "under way"
BETWEEN = (DONE, UNDER_WAY)
"""The phases between which aspects decide."""
KNOWN, LEANING = "a:known", "a:leaning"
"""Features: that the language has such words, and what the tables of phase say."""
FLOOR = 0.01
"""Added to each of two probabilities that are compared, so that none is nothing."""


@cache
def aspects_of(language: str) -> Mapping[str, Expression]:
    """Aspect → what shows it in a sentence of roles of a language; empty for a language without such words."""
    file = resources.files("classifiers.grammar") / "rules" / f"{language}.toml"
    if not re.fullmatch(r"[a-z]{2}", language) or not file.is_file():
        return {}
    told = tomllib.loads(file.read_text(encoding="utf-8")).get("aspects", {})
    return {aspect: compile_roles(told[aspect], ()) for aspect in ASPECTS if aspect in told}


def aspect_features(layout: DocumentLayout) -> dict[str, float]:
    """The aspects that the headline shows, and the sentence below it; none in a language without such words."""
    patterns, head = aspects_of(layout.analysis.language), layout.head
    if not patterns:
        return {}
    lines = [line for _, line in head.lines]
    found = {KNOWN: 1.0}
    found.update(_shown("t", patterns, lines[: head.titles]))
    found.update(_shown("l", patterns, lines[head.titles : head.titles + 1]))
    return found


def _shown(place: str, patterns: Mapping[str, Expression], lines: list[str]) -> Iterable[tuple[str, float]]:
    """The aspects of one place, and whether what is over stands beside what goes on ("has trained, trains still")."""
    shown = [aspect for aspect, pattern in patterns.items() if any(map(pattern.search, lines))]
    yield from ((f"a:{place}:{aspect}", 1.0) for aspect in shown)
    if GOES_ON in shown and PAST in shown:
        yield f"a:{place}:{GOES_ON}+{PAST}", 1.0


def leaning(phases: Mapping[str, float]) -> float:
    """The log-odds of the tables that an act is under way rather than done."""
    return math.log((phases[UNDER_WAY] + FLOOR) / (phases[DONE] + FLOOR))


def with_aspect(phase: Phase, phases: Mapping[str, float], features: Mapping[str, float]) -> Phase:
    """``phase``, or the other of done and under way where that is likelier. ``phases`` are the probabilities of the
    tables, ``features`` what `aspect_features` gives."""
    if phase not in BETWEEN or KNOWN not in features:
        return phase
    weights = _weights()
    odds = weights.get(LEANING, 0.0) * leaning(phases)
    odds += sum(weight * features[name] for name, weight in weights.items() if name in features)
    return UNDER_WAY if odds > 0 else DONE


@cache
def _weights() -> Mapping[str, float]:
    found: dict[str, float] = json.loads((resources.files("classifiers.tagging") / FILE).read_text(encoding="utf-8"))
    return found

"""Which entry of a story speaks for it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from classifiers.lexicon.concepts.told_acts import told_acts
from classifiers.stories.fingerprint import marks, terms
from classifiers.stories.forms import REPORT, form_of
from classifiers.text.fold import fold
from classifiers.text.titles import bare_title
from db import records
from db.records import ScoredEntry

Place = tuple[int, bool, bool, int]
Tie = tuple[bool, float, datetime, records.Place]
BEHIND = {"official": 1, "state_media": 2}
"""Kinds of outlets whose reports stand behind those of all others."""
FOR_SURENESS = 0.2
"""What a probability of 1 adds to the likeness (0 to 1): of headlines about as much like the others, the surest."""
STEPS = 25
"""Into so many steps the likeness from 0 to 1 is parted; within one, headlines count as equal. Both numbers were set on
40 real stories of three reports and more."""
MOST_COMPARED = 40
"""Of a larger story so many members, the surest, say what it is about."""


def in_lead_order(members: Sequence[ScoredEntry]) -> list[ScoredEntry]:
    """The members, the one that speaks for all first.

    State media never speak for what others tell too, nor does a ministry that takes its side; then come plain reports
    before live pages, briefings, opinions and questions, then those in the edition's own language, then the one whose
    headline has most in common with the others' and is surely on the topic (in steps of 0.04), then one that tells an
    act by a verb, then the surest, then the first.
    """
    if len(members) == 1:
        return list(members)
    # Each of two is as like as the other.
    likeness = _centrality(members) if len(members) > 2 else {}
    places = {each.entry.id: _place(each, likeness.get(each.entry.id, 0.0)) for each in members}
    tied = Counter(places.values())

    def key(scored: ScoredEntry) -> tuple[Place, Tie | None]:
        place = places[scored.entry.id]
        return place, _tie(scored) if tied[place] > 1 else None

    return sorted(members, key=key)


def _place(scored: ScoredEntry, likeness: float) -> Place:
    return (
        BEHIND.get(scored.entry.kind, 0),
        form_of(scored.entry.title) != REPORT,
        not scored.score.language.startswith("en"),
        -round(STEPS * (likeness + FOR_SURENESS * scored.score.probability)),
    )


def _tie(scored: ScoredEntry) -> Tie:
    """What parts those of one place."""
    entry, is_act = scored.entry, bool(told_acts(scored.entry.title, scored.score.language))
    return not is_act, -scored.score.probability, entry.first_seen_at, entry.place


def _centrality(members: Sequence[ScoredEntry]) -> dict[int, float]:
    """Entry id → the mean cosine (0 to 1) of its headline's terms with those of the other members."""
    told = {each.entry.id: _terms(each) for each in members}
    surest = sorted(members, key=lambda each: (-each.score.probability, each.entry.place))[:MOST_COMPARED]
    others = [each.entry.id for each in surest]
    found = {}
    for id_, mine in told.items():
        likes = [_cosine(mine, told[other]) for other in others if other != id_]
        found[id_] = sum(likes) / max(1, len(likes))
    return found


def _terms(scored: ScoredEntry) -> frozenset[str]:
    title = bare_title(scored.entry.title, scored.entry.outlet)
    folded = fold(title)
    return terms(title, folded) | marks(title, folded, scored.score.language)


def _cosine(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0

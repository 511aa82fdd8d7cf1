"""Which flagged entries report the same thing, told by their titles: in its first form, shared significant words.

The overlap coefficient of two titles' significant words (shared / the smaller set) of at least 0.6, with three words
shared, gathers retellings well; see DESIGN.md for what it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from classifiers.languages import function_words
from classifiers.text import fold
from db.types import Entry

LEAST_OVERLAP = 0.6
LEAST_SHARED = 3
OPEN_HOURS = 120
"""A cluster that nothing joined for this long is closed."""
_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2,}")
_OUTLET = re.compile(r"\s+[|\-–—]\s+[^|\-–—]{2,40}$")
Group = tuple[int | None, list[Entry]]


def open_since(now: datetime) -> datetime:
    """Clusters that an entry joined since then are open."""
    return now - timedelta(hours=OPEN_HOURS)


def significant_words(title: str) -> frozenset[str]:
    """The words that tell a title from others: no function words, no outlet's name at the end. Scripts without
    spaces are cut into pairs of characters."""
    folded = _OUTLET.sub("", fold(title))
    words = {word for word in _WORD.findall(folded) if len(word) > 2 or word.isdigit()}
    pairs = {run[i : i + 2] for run in _CJK.findall(folded) for i in range(len(run) - 1)}
    return frozenset((words - function_words()) | pairs)


def same_story(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles' significant words overlap enough."""
    shared = len(one & other)
    return shared >= LEAST_SHARED and shared >= LEAST_OVERLAP * min(len(one), len(other))


def assign(new: Sequence[Entry], leads: Sequence[tuple[int, Entry]]) -> list[Group]:
    """(cluster id or None for a new one, entries) for each cluster that the new entries join or open.

    The entries are taken in the order of publication (then of the store), so that the order of arrival within a run
    does not matter.
    """
    known: list[tuple[int | None, frozenset[str], list[Entry]]] = [
        (cluster_id, significant_words(lead.title), []) for cluster_id, lead in leads
    ]
    for entry in sorted(new, key=_age):
        words = significant_words(entry.title)
        home = next((members for _, lead, members in known if same_story(words, lead)), None)
        if home is None:
            known.append((None, words, [entry]))
        else:
            home.append(entry)
    return [(cluster_id, members) for cluster_id, _, members in known if members]


def _age(entry: Entry) -> tuple[str, int]:
    return ((entry.published_at or entry.first_seen_at).isoformat(), entry.id)

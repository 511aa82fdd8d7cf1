"""What the terms and marks of a fingerprint say, by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from classifiers.lexicon.names.read import name_kinds
from classifiers.stories.fingerprint import LEAST_TELLING, Fingerprint
from classifiers.topics.active import by_topic

MARKS = "^@#~"
ROLES = ">"
MOST_TITLES = 65_536
"""Headlines whose names are kept in memory: more than any week of flagged entries has."""


def by_mark(terms: Iterable[str]) -> Mapping[str, list[str]]:
    """Marked terms by their mark."""
    found: Mapping[str, list[str]] = {mark: [] for mark in MARKS}
    for term in terms:
        if term[0] in MARKS:
            found[term[0]].append(term)
    return found


def by_key(act: Iterable[str]) -> Mapping[str, list[str]]:
    """What is told of an act, by what it tells; the roles as `ROLES`."""
    found: Mapping[str, list[str]] = defaultdict(list)
    for each in act:
        key, equals, told = each.partition("=")
        if equals:
            found[key].append(told)
        elif ">" in each:
            found[ROLES].append(each)
    return found


@by_topic
def namer() -> Callable[[frozenset[str], str], frozenset[str]]:
    """Terms, section of the table of names → the names of that section. What it gives is kept: a headline is compared
    again on each of the days that follow."""
    kinds = name_kinds()

    @lru_cache(MOST_TITLES)
    def named(terms: frozenset[str], kind: str) -> frozenset[str]:
        return frozenset(term[1:] for term in terms if term[0] == "@" and kinds.get(term[1:]) == kind)

    return named


def counted(fingerprint: Fingerprint) -> set[str]:
    """The figures of a headline of which it says what they count; those below ten are often the same by chance."""
    return {str(each) for each in fingerprint.quantities if (each.unit or each.counted) and each.high >= LEAST_TELLING}


def exchanged_roles(roles: str) -> str:
    """ "giver>receiver" the other way round."""
    giver, _, receiver = roles.partition(">")
    return f"{receiver}>{giver}"

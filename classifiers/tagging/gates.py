"""Many wordings as one expression, by which a text that has none of them is told at little cost."""

from __future__ import annotations

import re
from collections.abc import Iterable

EDGE = r"\b"
_GROUP_NAME = re.compile(r"\(\?P<\w+>")


def gate_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str] | None:
    """One expression that is found wherever one of these patterns is that begin at the edge of a word; None where none
    does. Together they are tried at the edges of words alone, each for itself at every character."""
    at_edges = [_GROUP_NAME.sub("(?:", pattern.pattern) for pattern in patterns if begins_at_edge(pattern)]
    return re.compile("|".join(f"(?:{each})" for each in at_edges)) if at_edges else None


def begins_at_edge(pattern: re.Pattern[str]) -> bool:
    """Whether a pattern asks for the edge of a word first of all."""
    return pattern.pattern.startswith(EDGE)


def beside_gates(patterns: Iterable[re.Pattern[str]]) -> tuple[re.Pattern[str], ...]:
    """Those patterns that a gate says nothing about: most begin with a party, and are tried at parties alone."""
    return tuple(pattern for pattern in patterns if not begins_at_edge(pattern))

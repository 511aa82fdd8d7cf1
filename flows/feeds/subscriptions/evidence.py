"""How we know that a listed feed is served: what its [[feed]] table says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

EvidenceState = Literal["proven", "listed", "unproven"]
"""Public material of 2025 or later shows that it is served; somebody reads it, at no known date; neither is known."""
EVIDENCE_KEYS = frozenset({"evidence", "found", "seen", "format"})
OLDEST_PROOF = 2025
"""The year before which that a feed was served proves nothing of today."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``found`` is where the address was seen, ``seen`` when it was served there (an ISO date, or a month as 2026-01),
    ``format`` in what form (empty: that was not recorded)."""

    state: EvidenceState = "unproven"
    found: str = ""
    seen: str = ""
    format: str = ""


def evidence_of(table: Mapping[str, str]) -> Evidence:
    """The evidence that a [[feed]] table states. Raises ValueError where it claims more than it shows."""
    state = _state(table.get("evidence", "unproven"))
    told = Evidence(state, table.get("found", ""), table.get("seen", ""), table.get("format", ""))
    if state != "unproven" and not told.found:
        raise ValueError(f"evidence {state!r} needs found: where the address was seen")
    if state == "proven" and not _is_recent(told.seen):
        raise ValueError(f"evidence 'proven' needs seen: a day or month, not before {OLDEST_PROOF}, as \"2026-02-26\"")
    if state != "proven" and told.seen:
        raise ValueError(f"evidence {state!r} has no day on which it was seen to be served; drop seen")
    return told


def _state(text: str) -> EvidenceState:
    for known in get_args(EvidenceState):
        if known == text:
            state: EvidenceState = known
            return state
    raise ValueError(f"evidence must be one of {', '.join(get_args(EvidenceState))}, not {text!r}")


def _is_recent(day: str) -> bool:
    try:
        return date.fromisoformat(f"{day}-01" if len(day) == len("2026-01") else day).year >= OLDEST_PROOF
    except ValueError:
        return False

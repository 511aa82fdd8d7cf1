"""Which entry of a story speaks for it."""

from __future__ import annotations

from datetime import datetime

from db.records import ScoredEntry


def as_lead(scored: ScoredEntry) -> tuple[bool, bool, float, datetime, int]:
    """The order of a story's members, wherever it is told: state media never speak for what others tell too; then those
    in the edition's own language, then the surest, then the first."""
    entry, is_foreign = scored.entry, not scored.score.language.startswith("en")
    return entry.kind == "state_media", is_foreign, -scored.score.probability, entry.first_seen_at, entry.id

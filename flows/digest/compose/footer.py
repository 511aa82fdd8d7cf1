"""The ledger at the foot of an edition: what was read, what was not, and who judged it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from db.records import Coverage, ModelVersion, ScoredEntry
from flows.digest.compose.inputs import Lagging
from flows.digest.display_text import one_line

MAX_FAILURES = 40
"""Failed feeds named; the rest is counted."""


def coverage(facts: Coverage, lagging: Sequence[Lagging] = (), archived: int = 0) -> dict[str, Any]:
    """The coverage as plain JSON, with the feeds that bring nothing new by name. seen = new + duplicate + edited +
    capped + rejected; what came from ``archived`` files stands beside that."""
    return {
        "archived": archived,
        "feeds": facts.feeds,
        "read": facts.read,
        "failed": facts.failed,
        "failures": [
            {"outlet": one_line(outlet, 60), "error": one_line(error, 140) or "no reason given"}
            for outlet, error in facts.failures[:MAX_FAILURES]
        ],
        "failures_left": max(0, facts.failed - MAX_FAILURES),
        "stale": [
            {"outlet": one_line(each.outlet, 60), "why": one_line(each.why, 140)} for each in lagging[:MAX_FAILURES]
        ],
        "stale_left": max(0, len(lagging) - MAX_FAILURES),
        "unchanged": facts.unchanged,
        "seen": facts.seen,
        "new": facts.new,
        "duplicate": facts.duplicate,
        "edited": facts.edited,
        "capped": facts.capped,
        "rejected": facts.rejected,
        "reasons": [
            {"reason": one_line(reason, 140), "count": count} for reason, count in sorted(facts.reasons.items())
        ],
    }


def model(version: ModelVersion | None, refitted: str = "") -> dict[str, Any] | None:
    """The model version as plain JSON, or None where nothing was scored; with what was done where it was ``refitted``
    since the last edition."""
    if version is None:
        return None
    told = {"version": version.id, "threshold": round(version.threshold, 3)}
    return told | ({"refitted": one_line(refitted, 400)} if refitted else {})


def languages(entries: Sequence[ScoredEntry], unjudged: Mapping[str, int]) -> dict[str, Any]:
    """What stands in languages that the lexicon does not cover: flagged all the same, and not judged, by language."""
    flagged = Counter(each.score.language for each in entries if not each.score.known_language)
    return {
        "flagged": flagged.total(),
        "unjudged": sum(unjudged.values()),
        "by_language": [
            {"language": one_line(language, 12) or "undetermined", "entries": count}
            for language, count in sorted((Counter(unjudged) + flagged).items(), key=lambda pair: (-pair[1], pair[0]))
        ],
    }

"""The footer of an edition: what was read, what was not, and which model judged it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from db.records import Coverage, ModelVersion, ScoredEntry
from flows.digest.compose.inputs import Lagging
from flows.digest.content.footer import (
    CoverageContent,
    FailedFeed,
    JudgingModel,
    LanguageCount,
    RejectionCount,
    StaleFeed,
    UnknownLanguages,
)
from flows.digest.display_text import one_line

MAX_FAILURES = 40
"""Failed feeds named; the rest is counted."""


def coverage(
    facts: Coverage, lagging: Sequence[Lagging] = (), archived: int = 0, alarms: Sequence[str] = ()
) -> CoverageContent:
    """The coverage, with the feeds that bring nothing new by name. seen = new + duplicate + edited + capped + rejected;
    what came from ``archived`` files stands beside that, and so do the ``alarms`` that are open."""
    failures = facts.failures[:MAX_FAILURES]
    return CoverageContent(
        archived=archived,
        alarms=tuple(one_line(each, 140) for each in alarms),
        feeds=facts.feeds,
        read=facts.read,
        failed=facts.failed,
        failures=tuple(_failed(outlet, error) for outlet, error in failures),
        failures_left=max(0, facts.failed - MAX_FAILURES),
        stale=tuple(
            StaleFeed(outlet=one_line(each.outlet, 60), why=one_line(each.why, 140)) for each in lagging[:MAX_FAILURES]
        ),
        stale_left=max(0, len(lagging) - MAX_FAILURES),
        unchanged=facts.unchanged,
        seen=facts.seen,
        new=facts.new,
        duplicate=facts.duplicate,
        edited=facts.edited,
        capped=facts.capped,
        rejected=facts.rejected,
        reasons=tuple(
            RejectionCount(reason=one_line(reason, 140), count=count) for reason, count in sorted(facts.reasons.items())
        ),
    )


def _failed(outlet: str, error: str) -> FailedFeed:
    return FailedFeed(outlet=one_line(outlet, 60), error=one_line(error, 140) or "no reason given")


def model(version: ModelVersion | None, refitted: str = "") -> JudgingModel | None:
    """The model version, or None where nothing was scored; with what was done where it was ``refitted`` since the last
    edition."""
    if version is None:
        return None
    return JudgingModel(
        version=version.id, threshold=round(version.threshold, 3), refitted=one_line(refitted, 400) if refitted else ""
    )


def languages(entries: Sequence[ScoredEntry], unjudged: Mapping[str, int]) -> UnknownLanguages:
    """What stands in languages that the lexicon does not cover: flagged all the same, and not judged, by language."""
    flagged = Counter(each.score.language for each in entries if not each.score.known_language)
    return UnknownLanguages(
        flagged=flagged.total(),
        unjudged=sum(unjudged.values()),
        by_language=tuple(
            LanguageCount(language=one_line(language, 12) or "undetermined", entries=count)
            for language, count in sorted((Counter(unjudged) + flagged).items(), key=lambda pair: (-pair[1], pair[0]))
        ),
    )

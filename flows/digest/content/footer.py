"""The footer of an edition: what was read, in which languages, and which model judged it."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.digest.content.record import ABSENT, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedFeed(Record):
    """A feed that could not be read."""

    outlet: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFeed(Record):
    """A feed that brings nothing new, and why that is said of it."""

    outlet: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionCount(Record):
    """How many elements of feeds were rejected for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageContent(Record):
    """Feeds = read + failed; entries seen = new + duplicate + edited + capped + rejected, with ``archived`` ones beside
    that. Of failed and stale feeds some are named, the others are counted (``…_left``). ``alarms`` were open when the
    edition was composed."""

    feeds: int
    read: int
    failed: int
    failures: tuple[FailedFeed, ...]
    failures_left: int
    seen: int
    new: int
    duplicate: int
    rejected: int
    reasons: tuple[RejectionCount, ...] = ()
    edited: int = 0
    capped: int = 0
    archived: int = 0
    unchanged: int = 0
    stale: tuple[StaleFeed, ...] = ()
    stale_left: int = 0
    alarms: tuple[str, ...] = field(default=(), metadata=ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageCount(Record):
    """Entries in one language that the lexicon does not cover."""

    language: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownLanguages(Record):
    """Entries in languages that the lexicon does not cover: flagged all the same, and not judged, by language."""

    flagged: int = 0
    unjudged: int = 0
    by_language: tuple[LanguageCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingModel(Record):
    """The model version that judged, its threshold, and what was done where it was ``refitted`` since the last one."""

    version: str
    threshold: float
    refitted: str = field(default="", metadata=ABSENT)

"""When a feed is asked again, and why: the whole of the decision, without a clock, a network or a store.

A feed is never given up: the longest that any failure keeps us away is a day, and a week where the server says (410)
that there will be no feed again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from flows.feeds.parsing.records import FailureKind

DAY, WEEK = timedelta(days=1), timedelta(days=7)
JITTER = 0.1
"""Up to this share is added to every interval, so that feeds first read together do not stay together."""
FIRST_WAIT: Mapping[FailureKind, timedelta] = {
    "temporary": timedelta(minutes=15),
    "soft": timedelta(minutes=30),
    "hard": timedelta(hours=2),
    "gone": WEEK,
}
"""How long the first failure of its kind keeps us away; each further one twice as long."""
LONGEST_WAIT: Mapping[FailureKind, timedelta] = {
    "temporary": timedelta(hours=2),
    "soft": timedelta(hours=12),
    "hard": DAY,
    "gone": WEEK,
}
WORDS: Mapping[FailureKind, str] = {
    "temporary": "out of reach for now",
    "soft": "answers, but not with a feed",
    "hard": "refuses or knows of no feed",
    "gone": "says that it is gone",
}
PAUSING = (429, 503)
"""Statuses by which a server asks for quiet, for all the feeds that it serves."""
UNTOLD_PAUSE = timedelta(minutes=15)
"""How long a host is left alone that does not say how long."""
SHARED_HOSTS = (
    "feedburner.com", "feedproxy.google.com", "news.google.com", "wordpress.com", "medium.com", "substack.com",
    "blogspot.com", "tumblr.com", "youtube.com", "reddit.com", "github.com", "githubusercontent.com", "rss.app",
    "rsshub.app", "openrss.org",
)  # fmt: skip
"""Hosts that serve unrelated feeds: a feed that is told to wait there waits alone."""


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What one fetch came to, as far as the schedule is concerned. ``interval_seconds`` is what the document asks
    for, ``failures`` counts those in a row, this one included."""

    kind: Literal["ok"] | FailureKind
    at: datetime
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    interval_seconds: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """The next check of a feed and its reason."""

    at: datetime
    why: str


def next_check(outcome: FetchResult, every: timedelta, feed_id: int) -> Check:
    """When and why to ask next. ``every`` is our own interval."""
    wait, why = _wait(outcome, every)
    told = retry_after(outcome.headers, outcome.at) if outcome.status in PAUSING else None
    if told is not None and told >= wait:
        wait, why = told, f"the server asked for {span_in_words(told)} of quiet (HTTP {outcome.status})"
    late = min(wait * (1 + jitter(feed_id, outcome.failures)), max(wait, DAY))
    return Check(outcome.at + late, why)


def host_quiet(host: str, status: int | None, headers: Mapping[str, str], at: datetime, shared: Sequence[str]) -> Check:
    """Until when, and why, nothing more is asked of a host after an answer of this status; ``at`` itself where it may
    be asked. ``shared`` are hosts that serve strangers, beside those known."""
    if status not in PAUSING or serves_strangers(host, (*SHARED_HOSTS, *shared)):
        return Check(at, "")
    told = retry_after(headers, at)
    quiet = UNTOLD_PAUSE if told is None else told
    return Check(at + quiet, f"{host} asked for quiet (HTTP {status})")


def _wait(outcome: FetchResult, every: timedelta) -> tuple[timedelta, str]:
    if outcome.kind != "ok":
        longest = max(every, LONGEST_WAIT[outcome.kind])
        wait = min(longest, max(every, FIRST_WAIT[outcome.kind]) * 2 ** min(outcome.failures - 1, 20))
        times = f"{outcome.failures} times in a row" if outcome.failures > 1 else "once"
        return wait, f"{WORDS[outcome.kind]} ({times}): again after {span_in_words(wait)}"
    asked = (
        (timedelta(seconds=outcome.interval_seconds), "the feed asks for"),
        (freshness(outcome.headers, outcome.at), "the server's cache rules ask for"),
    )
    wait, who = max(asked)
    if wait > every:
        wait = min(wait, max(DAY, every))
        return wait, f"{who} {span_in_words(wait)} between readings"
    return every, f"every {span_in_words(every)}"


def jitter(feed_id: int, failures: int) -> float:
    """A share below ``JITTER`` that is always the same for this feed after so many failures."""
    digest = hashlib.blake2b(f"{feed_id} {failures}".encode(), digest_size=4).digest()
    return JITTER * int.from_bytes(digest) / 2**32


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """What Retry-After asks for, as seconds or as a date, a day at the most; None where it is not there, makes no
    sense or lies in the past."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), DAY)
    moment = http_moment(text)
    wait = None if moment is None else moment - now
    return None if wait is None or wait < timedelta(0) else min(wait, DAY)


def freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long the answer says that it stays fresh: Cache-Control's max-age, else Expires; zero where nothing does."""
    rules = [rule.strip().partition("=") for rule in headers.get("cache-control", "").lower().split(",")]
    told = {name: value.strip('" ') for name, _, value in rules}
    if "no-cache" in told or "no-store" in told:
        return timedelta(0)
    if (age := told.get("max-age", "")).isascii() and age.isdigit():
        return timedelta(seconds=min(int(age[:12]), 10**9))
    expires = http_moment(headers.get("expires", ""))
    # By the server's own clock, which may be wrong.
    here = http_moment(headers.get("date", "")) or now
    return timedelta(0) if expires is None else max(timedelta(0), expires - here)


def http_moment(text: str) -> datetime | None:
    """The moment that a header states, in UTC; None where it states none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def serves_strangers(host: str, shared: Sequence[str] = SHARED_HOSTS) -> bool:
    """Whether the host is one of those, or below one, that serve the feeds of strangers."""
    return any(host == each or host.endswith(f".{each}") for each in shared)


def span_in_words(span: timedelta) -> str:
    """A span of time in the unit that suits it, such as ``90 min``, ``12 h`` or ``7 days``."""
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 120:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes <= 2880 else f"{round(minutes / 1440)} days"

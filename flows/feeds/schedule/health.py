"""How each feed fares, and whether its silence is unusual. Pure, but for `healths`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from sqlite_utils import Database

from db import feed_checks, feed_days, feeds, host_pauses
from db.feed_checks import FeedCheck
from db.feed_states import FeedState
from db.records import Feed
from flows.feeds.http.redirects import STEADY
from flows.feeds.schedule.check_schedule import span_in_words

Condition = Literal["gone", "failing", "silent", "paused", "unread", "moving", "moved", "ok"]
ORDER: tuple[Condition, ...] = ("gone", "failing", "silent", "paused", "unread", "moving", "moved", "ok")
"""The worst first."""

RECENT_DAYS, USUAL_DAYS = 3, 28
LEAST_DAYS = 4
"""So many days with entries make a rhythm."""
NEVER_SILENT_DAYS = 2
LOST_DAYS = 60
"""Without a rhythm, a feed is silent when nothing in it is younger than this."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a feed brings: entries a day of late and usually (None: too little is known), days since it brought any,
    and the longest pause that it has made before (None: no rhythm)."""

    recent: float
    usual: float | None
    quiet_days: int | None
    longest_pause: int | None

    @property
    def is_silent(self) -> bool:
        """Whether it has been quiet for more than twice its longest pause, and two days at the least."""
        if self.quiet_days is None:
            return True
        if self.longest_pause is None:
            return self.quiet_days > LOST_DAYS
        return self.quiet_days > max(NEVER_SILENT_DAYS, 2 * self.longest_pause)


def rhythm_of(days: Mapping[date, int], newest_at: datetime | None, now: datetime) -> Rhythm:
    """The rhythm of a feed that brought so many entries on these days; ``newest_at`` is the newest date seen in it,
    also of entries that another feed brought first."""
    today = now.date()
    active = sorted(day for day, count in days.items() if count and day <= today)
    newest = max([*active[-1:], *([min(newest_at, now).date()] if newest_at else [])], default=None)
    pauses = [(later - earlier).days for earlier, later in pairwise(active)]
    has_rhythm = len(active) >= LEAST_DAYS
    return Rhythm(
        recent=_a_day(days, today, RECENT_DAYS),
        usual=_a_day(days, today, min(USUAL_DAYS, (today - active[0]).days + 1)) if has_rhythm else None,
        quiet_days=None if newest is None else (today - newest).days,
        longest_pause=max(pauses) if has_rhythm else None,
    )


def _a_day(days: Mapping[date, int], today: date, span: int) -> float:
    first = today - timedelta(days=span)
    return sum(count for day, count in days.items() if first < day <= today) / span


@dataclass(frozen=True, slots=True)
class Health:
    """One feed's condition, in words."""

    feed: Feed
    state: FeedState
    rhythm: Rhythm
    condition: Condition
    remark: str
    next_check_at: datetime
    next_check_why: str


def health_of(
    feed: Feed,
    state: FeedState,
    days: Mapping[date, int],
    pause: tuple[datetime, str] | None,
    now: datetime,
    check: FeedCheck | None = None,
) -> Health:
    """How the feed fares at ``now``; ``pause`` is until when, and why, its host is left alone; ``check`` is what came
    of trying it by hand, which counts where it is newer than the last reading."""
    rhythm = rhythm_of(days, state.newest_at, now)
    condition, remark = _with_check(*_condition(state, rhythm, pause), state, check)
    check_at, why = state.next_check_at, state.next_check_why
    if pause is not None and pause[0] > check_at:
        check_at, why = pause
    return Health(feed, state, rhythm, condition, remark, check_at, why)


def healths(store: Database, now: datetime) -> list[Health]:
    """How every enabled feed fares at ``now``, the worst first."""
    days = feed_days.since(store, now)
    quiet = host_pauses.under_way(store, now)
    # A day of the past is told as it was then.
    checks = {feed_id: check for feed_id, check in feed_checks.latest(store).items() if check.checked_at <= now}
    found = [
        health_of(feed, state, days.get(feed.id, {}), quiet.get(state.host), now, checks.get(feed.id))
        for feed, state in feeds.all_with_states(store)
    ]
    return sorted(found, key=lambda each: (ORDER.index(each.condition), each.feed.outlet, each.feed.id))


def _condition(state: FeedState, rhythm: Rhythm, pause: tuple[datetime, str] | None) -> tuple[Condition, str]:
    if state.gone_at is not None:
        return "gone", f"gone since {_day(state.gone_at)}: {state.last_error}"
    if state.failures and state.failing_since is not None:
        return "failing", f"failing since {_moment(state.failing_since)} ({_times(state.failures)}): {state.last_error}"
    if state.last_success_at is None:
        return ("paused", pause[1]) if pause else ("unread", "never read yet")
    if rhythm.is_silent:
        return "silent", _silence(rhythm)
    if pause is not None:
        return "paused", pause[1]
    if state.moved_to and state.moved_since is not None:
        return "moving", f"sends us to {state.moved_to}; followed from {_day(state.moved_since + STEADY)} on"
    return ("moved", f"read at {state.address}") if state.address else ("ok", "")


def _with_check(condition: Condition, remark: str, state: FeedState, check: FeedCheck | None) -> tuple[Condition, str]:
    read_at = state.last_success_at or state.failing_since
    if check is None or (read_at is not None and check.checked_at < read_at):
        return condition, remark
    told = f"tried by hand {_moment(check.checked_at)}: {check.told}"
    # Of a feed that was never read, the trial is all that is known; else its readings say how it fares.
    worse: Condition = "failing" if condition == "unread" and not check.is_sound else condition
    return worse, f"{remark}; {told}" if remark else told


def _silence(rhythm: Rhythm) -> str:
    if rhythm.quiet_days is None:
        return "has brought nothing with a date of the last 60 days"
    if rhythm.longest_pause is None:
        return f"its newest entry is {rhythm.quiet_days} days old"
    usual = "it brought something every day" if rhythm.longest_pause == 1 else f"never over {rhythm.longest_pause} days"
    return f"nothing new for {rhythm.quiet_days} days; before, {usual}"


def _times(failures: int) -> str:
    return "once" if failures == 1 else f"{failures} times"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago a moment was, in words."""
    return "never" if moment is None else f"{span_in_words(now - moment)} ago"

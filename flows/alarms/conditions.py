"""The conditions of alarms: each a function of the state of things, which says whether it is bad, good, or in between.

Between the line at which an alarm is raised and the one at which it is over nothing changes, so that nothing flaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from flows.alarms.state import WatchState
from flows.config.settings import WatchSettings
from flows.runtime.flow_health_file import STEADY

Verdict = Literal["bad", "between", "good"]
FEEDS_OVER = 0.6
"""Share of [watch] feeds_failing_percent at which the alarm is over: 30 % where it was raised at 50 %."""
DISK_OVER = 1.2
"""Times [watch] disk_percent that must be free again."""
LEAST_FREE = 8 * 2**20
"""Bytes that a run must be able to write, as `flows.runtime.disk_room` has it: less is never enough."""
ENTRIES_OVER = 0.5
"""Share of [watch] no_entries_hours within which an entry came."""

HEADLINES = {
    "flow failed": ("{} failed", "{} works again"),
    "flow late": ("{} is late", "{} is on time again"),
    "no entries": ("no new entries come in", "new entries come in again"),
    "feeds failing": ("many feeds cannot be read", "most feeds can be read again"),
    "digest not accepted": ("the digest is not accepted", "the digest is accepted again"),
    "disk low": ("the disk is nearly full", "the disk has room again"),
    "store damaged": ("the store is damaged", "the store is sound again"),
    "labels refused": ("retrain refused the labels", "retrain refuses no labels any more"),
}
"""Kind → what is said when it is raised, and when it is over; {} is the subject."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a condition says: its kind, of what, the verdict, since when that holds, and lines for people."""

    kind: str
    subject: str
    verdict: Verdict
    since: datetime
    lines: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """By which its alarm is known while that is open."""
        return self.kind, self.subject


def headline_of(reading: Reading) -> str:
    """What it is called while it is bad."""
    return HEADLINES[reading.kind][0].format(reading.subject)


def readings(state: WatchState, limits: WatchSettings) -> list[Reading]:
    """What every condition says, as far as it could be looked at."""
    return [reading for condition in CONDITIONS for reading in condition(state, limits)]


def flow_failed(state: WatchState, _: WatchSettings) -> Iterator[Reading]:
    """A run of a flow failed or was killed; over after some that were completed in a row."""
    for each in state.failures:
        verdict: Verdict = "good" if each.over else "bad"
        first, last = _minute(each.since), _minute(each.last)
        told = f"1 run failed, at {first}" if each.failures == 1 else f"{each.failures} runs failed, {first} to {last}"
        ending = (f"{told}; completed since: {each.completed}.",)
        lines = ending if each.over else (*each.lines, "", _PROMISE)
        yield Reading("flow failed", each.flow, verdict, each.since, lines)


_PROMISE = (
    f"Nothing more is told of it until it works again: after {STEADY} completed runs in a row, or one that is"
    " completed half a day after the last failure."
)


def flow_late(state: WatchState, _: WatchSettings) -> Iterator[Reading]:
    """A flow was not completed for longer than its schedule allows; over as soon as it is."""
    for each in state.times:
        is_late = state.at > each.late_from
        last = f"since {_minute(each.completed_at)}" if each.completed_at else "yet"
        line = f"no run of {each.flow} was completed {last}: see that axiswatch serve, or the worker, runs"
        told = line if is_late else f"a run was completed {last.removeprefix('since ')}"
        yield Reading("flow late", each.flow, "bad" if is_late else "good", each.late_from, (told,))


def no_entries(state: WatchState, limits: WatchSettings) -> Iterator[Reading]:
    """No entry came in for so many hours; over when one did within half of them."""
    if not limits.no_entries_hours:
        yield _off("no entries", state)
        return
    if state.newest_entry_at is None:
        return
    allowed = timedelta(hours=limits.no_entries_hours)
    age = state.at - state.newest_entry_at
    verdict: Verdict = "bad" if age >= allowed else "good" if age < allowed * ENTRIES_OVER else "between"
    line = f"the newest entry came in {_minute(state.newest_entry_at)}"
    remedy = f"{line}: see axiswatch feeds health --troubled, and that this machine reaches the web"
    yield Reading("no entries", "", verdict, state.newest_entry_at + allowed, (remedy if verdict == "bad" else line,))


def feeds_failing(state: WatchState, limits: WatchSettings) -> Iterator[Reading]:
    """Too great a share of the feeds failed twice in a row."""
    if not limits.feeds_failing_percent:
        yield _off("feeds failing", state)
        return
    if state.feeds is None or not state.feeds.feeds:
        return
    share = 100 * state.feeds.failing / state.feeds.feeds
    line = limits.feeds_failing_percent
    verdict: Verdict = "bad" if share >= line else "good" if share <= line * FEEDS_OVER else "between"
    told = f"{state.feeds.failing} of {state.feeds.feeds} feeds failed twice in a row ({share:.0f} %)"
    remedy = f"{told}: axiswatch feeds health --troubled says which and why"
    yield Reading("feeds failing", "", verdict, state.at, (remedy if verdict == "bad" else told,))


def digest_not_accepted(state: WatchState, limits: WatchSettings) -> Iterator[Reading]:
    """The daily edition was not made by its hour and some minutes, or nobody has got it who gets it by some way."""
    digest = state.digest
    if not limits.digest_minutes:
        yield _off("digest not accepted", state)
        return
    if digest is None:
        return
    stuck = [each for each in digest.copies if each.others and not each.accepted]
    late_from = digest.due_at + timedelta(minutes=limits.digest_minutes)
    if digest.is_there and not stuck:
        yield Reading("digest not accepted", "", "good", late_from, (f"the edition {digest.name} is accepted",))
    elif state.at < late_from:
        yield Reading("digest not accepted", "", "between", late_from, ())
    else:
        lines = [f"nobody has the edition {digest.name} by {each.way}: {each.said or 'not sent yet'}" for each in stuck]
        missing = f"the edition {digest.name} was to be made at {_minute(digest.due_at)}, and is not there"
        yield Reading("digest not accepted", "", "bad", late_from, tuple(lines) or (missing,))


def disk_low(state: WatchState, limits: WatchSettings) -> Iterator[Reading]:
    """Too little of the store's disk is free."""
    disk = state.disk
    if not limits.disk_percent:
        yield _off("disk low", state)
        return
    if disk is None or not disk.total:
        return
    share = 100 * disk.free / disk.total
    told = f"{disk.free / 1e6:.0f} MB ({share:.1f} %) are free on the disk of {disk.folder}"
    remedy = f"{told}: make room on it, such as of old backups; axiswatch prune says what the store could give up"
    is_bad = share < limits.disk_percent or disk.free < LEAST_FREE
    is_good = share >= min(100.0, limits.disk_percent * DISK_OVER) and disk.free >= DISK_OVER * LEAST_FREE
    verdict: Verdict = "bad" if is_bad else "good" if is_good else "between"
    yield Reading("disk low", "", verdict, state.at, (remedy if is_bad else told,))


def store_damaged(state: WatchState, _: WatchSettings) -> Iterator[Reading]:
    """The store cannot be read, or SQLite finds it damaged; over when it was looked over and is sound."""
    if state.damage is not None:
        remedy = f"{state.damage}; axiswatch restore brings the newest backup back"
        told = remedy if state.damage else "it was looked over and is sound"
        yield Reading("store damaged", "", "bad" if state.damage else "good", state.at, (told,))


def labels_refused(state: WatchState, _: WatchSettings) -> Iterator[Reading]:
    """The last retraining refused what the labels taught; too few labels are no refusal, and change nothing."""
    last = state.retrained
    if last is None:
        return
    verdict: Verdict = {"refused": "bad", "champion": "good", "too few": "between"}[last.status]  # type: ignore[assignment]
    told = f"{last.model} was refused: {last.note}" if last.status == "refused" else f"{last.model} judges"
    yield Reading("labels refused", "", verdict, state.at, (told,))


def _off(kind: str, state: WatchState) -> Reading:
    """What was raised before is over."""
    return Reading(kind, "", "good", state.at, ("it is not looked at any more: [watch] switches it off",))


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"


Condition = Callable[[WatchState, WatchSettings], Iterator[Reading]]
CONDITIONS: tuple[Condition, ...] = (
    flow_failed,
    flow_late,
    no_entries,
    feeds_failing,
    digest_not_accepted,
    disk_low,
    store_damaged,
    labels_refused,
)

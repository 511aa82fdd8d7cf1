"""Threads that have another status, those that went quiet, and acts that are still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from flows.digest.compose.expected import OVER
from flows.digest.content.story import Trace
from flows.digest.content.week import QuietThread, Step, WeekExpected
from flows.digest.display_text import short_day
from flows.digest.update_words import step
from flows.digest.weekly.told import Keys, Telling, line

LEAST_DAYS = 2
"""A thread that was told on fewer days was an event, and no event goes quiet."""
MOST_QUIET = 6
COMING = timedelta(days=7)


def steps(told: Sequence[Telling], known: Mapping[str, str]) -> list[Step]:
    """The threads of which the week's editions said that the status had changed, each as it was told when it did so
    last. ``known`` is the status of threads before the week."""
    found: dict[str, Step] = {}
    status = dict(known)
    for each in told:
        if each.has_moved and each.is_sound:
            found.pop(each.thread, None)
            found[each.thread] = _step(each, status.get(each.thread, ""))
        status[each.thread] = each.story.status
    return list(found.values())


def _step(each: Telling, before: str) -> Step:
    now = step(each.story.news)
    return line(each).told_as(Step, was=before if before != each.story.status else "", now=now or each.story.status)


def statuses(before: Iterable[Telling]) -> dict[str, str]:
    """Thread → the status with which it was told last."""
    return {each.thread: each.story.status for each in before}


def quiet(before: Sequence[Telling], week: Iterable[Trace], keys: Keys) -> tuple[tuple[QuietThread, ...], int]:
    """The threads that were told on two days or more before the week and of which it has no report, those told most
    often first; and how many more. ``before`` are the tellings of the fortnight before, ``week`` what its editions
    remember, repetitions too."""
    heard = {keys.thread_of(trace) for trace in week}
    together: dict[str, list[Telling]] = {}
    for each in before:
        if each.is_sound and each.thread not in heard:
            together.setdefault(each.thread, []).append(each)
    found = [_quiet(told) for told in together.values()]
    silent = sorted((each for each in found if each.days >= LEAST_DAYS), key=lambda each: (-each.days, each.day))
    return tuple(silent[:MOST_QUIET]), max(0, len(silent) - MOST_QUIET)


def _quiet(told: Sequence[Telling]) -> QuietThread:
    return line(told[-1]).told_as(QuietThread, days=len({each.day for each in told}))


def expected(traces: Sequence[Trace], keys: Keys, last: date, most: int) -> tuple[tuple[WeekExpected, ...], int]:
    """The acts that editions announced for days after the ``last``, the nearest first, and how many more. ``traces``
    come the newest first. Where a later report of the thread tells the deed as done, it is no longer expected."""
    found: dict[tuple[str, str], WeekExpected] = {}
    for each in _open(traces, keys):
        if each.expected > last.isoformat() and each.sentence:
            when = each.expected_when or short_day(each.expected)
            is_coming = date.fromisoformat(each.expected) <= last + COMING
            found[each.expected, each.sentence] = WeekExpected(
                text=each.sentence, when=when, day=each.edition[:10], coming=is_coming, partner_ids=each.partner_ids
            )
    ordered = [found[key] for key in sorted(found)]
    return tuple(ordered[:most]), max(0, len(ordered) - most)


def _open(traces: Sequence[Trace], keys: Keys) -> Iterator[Trace]:
    """Of each event the newest trace that names a day, where nothing newer settles it."""
    named: set[str] = set()
    over: set[str] = set()
    done: dict[str, set[str]] = {}
    for each in traces:
        event, thread, act = keys.event(next(iter(each.entries), 0)), keys.thread_of(each), each.act
        coming = set(act.coming) if act else set()
        if act is not None and not coming and act.phase in OVER:
            over.add(event)
        is_settled = event in over or (bool(coming) and coming <= done.get(thread, set()))
        if each.expected and event not in named and not is_settled:
            named.add(event)
            yield each
        done.setdefault(thread, set()).update(act.deeds if act else ())

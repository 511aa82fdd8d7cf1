"""What must hold of alarms at the end of a soak: raised, received elsewhere, ended once, and told to be over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from tests.soak.checks import Check
from tests.soak.heard import Heard, copies, troubles, was_open
from tests.soak.soak import Episodic, Soak
from tests.soak.world import PING, World

LATER = timedelta(hours=12)
"""An alarm whose ways were down may come so long after the fault: four passes."""


def alarm_checks(world: World, done: Soak, told: Sequence[Heard]) -> Iterator[Check]:
    """All of them."""
    missed = [came.episode.name for came in done.came if wanted(came) and not ways_of(came, told)]
    faults = sum(bool(wanted(came)) for came in done.came)
    found = f"{faults} faults, {len(missed)} without one{': ' + '; '.join(missed) if missed else ''}"
    yield Check("every fault's alarm is raised and received elsewhere", not missed, found)
    wrong = troubles(told)
    by_kind = Counter(each.kind for each in told if not each.is_over and each.way == "webhook")
    found = f"{dict(by_kind)} posted{'; ' + '; '.join(wrong) if wrong else ''}"
    yield Check("every alarm once, and every recovery told", not wrong, found)
    count, ways = copies(told), Counter(each.way for each in told)
    doubts = world.rows("SELECT coalesce(sum(unsure), 0) FROM alarm_tellings")
    known = doubts[0][0] if doubts else 0
    found = f"{len(told)} tellings ({dict(ways)}), {count} copies beyond one, {known} cut off while leaving"
    yield Check("no alarm is doubled", count <= known, found)
    yield _book(world)
    yield _restore(told)
    yield _pings(world)


def wanted(came: Episodic) -> tuple[str, ...]:
    """The kinds of alarms that the episode must raise one of."""
    return tuple(kind for fault in came.episode.faults for kind in fault.alarms)


def ways_of(came: Episodic, told: Sequence[Heard]) -> list[str]:
    """By which ways it was heard."""
    return was_open(told, wanted(came), came.begun, came.ended + LATER)


def _book(world: World) -> Check:
    rows = world.rows("SELECT kind, subject, recovered_at FROM alarms")
    still = [f"{kind} {subject}".strip() for kind, subject, over in rows if over is None]
    waiting = world.rows("SELECT way, state, count(*) FROM alarm_tellings WHERE state <> 'accepted' GROUP BY 1, 2")
    found = f"{len(rows)} alarms in the book, open: {still or 'none'}, not accepted: {waiting or 'none'}"
    return Check("the book is closed", bool(rows) and not still and not waiting, found)


def _restore(told: Sequence[Heard]) -> Check:
    damaged = [each for each in told if each.kind == "store damaged" and not each.is_over]
    silent = sum("axiswatch restore" not in each.text for each in damaged)
    return Check("the remedy is told of a damaged store", not silent, f"{len(damaged)} told, {silent} without it")


def _pings(world: World) -> Check:
    pings = Counter(each.to for each in world.hook.arrived if each.to.startswith(PING))
    last = [each.to for each in world.hook.arrived if each.to.startswith(PING)][-1:]
    return Check("the ping ends well", last == [PING], f"{dict(pings)}, the last {last}")

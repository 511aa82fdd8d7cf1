"""One pass of the soak: the clock goes to its time, it comes, and it ends; or it does not, which is the worst fault."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.soak.faults import Strike
from tests.soak.world import World

BEFORE, CLOSE = timedelta(minutes=10), timedelta(seconds=2)
"""So long before a pass the clock is set first: what was due since the last one has its turn. Then so close to it."""
QUIET_SECONDS = 4.0
"""Nothing is under way for so long: all has ended."""
SLOW_SECONDS = 3.0
"""What each answer of the site takes while a blow is to fall in the middle of a pass."""


@dataclass(frozen=True)
class Passed:
    """A pass: its hour by the soak's clock, what was broken, how it came out ("completed", "failed", "running" of one
    that was killed; "none" where none was written down; "hangs"), how many seconds it took, and how many editions and
    entries the store held then."""

    slot: datetime
    faults: str
    outcome: str
    seconds: float
    entries: int
    editions: int


STALLED_SECONDS = 60.0
"""So long is waited for a pass for which Prefect has no room to begin it: it comes when there is room again."""


def one_pass(
    world: World, faults: str, strikes: Sequence[Strike], *, is_stalled: bool = False, is_blocked: bool = False
) -> Passed:
    """Bring the next pass about. ``is_stalled``: Prefect cannot write down that a run begins. ``is_blocked``: nor can
    the pass, whose process is all that is seen of it."""
    patience = STALLED_SECONDS if is_stalled else world.patience
    slot = _approached(world, patience)
    before = _runs(world)
    begun, asked = time.monotonic(), world.site.asked
    if strikes:
        world.site.wait_seconds = SLOW_SECONDS
    world.clock.set(slot - CLOSE)

    def is_begun() -> bool:
        is_there = is_blocked and bool(world.way.flows())
        return is_there or world.site.asked > asked or len(_runs(world)) > len(before)

    has_begun = _until(is_begun, patience)
    for strike in strikes:
        strike(world)
    if strikes:
        world.site.wait_seconds = 0
        world.way.revive()
    has_ended = settle(world, patience) or is_stalled
    world.way.revive()
    fresh = [outcome for run, outcome in _runs(world).items() if run not in before]
    best = min(fresh, key=("completed", "failed", "running", "skipped", "crashed").index, default="none")
    is_fine = has_ended and (has_begun or (faults and not strikes))
    outcome = best if is_fine else "hangs"
    entries, editions = (world.rows(f"SELECT count(*) FROM {table}") or [(0,)] for table in ("entries", "editions"))
    return Passed(slot, faults, outcome, round(time.monotonic() - begun, 1), entries[0][0], editions[0][0])


def _approached(world: World, patience: float) -> datetime:
    """Set the clock shortly before the next pass and have what is due till then end; returns when the pass is due."""
    while True:
        slot = world.next_slot()
        if world.clock.now() < slot - BEFORE:
            world.clock.set(slot - BEFORE)
        settle(world, patience)
        # On a slow machine the pass may have come meanwhile: then it is the next one.
        if world.clock.now() < slot - CLOSE:
            return slot


def _runs(world: World) -> dict[str, str]:
    """Run of the monitor → its outcome."""
    return dict(world.rows("SELECT id, outcome FROM runs WHERE flow = 'monitor'"))


def _until(check: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.2)
    return False


def settle(world: World, seconds: float) -> bool:
    """Wait until nothing is under way or due any more; returns whether it came to that."""
    deadline, quiet = time.monotonic() + seconds, 0.0
    while time.monotonic() < deadline:
        is_quiet = not world.way.flows() and _nothing_due(world)
        now = time.monotonic()
        quiet = (quiet or now) if is_quiet else 0.0
        if quiet and now - quiet >= QUIET_SECONDS:
            return True
        time.sleep(0.3)
    return False


def _nothing_due(world: World) -> bool:
    """Whether Prefect has nothing more to run; also where its server does not answer: then `revive` has it do so."""
    api = world.way.api()
    try:
        return api is None or api.is_idle(world.clock.now())
    except OSError:
        return True

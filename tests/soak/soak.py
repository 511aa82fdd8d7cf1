"""A whole soak: the episodes one after another, then passes without a fault, then the account."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.soak.passes import Passed, one_pass
from tests.soak.plan import Episode
from tests.soak.world import DIGEST_HOUR, World


@dataclass
class Episodic:
    """What came of an episode: from when until when it lasted (its calm included), and its passes."""

    episode: Episode
    begun: datetime
    ended: datetime
    passes: list[Passed] = field(default_factory=list)


@dataclass
class Soak:
    """What was done. ``attacks``: what strangers were answered by Prefect's API; ``left_out``: episodes for which there
    was no time, or not what they need; ``bad_end``: what was wrong with how the way
    ended by SIGTERM."""

    came: list[Episodic] = field(default_factory=list)
    attacks: list[int] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    bad_end: str = ""
    seconds: float = 0

    @property
    def passes(self) -> list[Passed]:
        """All of them."""
        return [each for came in self.came for each in came.passes]


@dataclass(frozen=True)
class Enough:
    """When it ends: after all episodes, that many completed passes and editions, and the passes of the tail. When the
    minutes are over, only the tail still comes."""

    passes: int
    editions: int
    minutes: float
    tail: int


def soak(world: World, episodes: Iterable[Episode], enough: Enough) -> Soak:
    """Run it."""
    done, begun = Soak(), time.monotonic()
    deadline = begun + enough.minutes * 60
    world.way.start()
    # The first pass comes as soon as all of it has started.
    done.came.append(_came(world, Episode((), 1, 0)))
    for episode in episodes:
        if time.monotonic() > deadline or (not world.has_disk and any(fault.needs_disk for fault in episode.faults)):
            done.left_out.append(episode.name)
            continue
        _wait_for_digest(world, episode, done)
        done.came.append(_came(world, episode))
        attack(world, done)
    while time.monotonic() < deadline and not _is_enough(done.passes, enough):
        done.came.append(_came(world, Episode((), 1, 0)))
    done.came.append(_came(world, Episode((), enough.tail, 0)))
    done.bad_end = world.way.end()
    done.seconds = round(time.monotonic() - begun)
    return done


def _wait_for_digest(world: World, episode: Episode, done: Soak) -> None:
    """Passes without a fault until the digest's hour lies within the episode, with a pass of it to come: the alarm is
    due an hour later."""
    if not any(fault.at_digest for fault in episode.faults):
        return
    step = timedelta(minutes=world.minutes)
    while not any(
        _has_digest(world.next_slot() + number * step, world.next_slot() + (number + 1) * step)
        for number in range(episode.passes - 1)
    ):
        done.came.append(_came(world, Episode((), 1, 0)))


def _has_digest(start: datetime, end: datetime) -> bool:
    hour = start.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return any(start <= each < end for each in (hour, hour + timedelta(days=1)))


def _came(world: World, episode: Episode) -> Episodic:
    made = Episodic(episode, world.clock.now(), world.clock.now())
    strikes = [fault.strike for fault in episode.faults if fault.strike]
    is_stalled = any(fault.needs_disk for fault in episode.faults)
    is_blocked = any(fault.blocks_store for fault in episode.faults)
    with _held(world, episode):
        for _ in range(episode.passes):
            passed = one_pass(world, episode.name, strikes, is_stalled=is_stalled, is_blocked=is_blocked)
            made.passes.append(told(passed))
    if is_stalled:
        # A minute of a day in which no pass is due, until serve has closed what could not write down how it ended.
        time.sleep(world.way.sweep_seconds + 5)
    world.way.revive()
    made.passes += [told(one_pass(world, "", [])) for _ in range(episode.calm)]
    made.ended = world.clock.now()
    return made


@contextmanager
def _held(world: World, episode: Episode) -> Iterator[None]:
    with ExitStack() as stack:
        for fault in episode.faults:
            if fault.hold:
                stack.enter_context(fault.hold(world))
        yield


def told(passed: Passed) -> Passed:
    """Print a line about it."""
    line = f"{passed.slot:%a %H:%M} {passed.outcome:10} {passed.seconds:6.1f} s {passed.entries:5} entries"
    print(f"{line} {passed.editions:3} editions  {passed.faults}", file=sys.stderr, flush=True)
    return passed


def attack(world: World, done: Soak) -> None:
    """Have a program without a login try to run one of our flows."""
    api = world.way.api()
    if api is not None:
        try:
            done.attacks += api.attack()
        except OSError as error:
            print(f"the API did not answer: {error}", file=sys.stderr)


def _is_enough(passes: Sequence[Passed], enough: Enough) -> bool:
    completed = sum(each.outcome == "completed" for each in passes)
    return completed >= enough.passes and bool(passes) and passes[-1].editions >= enough.editions

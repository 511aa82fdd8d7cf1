"""Which faults come in which order: each in its turn, then together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.soak.faults import (
    CLOCK_BACK,
    CLOCK_ON,
    DAMAGED,
    DISK_FULL,
    HOOK_DOWN,
    MAIL_DOWN,
    SITE_DOWN,
    SITE_SILENT,
    STORE_HELD,
    Fault,
    killed,
)

LEAST_PASSES, LEAST_EDITIONS = 60, 7
TAIL = 6
"""Passes without a fault at the end: by then all must be made good."""


@dataclass(frozen=True)
class Episode:
    """Faults at once, for so many passes, and so many passes without one after them."""

    faults: tuple[Fault, ...]
    passes: int = 1
    calm: int = 1

    @property
    def name(self) -> str:
        """What is told of it."""
        return " and ".join(fault.name for fault in self.faults) or "nothing"


def episodes(parts: Sequence[str]) -> Iterator[Episode]:
    """All of them, ``parts`` being what can be killed."""
    for count in range(1, len(parts) + 1):
        yield from (Episode((killed(*some),)) for some in combinations(parts, count))
    yield Episode((), 3, 0)
    yield Episode((SITE_DOWN,), 3, 1)
    for fault in (MAIL_DOWN, HOOK_DOWN, DISK_FULL):
        yield Episode((fault,), 2, 2)
    for fault in (SITE_SILENT, STORE_HELD, CLOCK_BACK, CLOCK_ON):
        yield Episode((fault,))
    yield Episode((DAMAGED,), 1, 3)
    yield Episode((MAIL_DOWN, HOOK_DOWN), 2, 2)
    yield Episode((MAIL_DOWN, killed("flow")), 2, 2)
    yield Episode((SITE_DOWN, killed(parts[1])))
    yield Episode((DISK_FULL, MAIL_DOWN), 2, 2)
    yield Episode((STORE_HELD, killed("flow", "server")))
    yield Episode((CLOCK_ON, killed(parts[1])))


def minutes_between(passes: int, editions: int) -> int:
    """Minutes between two passes, a whole part of a day, so that so many passes see so many editions."""
    wanted = 1440 * editions / passes
    return next(minutes for minutes in range(1, 1441) if 1440 % minutes == 0 and minutes >= wanted)

"""A wall clock for the processes of the soak, which the soak moves: years of schedules in minutes.

`moved_clock.c` is compiled and preloaded. libfaketime would have been the library for it, but its 0.9.10 has Python's
``time.sleep`` fail (clock_nanosleep says EINVAL) where the monotonic clock is left alone, and moving that too would
hasten every timeout.
"""

from __future__ import annotations

import mmap
import shutil
import struct
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

SOURCE = Path(__file__).with_name("moved_clock.c")
NANOSECONDS = 1_000_000_000


class NoCompilerError(Exception):
    """There is no C compiler here."""


class MovedClock:
    """The clock of every process that is started with `environment`; ``folder`` holds what it needs."""

    def __init__(self, folder: Path) -> None:
        self._library, state = folder / "moved_clock.so", folder / "moved_clock"
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise NoCompilerError("the clock of the soak is a library in C: install a C compiler, such as gcc")
        call = [compiler, "-shared", "-fPIC", "-O2", "-o", str(self._library), str(SOURCE)]
        subprocess.run(call, check=True)
        state.write_bytes(bytes(8))
        self.environment = {"LD_PRELOAD": str(self._library), "SOAK_CLOCK": str(state)}
        """For the processes that are to go by it."""
        with state.open("r+b") as file:
            self._told = mmap.mmap(file.fileno(), 8)

    @property
    def moved(self) -> timedelta:
        """By how much it is ahead of the machine's clock."""
        return timedelta(microseconds=struct.unpack("q", self._told[:])[0] / 1000)

    def now(self) -> datetime:
        """The moment that it shows, aware and in UTC."""
        return datetime.fromtimestamp(time.time(), UTC) + self.moved

    def set(self, moment: datetime) -> None:
        """Have it show that moment; it goes on from there."""
        seconds = moment.timestamp() - time.time()
        self._told[:] = struct.pack("q", int(seconds * NANOSECONDS))

    def step(self, by: timedelta) -> None:
        """Set it on, or back, by so much."""
        self.set(self.now() + by)

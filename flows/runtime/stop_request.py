"""A process that is asked to stop: the first signal lets it end in order, the second ends it at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from types import FrameType

from flows.runtime.run_process import end_at_once

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopRequest:
    """Whether this process is to stop. ``on_signal`` is told the name of the first signal."""

    def __init__(self, on_signal: Callable[[str], None] = lambda _: None) -> None:
        self.is_asked = False
        self._on_signal = on_signal
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event = asyncio.Event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Within the block SIGTERM and SIGINT ask to stop. Only in the main thread.

        Ctrl-C reaches every process of a terminal. Those that are started within the block do not hear it: it is
        blocked here, which they inherit, and a thread waits for it.
        """
        before = {number: signal.signal(number, self.take) for number in SIGNALS}
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        Thread(target=self._hear_interrupts, daemon=True).start()
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _hear_interrupts(self) -> None:
        while True:
            self.take(signal.sigwait({signal.SIGINT}))

    def take(self, number: int, _: FrameType | None = None) -> None:
        """A signal has come. The second one ends this process and those that it started, without another word."""
        if self.is_asked:
            end_at_once(128 + number)
        self._on_signal(signal.Signals(number).name)
        self.is_asked = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self) -> None:
        """Return as soon as this process is to stop."""
        self._loop = asyncio.get_running_loop()
        if not self.is_asked:
            await self._event.wait()

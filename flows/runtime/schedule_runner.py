"""Prefect's runner as `axiswatch serve` needs it: it stops when the process is asked to, and in good time."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from prefect.runner import Runner

from flows.runtime.run_process import end_children_of_runs
from flows.runtime.seldom_lines import SeldomLines
from flows.runtime.stop_request import StopRequest

PATIENCE_SECONDS = 5.0
"""For runs that are asked to end: containers are given ten seconds for everything. What a run has not done by then the
next one does, and its line in the log of runs is closed."""


class ScheduleRunner(Runner):
    """Runs what is due in processes of their own until ``stop`` asks for the end."""

    def __init__(self, stop: StopRequest, **more: Any) -> None:
        super().__init__(pause_on_shutdown=False, **more)
        self._stop_request = stop
        for name in ("prefect.runner", "prefect.flow_runs"):
            theirs = logging.getLogger(name)
            if theirs.getEffectiveLevel() > logging.DEBUG:
                # Its news of each run, and of our hook for one that was killed, stands in our own line.
                theirs.setLevel(logging.WARNING)

        logging.getLogger("prefect.runner.state_proposer").addFilter(SeldomLines())

    def handle_sigterm(self, *args: Any, **kwargs: Any) -> None:
        """Prefect's own would stop from within the signal, where nothing can be waited for."""
        self._stop_request.take(*args, **kwargs)

    async def run_until_stopped(self) -> None:
        """Start what is due until it is time to stop, then end what is under way."""
        running = asyncio.create_task(self.start())
        asked = asyncio.create_task(self._stop_request.wait())
        try:
            await asyncio.wait((running, asked), return_when=asyncio.FIRST_COMPLETED)
            while not self.started and not running.done():
                await asyncio.sleep(0.05)
            if not running.done():
                ending = asyncio.create_task(self._lose_patience())
                await self.astop()
                ending.cancel()
            await running
        finally:
            asked.cancel()

    async def _lose_patience(self) -> None:
        await asyncio.sleep(PATIENCE_SECONDS)
        end_children_of_runs()

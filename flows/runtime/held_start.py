"""A run that Prefect keeps from beginning: it sleeps until its hour, by the clock that the machine had as it lay down.
Where that clock was wrong, the run sleeps for hours, and holds the one place of its flow."""

from __future__ import annotations

import logging
import os
import signal
from threading import Timer

from flows.runtime.run_stop import take_stops_for_no_failure

logger = logging.getLogger(__name__)

HELD_SECONDS = 150.0
"""A run begins so soon after Prefect has named it. It takes a second or two; a worker hands a run over ten
seconds before its hour, and a machine or a server that is busy may take a minute."""

_waiting: list[Timer] = []


def expect_start(run: str) -> None:
    """From now on the run of that name must begin within ``HELD_SECONDS``; else this process asks itself to stop, so
    that the place is free for the next run of the flow."""
    has_started()
    timer = Timer(HELD_SECONDS, _stop, (run,))
    timer.daemon = True
    _waiting.append(timer)
    timer.start()


def has_started() -> None:
    """The run has begun. Does nothing where none was expected to."""
    while _waiting:
        _waiting.pop().cancel()


def _stop(run: str) -> None:
    logger.warning("%s did not begin within %.0f s and gives up its place: was the clock set back?", run, HELD_SECONDS)
    take_stops_for_no_failure()
    os.kill(os.getpid(), signal.SIGTERM)

"""A run that `axiswatch serve` has started ends with it: the Prefect server that serve brought along is gone then, and
what tries to report to it hangs for minutes, with the feeds locked."""

from __future__ import annotations

import os
import signal
import time
from threading import Thread

from flows.config.environment import take_serve_process

LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 5.0
"""For the run to write down how it ends. What it has not done by then the next one does."""


def end_with_serve() -> None:
    """Watch from now on that the serve which started this process is there, and end this process when it is not; once
    a process. Does nothing in a process that no serve started."""
    if serve := take_serve_process():
        Thread(target=_follow, args=(serve,), name="follow-serve", daemon=True).start()


def _follow(serve: int) -> None:
    # Whoever lost the process that started it has another one for a parent, whatever has ended that.
    while os.getppid() == serve:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    os._exit(128 + signal.SIGTERM)

"""How a run that was asked to stop comes to its end: Prefect raises an exception wherever the code just is, so that it
may be hidden by an error that it causes there, or be swallowed. Neither is a failure of the run."""

from __future__ import annotations

import logging
import os
import signal
import sys
from threading import Timer
from typing import TYPE_CHECKING

from flows.runtime.run_lines import ASKED_TO_STOP

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

AGAIN_SECONDS = 0.1
"""Until a stop that was swallowed is asked for again: by then whatever swallowed it has returned."""

_RAISED_ANYWHERE = ("TerminationSignal", "KeyboardInterrupt")
"""Those of ``ASKED_TO_STOP`` that a signal raises. A cancelled wait stands behind every time-out, and says nothing."""

_OF_A_STOP = (
    "Finished in state Running(",
    "Finished in state Crashed('Execution was cancelled",
    "Crash detected! Execution was cancelled",
    "Crash detected! Execution was aborted by a termination signal",
)
"""How Prefect's lines begin of a run that was asked to stop: the first where its state is about to be set."""


def stop_behind(error: BaseException) -> BaseException | None:
    """The stop in the handling of which that error arose, such as within Prefect's own books; None where there is
    none, or where it is the stop itself."""
    seen: set[int] = set()
    behind = _before(error)
    while behind is not None and id(behind) not in seen:
        if type(behind).__name__ in _RAISED_ANYWHERE:
            return behind
        seen.add(id(behind))
        behind = _before(behind)
    return None


def _before(error: BaseException) -> BaseException | None:
    return error.__cause__ or error.__context__


def take_stops_for_no_failure() -> None:
    """From now on Prefect's lines of a run that is asked to stop are left out, and a stop that is raised where nothing
    can be raised, as in the closing of an object that nobody holds, is asked for again."""
    for name in ("prefect.engine", "prefect.flow_runs", "prefect.task_runs", "asyncio"):
        logging.getLogger(name).addFilter(_is_no_mere_stop)
    sys.unraisablehook = _ask_again


def _is_no_mere_stop(record: logging.LogRecord) -> bool:
    """False for what is said beside our own line of a run that was asked to stop, its exception among it."""
    error = record.exc_info[1] if record.exc_info else None
    is_stop = error is not None and (type(error).__name__ in ASKED_TO_STOP or stop_behind(error) is not None)
    return not is_stop and not record.getMessage().startswith(_OF_A_STOP)


def _ask_again(found: UnraisableHookArgs) -> None:
    if found.exc_type.__name__ not in _RAISED_ANYWHERE:
        sys.__unraisablehook__(found)
        return
    number = getattr(found.exc_value, "signal", signal.SIGINT)
    again = Timer(AGAIN_SECONDS, os.kill, (os.getpid(), number))
    again.daemon = True
    again.start()

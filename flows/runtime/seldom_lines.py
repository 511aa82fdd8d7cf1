"""A filter of a log that lets what is said a hundred times in a row through once, without its trace."""

from __future__ import annotations

import logging
import time

QUIET_SECONDS = 900.0
"""Until what was said is said again. With a full disk Prefect says it five times a second."""


class SeldomLines(logging.Filter):
    """Lets a message, whatever stands in it, through once in ``QUIET_SECONDS``, and its error as one line."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is let through."""
        template, now = str(record.msg), time.monotonic()
        if now - self._said.get(template, -QUIET_SECONDS) < QUIET_SECONDS:
            return False
        self._said[template] = now
        if record.exc_info and record.exc_info[1] is not None:
            why = " ".join(str(record.exc_info[1]).split())[:300]
            record.msg, record.args, record.exc_info = f"{record.getMessage()}: {why}", (), None
        return True

"""The file of the log, which several processes share."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from concurrent_log_handler import ConcurrentRotatingFileHandler

from db.private import private_folder
from flows.config.log import LogSettings


class LockedFile(ConcurrentRotatingFileHandler):
    """The file of the log, for its owner alone. A lock beside it has processes take turns in writing and rotating."""

    def __init__(
        self, settings: LogSettings, form: Callable[[logging.LogRecord], str], say: Callable[[str], None]
    ) -> None:
        """``form`` makes a line of a record; ``say`` tells a person what is wrong with the file."""
        assert settings.file is not None
        super().__init__(
            settings.file,
            maxBytes=int(settings.megabytes * 1_000_000),
            backupCount=settings.keep,
            encoding="utf-8",
            chmod=0o600,
        )
        self._form, self._tell = form, say
        self._has_failed = False

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        return self._form(record)

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record; the folder of the file is made where it is missing."""
        if self.stream_lock is None:
            try:
                private_folder(Path(self.baseFilename).parent)
            except OSError:
                self.handleError(record)
                return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - the shape that logging calls
        """Say once that it cannot be written: a full disk is no reason to end, nor to say so a thousand times."""
        if not self._has_failed:
            self._has_failed = True
            why = sys.exc_info()[1]
            self._tell(f"the log {self.baseFilename} cannot be written: {why}; see [log] file")

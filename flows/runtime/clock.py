"""The clock that a run goes by."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """The moment at which a run began and the time since: the real one, or one set to another day and running on."""

    def __init__(self, start: str = "") -> None:
        """``start`` is an aware ISO 8601 moment; an empty string means the real clock. Raises ValueError."""
        self.is_moved = bool(start)
        self.start = datetime.fromisoformat(start).astimezone(UTC) if start else datetime.now(UTC)
        self._begun = time.monotonic()

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        return self.start + timedelta(seconds=time.monotonic() - self._begun)

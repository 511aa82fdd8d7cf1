"""Settings of threads that readers follow."""

from __future__ import annotations

from pydantic import Field

from flows.config.base import Settings


class FollowSettings(Settings):
    """How long a thread is followed, and how many mails it may send."""

    quiet_days: int = Field(14, ge=1, le=365)
    """A thread of which nothing was reported for so many days in which feeds were read is followed no more."""
    a_day: int = Field(6, ge=1, le=100)
    """No more mails of one thread to one reader on a local day; what comes beyond is gathered into one on the next."""

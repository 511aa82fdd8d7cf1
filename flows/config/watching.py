"""Settings of the watch over the monitor itself: from which lines on it raises alarms, and the dead-man ping."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from flows.config.base import Settings
from flows.config.webhooks import secret_address


class WatchSettings(Settings):
    """Lines of the alarms that [alarm] sends (0 switches one off), and whom to tell that this is still alive."""

    no_entries_hours: float = Field(24, ge=0, le=8760)
    """No new entry for so long."""
    feeds_failing_percent: float = Field(50, ge=0, le=100)
    """So many of the feeds failed twice in a row."""
    digest_minutes: int = Field(60, ge=0, le=1440)
    """So long after its hour the digest is not accepted."""
    disk_percent: float = Field(5, ge=0, le=100)
    """Less of the store's disk is free."""
    ping: Annotated[str, AfterValidator(secret_address)] = ""
    """Told after every pass and every look at the health: itself where all is well, with /fail where it is not, and
    with /start when a pass begins."""
    ping_private: bool = False
    """Ping a private or loopback address."""
    ping_seconds: float = Field(10, gt=0, le=60)
    """For the whole of one ping."""

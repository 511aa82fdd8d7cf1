"""Settings of what `axiswatch serve` keeps going: the schedules, and the desk where readers judge."""

from __future__ import annotations

from pydantic import Field

from flows.config.base import Settings, WebTemplate


class DeskSettings(Settings):
    """The pages on which entries are judged, served on this machine."""

    port: int = Field(8737, ge=0, le=65535)
    """On 127.0.0.1. 0: no desk; mails name the command that judges."""
    address: WebTemplate = ""
    """Where readers reach it, through a proxy of yours; empty: on this machine alone, and mails that leave it hold no
    links to the desk."""
    metrics: bool = False
    """Whether it answers at /metrics, without a key, to programs on this machine."""

    @property
    def root(self) -> str:
        """The address of the desk without a slash at its end; empty where there is none."""
        return self.address.rstrip("/") or f"http://127.0.0.1:{self.port}" if self.port else ""

    @property
    def is_local(self) -> bool:
        """Whether its links lead somewhere on this machine alone."""
        return not self.address


class ScheduleSettings(Settings):
    """When the flows run, under `axiswatch serve` and as `axiswatch deploy` deploys them; in the zone of [digest]."""

    monitor_minutes: int = Field(20, ge=1, le=1440)
    retrain_cron: str = "0 3 * * 1"
    backup_cron: str = "30 2 * * *"
    """Empty: no backups by schedule."""
    prune_cron: str = "0 4 * * 0"
    """Empty: no pruning by schedule."""
    health_cron: str = "5 * * * *"
    """Empty: health is not looked at by schedule."""

"""Settings of keeping: backups, and how long what a store could give up is kept."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from flows.config.base import Settings

LEAST_FETCH_DAYS = 90
"""Editions compare with the usual level of nine weeks (`classifiers.stories.trends`), and may be made a week late."""


class BackupSettings(Settings):
    """Where `axiswatch backup` puts copies of the store, and how many it leaves there."""

    folder: Path = Path("var/backups")
    keep: int = Field(7, ge=1, le=1000)


class KeepSettings(Settings):
    """What `axiswatch prune` leaves in the store, in days; 0: for ever. What was flagged, labelled or named by an
    edition is kept for ever, and so are the keys by which every entry is known again."""

    fetch_days: int = Field(365, ge=0, le=36500)
    """The log of fetches and of runs."""
    body_days: int = Field(180, ge=0, le=36500)
    """The bodies, and the articles, of entries that were never flagged nor labelled."""
    prefect_megabytes: int = Field(256, ge=16, le=100_000)
    """The most that each database of the Prefect server that comes along may take."""

    @field_validator("fetch_days")
    @classmethod
    def _long_enough_to_compare_with(cls, days: int) -> int:
        if 0 < days < LEAST_FETCH_DAYS:
            raise ValueError(f"editions compare with the weeks before: keep {LEAST_FETCH_DAYS} days or more, or 0")
        return days

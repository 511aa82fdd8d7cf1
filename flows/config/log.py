"""Settings of the log, and what the environment says of it in their place."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from flows.config.base import Settings
from flows.config.environment import LOG_VARIABLE, named_log
from flows.config.mistakes import mistake


class LogSettings(Settings):
    """Where what happens is written down, beside standard error, and in which form."""

    format: Literal["text", "json"] = "text"
    """Of the lines on standard error and in the file: for a person, or an object a line."""
    file: Path | None = None
    """None: no file is written."""
    megabytes: float = Field(10, gt=0, le=10_000)
    """A file that has grown so far makes room for a new one."""
    keep: int = Field(5, ge=0, le=1000)
    """So many former files stay, as FILE.1 and so on; the oldest goes."""


def settled(told: LogSettings) -> LogSettings:
    """The settings, with those in their place that the environment names: an option of the command, which the runs
    that it starts know by that, or what the unit of a worker says. Raises ValueError, which names the variable."""
    try:
        return LogSettings.model_validate(told.model_dump() | named_log())
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0]).upper()
        raise ValueError(f"{LOG_VARIABLE}{name}: {mistake(error, LogSettings)}") from error

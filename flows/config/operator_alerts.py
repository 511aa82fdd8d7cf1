"""Settings of the operator's alarm: the ways by which it leaves this machine."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from flows.config.base import MailAddress, Settings
from flows.config.recipients import listed


def _argv(value: object) -> object:
    if isinstance(value, str):
        raise ValueError(
            'is run without a shell: write it as a list of words, such as ["/usr/bin/logger", "-t", "watch"]'
        )
    return value


class AlarmSettings(Settings):
    """Whom to tell when a flow fails and when it works again, beside the file and Prefect's event."""

    mail: Annotated[tuple[MailAddress, ...], BeforeValidator(listed)] = ()
    """By the server of [delivery.smtp], also where digests go elsewhere."""
    command: Annotated[tuple[str, ...], BeforeValidator(_argv)] = ()
    """A program and its arguments; it reads the text on its standard input."""
    command_seconds: float = Field(30, gt=0, le=600)
    """After so long the command is ended."""

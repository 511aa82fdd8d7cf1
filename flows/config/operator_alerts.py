"""Settings of the operator's alarm: the ways by which it leaves this machine."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from flows.config.base import MailAddress, Settings
from flows.config.recipients import listed
from flows.config.webhooks import WebhookSettings, secret_address

ALARM_HOOK = "alarm"
"""Names the variables of the environment: AXISWATCH_WEBHOOK_URL_ALARM, AXISWATCH_WEBHOOK_SECRET_ALARM."""


def _argv(value: object) -> object:
    if isinstance(value, str):
        raise ValueError(
            'is run without a shell: write it as a list of words, such as ["/usr/bin/logger", "-t", "watch"]'
        )
    return value


class AlarmWebhookSettings(Settings):
    """Where alarms are posted as JSON, beside or without the webhooks of [[delivery.webhook]]."""

    url: Annotated[str, AfterValidator(secret_address)] = ""
    """Empty: that of AXISWATCH_WEBHOOK_URL_ALARM, for an address that is itself a secret."""
    format: Literal["slack", "mattermost", "teams", "json"] = "json"
    allow_private: bool = False
    timeout_seconds: float = Field(10, gt=0, le=60)

    @property
    def hook(self) -> WebhookSettings:
        """It as one of the webhooks that are known."""
        return WebhookSettings.model_construct(name=ALARM_HOOK, **self.model_dump())


class AlarmSettings(Settings):
    """Whom to tell when something is wrong and when it is right again, beside the file and Prefect's event."""

    mail: Annotated[tuple[MailAddress, ...], BeforeValidator(listed)] = ()
    """By the server of [delivery.smtp], also where digests go elsewhere."""
    webhook: AlarmWebhookSettings = AlarmWebhookSettings()
    command: Annotated[tuple[str, ...], BeforeValidator(_argv)] = ()
    """A program and its arguments; it reads the text on its standard input."""
    command_seconds: float = Field(30, gt=0, le=600)
    """After so long the command is ended."""

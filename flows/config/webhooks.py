"""Settings of webhooks: chat rooms and programs to which editions are posted."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from flows.config.base import Settings, ZoneName, web_address
from flows.config.environment import webhook_url
from flows.config.recipients import RecipientSettings, Words

WEBHOOK = "webhook"
"""The name of the way by which they are reached; before a colon, the mark of their addresses in the ledger."""
LONGEST_NAME = 40
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _name(text: str) -> str:
    if not _NAME.fullmatch(text) or len(text) > LONGEST_NAME:
        raise ValueError(f"{text!r} is no name; write small letters, digits and hyphens, such as desk-chat")
    return text


def secret_address(text: str) -> str:
    """The text, where it is an address of the web, or empty. Raises ValueError, which does not show it."""
    try:
        return web_address(text)
    except ValueError:
        # Without the text: most such addresses are secrets.
        raise ValueError("is no web address; begin it with https:// and write what is not ASCII as %xx") from None


class WebhookSettings(Settings):
    """One address to which editions are posted, in which form, and which part of them."""

    name: Annotated[str, AfterValidator(_name)]
    url: Annotated[str, AfterValidator(secret_address)] = ""
    """Empty: that of AXISWATCH_WEBHOOK_URL_NAME, for an address that is itself a secret."""
    format: Literal["slack", "mattermost", "teams", "json"] = "json"
    stories: int = Field(5, ge=0, le=20)
    """The first so many stories are told; the others are counted."""
    alerts: bool = True
    """Alerts are posted as well, as far as their story is in this part."""
    weekly: bool = True
    """The weekly edition is posted as well, where there is one."""
    allow_private: bool = False
    """Post to a private or loopback address."""
    timeout_seconds: float = Field(10, gt=0, le=60)
    """For the whole of one post."""
    time_zone: ZoneName | None = None
    """None: that of [digest]."""
    hour: int | None = Field(None, ge=0, le=23)
    """It is posted at this hour of that clock. None: as soon as the edition is made."""
    partners: Words = ()
    channels: Words = ()
    min_probability: float = Field(0, ge=0, le=1)
    language: Words = ()

    @property
    def address(self) -> str:
        """What the ledger calls it: never its url, which may be a secret."""
        return f"{WEBHOOK}:{self.name}"

    @property
    def target(self) -> str:
        """Where it is posted to; empty where neither the config nor the environment says that."""
        return self.url or webhook_url(self.name)

    def as_reader(self) -> RecipientSettings:
        """It as a recipient among others. Its address is no mail address, so it is not checked as one."""
        return RecipientSettings.model_construct(
            address=self.address,
            way=WEBHOOK,
            time_zone=self.time_zone,
            hour=self.hour,
            partners=self.partners,
            channels=self.channels,
            min_probability=self.min_probability,
            language=self.language,
        )

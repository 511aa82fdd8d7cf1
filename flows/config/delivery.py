"""Settings of sending: the mail server, those who receive the digest, and the alerts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import AfterValidator, Field, model_validator

from flows.config.base import MailAddress, Settings
from flows.config.recipients import OUTBOX, RecipientSettings, WayName
from flows.config.webhooks import WebhookSettings


def _unsubscribe(text: str) -> str:
    sound = text.startswith(("https://", "mailto:")) and text.isascii() and text.isprintable()
    if text and (not sound or any(char in "<>, " for char in text)):
        raise ValueError(f"{text!r} is neither an https:// nor a mailto: address; {{address}} stands for the reader's")
    return text


def _one_click(text: str) -> str:
    sound = text.startswith("https://") and text.isascii() and text.isprintable()
    if text and (not sound or any(char in '<>,?#{}"\\ ' for char in text) or len(text) > LONGEST_LINK):
        raise ValueError(f"{text!r} is no plain https:// address; write it as https://watch.example, without ? and #")
    return text


LONGEST_LINK = 900
"""Characters of a link in the head of a mail, where no line may be longer than 998 (RFC 5322, 2.1.1)."""


class SmtpSettings(Settings):
    """The mail server; the password comes from the environment, or from a Secret block of Prefect."""

    host: str = ""
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password_block: str = ""
    """The Secret block that holds the password where the environment does not."""
    timeout_seconds: float = Field(30, gt=0, le=600)


class DeliverySettings(Settings):
    """Where editions go."""

    way: WayName = OUTBOX
    """The way for every recipient who names none."""
    outbox: Path = Path("var/outbox")
    sender: MailAddress = "digest@axiswatch.example"
    recipients: tuple[MailAddress, ...] = ("analyst@axiswatch.example",)
    unsubscribe: Annotated[str, AfterValidator(_unsubscribe)] = ""
    """An https: or mailto: address; empty: a mail to the sender."""
    one_click: Annotated[str, AfterValidator(_one_click)] = ""
    """A public https: address that leads to the desk, where mail providers unsubscribe a reader (RFC 8058)."""
    smtp: SmtpSettings = SmtpSettings()
    webhook: tuple[WebhookSettings, ...] = ()

    @model_validator(mode="after")
    def _each_webhook_has_its_name(self) -> DeliverySettings:
        names = [each.name for each in self.webhook]
        if twice := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"two [[delivery.webhook]] tables are called {twice[0]}; give each a name of its own")
        return self

    def unsubscribe_link(self, address: str) -> str:
        """Where that reader leaves the list; a link that would be too long for a mail's head says no address."""
        by_mail = f"mailto:{quote(self.sender, safe='@+')}?subject=unsubscribe"
        template = self.unsubscribe or f"{by_mail}%20{{address}}"
        link = template.replace("{address}", quote(address, safe=""))
        return link if len(link) <= LONGEST_LINK else by_mail

    def way_of(self, reader: RecipientSettings) -> str:
        """The name of the way by which that reader gets the digest."""
        return reader.way or self.way


class AlertRule(Settings):
    """What a story must fulfil to be sent as an alert: all that the rule names."""

    claim: str = ""
    channel: str = ""
    partner: str = ""
    min_probability: float = Field(0, ge=0, le=1)

    @model_validator(mode="after")
    def _asks_for_something(self) -> AlertRule:
        if not (self.claim or self.channel or self.partner):
            raise ValueError("a rule of [alerts] names a claim, a channel or a partner; add one of them")
        return self


class AlertSettings(Settings):
    """Stories that are mailed at once, in a mail of their own."""

    a_day: int = Field(5, ge=0, le=100)
    """No more than so many on a local day; the other stories wait for the digest."""
    rule: tuple[AlertRule, ...] = ()
    to: tuple[MailAddress, ...] = ()
    """Empty: every recipient, as far as the story is in their part."""

"""Settings of those who receive the digest."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from flows.config.base import MailAddress, Settings, ZoneName


def listed(value: object) -> object:
    """A single word as a list of one; anything else as it is."""
    return (value,) if isinstance(value, str) else value


def _way(name: str) -> str:
    return MAIL if name == "smtp" else name


MAIL = "mail"
OUTBOX = "outbox"
WayName = Annotated[str, AfterValidator(_way)]
"""The name of a way of delivery; mail was once called "smtp". `known_ways.check_ways` sees whether it exists."""
Words = Annotated[tuple[str, ...], BeforeValidator(listed)]
"""One word, or a list of words."""


class RecipientSettings(Settings):
    """Someone who receives the digest, when, and which part of it."""

    address: MailAddress
    time_zone: ZoneName | None = None
    """None: that of [digest]."""
    hour: int | None = Field(None, ge=0, le=23)
    """The mail leaves at this hour of the reader's clock. None: as soon as the edition is made."""
    partners: Words = ()
    channels: Words = ()
    min_probability: float = Field(0, ge=0, le=1)
    language: Words = ()
    """The languages of the headlines, such as "fa" or ["en", "de"]."""
    format: Literal["html", "text", "both"] = "both"
    way: WayName | None = None
    """None: that of [delivery]."""

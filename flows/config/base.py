"""The base class of every section of the config, and checked types for time zones and addresses."""

from __future__ import annotations

import re
from typing import Annotated, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo, field_validator

LONGEST_ADDRESS = 254
_NOT_IN_ADDRESSES = re.compile(r"[\s<>,;:\"'()\[\]\\]")


class Settings(BaseModel):
    """What every section shares: frozen, and no unknown keys."""

    # An error shows no value: it may be a secret that was written into the wrong place.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth_for_a_number(cls, value: object, info: ValidationInfo) -> object:
        # true would be taken for 1.
        kind = cls.model_fields[info.field_name or ""].annotation
        if isinstance(value, bool) and {int, float} & {kind, *get_args(kind)}:
            raise ValueError("write a number, such as 6")
        return value


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone {name!r}; use a name such as 'Europe/Berlin'") from error
    return name


def _plain_address(text: str) -> str:
    name, _, domain = text.rpartition("@")
    sound = name and "@" not in name and "." in domain.strip(".") and len(text) <= LONGEST_ADDRESS
    if not sound or not text.isprintable() or _NOT_IN_ADDRESSES.search(text):
        raise ValueError(f"{text!r} is no mail address; write it as name@example.org")
    return text


def web_address(text: str) -> str:
    """The text, where it is an address of the web, or empty. Raises ValueError."""
    if text and (
        not text.startswith(("https://", "http://")) or not text.isascii() or any(c in '<>"\\ \t\r\n' for c in text)
    ):
        raise ValueError(f"{text!r} is no web address; begin it with https:// and write what is not ASCII as %xx")
    return text


def _translating(text: str) -> str:
    if text and text.count("{url}") != 1:
        raise ValueError(f"{text!r} does not say where the address of an article goes; write {{url}} there, once")
    return web_address(text)


ZoneName = Annotated[str, AfterValidator(_known_zone)]
MailAddress = Annotated[str, AfterValidator(_plain_address)]
WebTemplate = Annotated[str, AfterValidator(web_address)]
"""A web address with a word in braces that is filled in; empty: there is none."""
TranslationTemplate = Annotated[str, AfterValidator(_translating)]
"""The same, in which {url} stands for the address of an article."""

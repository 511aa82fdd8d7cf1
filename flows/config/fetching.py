"""Settings of reading: how the web is asked, and whether articles are read."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from flows.config.base import Settings
from flows.config.environment import PROXY_PASSWORD_VARIABLE

OF_THE_ENVIRONMENT = "environment"
"""The value of [fetch] proxy by which the variables of the environment name the proxy."""


def _proxy(text: str) -> str:
    if text in ("", OF_THE_ENVIRONMENT):
        return text
    # What is wrong is told without the text: it may hold a password.
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(
            'is no address of an HTTP proxy; write "http://proxy.example:3128",'
            ' or "environment" for the one that HTTPS_PROXY names'
        )
    if parts.password is not None:
        raise ValueError(
            f'holds a password; write "http://user@host:port" and set {PROXY_PASSWORD_VARIABLE},'
            " or name a Secret block in proxy_password_block"
        )
    return text


class FetchSettings(Settings):
    """How the web is read."""

    concurrency: int = Field(24, ge=1, le=256)
    per_host: int = Field(2, ge=1, le=32)
    host_seconds: float = Field(0.5, ge=0, le=60)
    """Between the beginnings of two requests to one host; loopback excepted."""
    timeout_seconds: float = Field(20, gt=0, le=300)
    total_seconds: float = Field(60, gt=0, le=3600)
    """The whole of one feed, redirects and slow bodies included."""
    max_megabytes: float = Field(12, gt=0, le=512)
    max_entries: int = Field(2000, ge=1)
    """Elements taken from one feed in one pass; the rest is counted as capped."""
    parse_workers: int = Field(0, ge=0, le=64)
    """0: one for each core."""
    parse_seconds: float = Field(30, gt=0, le=600)
    check_minutes: float = Field(15, ge=1, le=1440)
    """A feed is due again after so long, or later where its server asks for that."""
    notice_failures: int = Field(3, ge=1, le=100)
    """Failures in a row after which a notice says, once, that the feed fails."""
    shared_hosts: tuple[str, ...] = ()
    """Hosts that serve unrelated feeds, beside those known: a feed that is told to wait there waits alone."""
    user_agent: str = "axiswatch/0.1 (news monitor; +https://axiswatch.example)"
    allow_private: bool = False
    proxy: Annotated[str, AfterValidator(_proxy)] = ""
    """The forward proxy that is asked instead of the servers, without its password; empty: none."""
    proxy_password_block: str = ""
    """The Secret block that holds its password where the environment does not."""
    proxy_resolves: bool = False
    """Names are looked up by the proxy alone, which then answers for where they lead."""


class FulltextSettings(Settings):
    """Whether the articles behind flagged entries are read."""

    enabled: bool = False
    max_articles: int = Field(20, ge=1, le=1000)
    """Read in one run at the most."""
    days: int = Field(3, ge=1, le=60)
    """Entries first seen longer ago are left alone."""
    host_seconds: float = Field(2, ge=0, le=60)
    """Between two articles of one host."""

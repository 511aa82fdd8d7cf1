"""The forward proxy, where there is one: which address is asked through which, and how it knows us.

A proxy is asked by name, not by the address that we found: proxies decide by names, and one that speaks plain HTTP asks
the server for what stands in the request. So what we judge and what it reaches can differ, see decision 0072.
"""

from __future__ import annotations

import base64
import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from flows.config.environment import PROXY_PASSWORD_VARIABLE, named_proxies, proxy_password, without_proxy
from flows.config.fetching import OF_THE_ENVIRONMENT
from flows.config.settings import ConfigError, FetchSettings
from flows.feeds.http.rate_limit import is_own_machine

SETTING = "[fetch] proxy"
LOOK_UP = "where only the proxy can look names up, set [fetch] proxy_resolves = true"
UNREACHED, REFUSING = "cannot reach the proxy", "the proxy"


class ProxyError(Exception):
    """The proxy does not do what it is asked; the message names it, without its password, and the remedy. It names no
    feed: the same trouble of every feed is the same line."""


def is_of_proxy(error: str) -> bool:
    """Whether the error of a feed is that of the proxy, and so of every feed that is read through it."""
    return error.startswith((f"{UNREACHED} ", f"{REFUSING} "))


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy: its address without a login, what names it (a setting or a variable), and how it knows us."""

    address: str
    named_by: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """The header by which it knows us, or none."""
        if not (self.user or self.password):
            return {}
        login = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
        return {"Proxy-Authorization": f"Basic {login}"}

    def out_of_reach(self, why: str) -> ProxyError:
        """What is said where it cannot be spoken to."""
        return ProxyError(f"{UNREACHED} {self.address}: {why}; start it, or change {self.named_by}")

    def refusal(self, status: int, reason: str) -> ProxyError:
        """What is said where it answers in place of the server."""
        if status != 407:
            return ProxyError(f"{REFUSING} {self.address} does not let us through: HTTP {status} {reason}".rstrip())
        known = f"the login of {self.user!r}" if self.user else "a request without a login"
        remedy = f'{SETTING} = "http://user@host:port" and {PROXY_PASSWORD_VARIABLE}'
        if self.named_by != SETTING:
            remedy = f"user and password in {self.named_by}"
        return ProxyError(f"{REFUSING} {self.address} refuses {known} (HTTP 407); set {remedy}")


class Proxies:
    """The proxies that the settings name, or on request the environment. Raises ConfigError for one that is none.

    Without a ``password`` that of the environment counts for the proxy of the settings.
    """

    def __init__(self, settings: FetchSettings, password: str = "") -> None:
        self._by_scheme: dict[str, Proxy] = {}
        self._excepted = ""
        if settings.proxy == OF_THE_ENVIRONMENT:
            self._by_scheme = {scheme: _parsed(text, name) for scheme, (name, text) in named_proxies().items()}
            self._excepted = without_proxy()
        elif settings.proxy:
            self._by_scheme = {"all": _parsed(settings.proxy, SETTING, password or proxy_password())}

    @property
    def all(self) -> list[Proxy]:
        """Each of them once."""
        return list(dict.fromkeys(self._by_scheme.values()))

    def of(self, scheme: str, host: str, port: int | None) -> Proxy | None:
        """The proxy for an address; None where it is asked directly, as all is that lies on this machine."""
        if is_own_machine(host) or is_excepted(host, port or (443 if scheme == "https" else 80), self._excepted):
            return None
        return self._by_scheme.get(scheme) or self._by_scheme.get("all")


def _parsed(text: str, named_by: str, password: str = "") -> Proxy:
    with_scheme = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(with_scheme)
        usual = {"http": 80, "https": 443}[parts.scheme]
        port = parts.port or usual
        host = parts.hostname or ""
    except (ValueError, KeyError):
        host, port = "", 0
    if not host:
        raise ConfigError(f"{named_by} names no HTTP proxy; write it as http://host:port (SOCKS is not spoken here)")
    shown = f"[{host}]" if ":" in host else host
    user, own = unquote(parts.username or ""), unquote(parts.password or "")
    return Proxy(f"{parts.scheme}://{shown}:{port}", named_by, user, own or password)


def is_excepted(host: str, port: int, listed: str) -> bool:
    """Whether a list as in NO_PROXY holds the host: "*", a name with all below it, an address, a network, each with a
    port or without."""
    return any(_is_meant(entry.lower(), host.lower().strip("[]").rstrip("."), port) for entry in _entries(listed))


def _entries(listed: str) -> list[str]:
    return [entry for entry in re.split(r"[,\s]+", listed) if entry]


def _is_meant(entry: str, host: str, port: int) -> bool:
    found = re.fullmatch(r"(\[[^]]+\]|[^:]+):(\d+)", entry)
    if found and int(found[2]) != port:
        return False
    name = (found[1] if found else entry).strip("[]")
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(name, strict=False)
    except (ValueError, TypeError):
        name = name.removeprefix("*").strip(".")
    return entry == "*" or (bool(name) and f".{host}".endswith(f".{name}"))

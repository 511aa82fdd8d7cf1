"""A forward proxy, the site behind it, and a network beneath that knows two names."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.forward_proxy import ForwardProxy, port_of
from tests.support.hostile_site import FEED
from tests.support.web_site import ServedPage, WebSite

NAMES = {"quay.example": "93.184.216.34", "inside.example": "192.168.0.9"}
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is looked up on this machine; the network beneath knows two names. No proxy of a person's."""
    asked: list[str] = []

    def look_up(host: str, port: Any, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        if host not in NAMES:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (NAMES[host], port or 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return asked


@pytest.fixture
def behind() -> Iterator[WebSite]:
    pages = {
        "/ok": ServedPage(FEED.decode()),
        "/moved": ServedPage(status=301, headers={"Location": "http://quay.example/ok"}),
        "/in": ServedPage(status=302, headers={"Location": "http://inside.example/ok"}),
        "/here": ServedPage(status=302, headers={"Location": "http://127.0.0.1:9/ok"}),
        "/odd": ServedPage(status=302, headers={"Location": "http://0x7f.1/ok"}),
    }
    with WebSite(pages) as behind:
        yield behind


@pytest.fixture
def proxy(behind: WebSite, names: list[str]) -> Iterator[ForwardProxy]:
    with ForwardProxy(dict.fromkeys(("quay.example", "inside.example", "deep.example"), port_of(behind))) as proxy:
        yield proxy

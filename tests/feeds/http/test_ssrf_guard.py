"""Where a fetch may lead: never into private networks, whatever a name, an address or a redirect pretends to be, and
never past a certificate that does not hold.

The network is played by a switchboard beneath aiohttp: it notes which address each connection is for, and connects to
the site of the test.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohappyeyeballs
import pytest
import trustme

from flows.config.settings import FetchSettings
from flows.feeds.http.fetch import Fetcher
from flows.feeds.parsing.records import FeedFailure, FeedResponse
from tests.support.hostile_site import FEED
from tests.support.secure_site import SecureSite
from tests.support.web_site import ServedPage, WebSite

PUBLIC = "93.184.216.34"
CLOSED = FetchSettings(timeout_seconds=2, total_seconds=4, host_seconds=0)
OPEN = CLOSED.model_copy(update={"allow_private": True})


async def fetch(url: str, settings: FetchSettings = CLOSED) -> FeedResponse | FeedFailure:
    async with Fetcher(settings) as fetcher:
        return await fetcher.fetch(url)


class Switchboard:
    """Names and what they resolve to, one answer after the other (the last stays); ``called`` are the addresses to
    which connections were made."""

    def __init__(self, port: int) -> None:
        self.names: dict[str, list[list[str]]] = {}
        self.called: list[str] = []
        self.looked_up: list[str] = []
        self._port = port

    def resolve(self, host: str, port: Any, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        self.looked_up.append(host)
        answers = self.names.get(host)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0)) for address in found]

    async def connect(self, addr_infos: Sequence[Any], **_: Any) -> socket.socket:
        self.called.append(addr_infos[0][4][0])
        peer = socket.socket()
        peer.connect(("127.0.0.1", self._port))
        peer.setblocking(False)
        return peer


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite({"/ok": ServedPage(FEED.decode())}) as site:
        yield site


@pytest.fixture
def network(site: WebSite, monkeypatch: pytest.MonkeyPatch) -> Switchboard:
    board = Switchboard(int(site.url("").rpartition(":")[2]))
    board.names["quay.example"] = [[PUBLIC]]
    monkeypatch.setattr(socket, "getaddrinfo", board.resolve)
    monkeypatch.setattr(aiohappyeyeballs, "start_connection", board.connect)
    return board


def away(target: str, by_refresh: bool) -> ServedPage:
    """A page that sends on to ``target`` by its status, or by a header alone."""
    sent = {"Refresh": f"0; url={target}"} if by_refresh else {"Location": target}
    return ServedPage(status=200 if by_refresh else 302, headers=sent)


async def test_a_public_name_is_read(network: Switchboard) -> None:
    assert isinstance(await fetch("http://quay.example/ok"), FeedResponse)
    assert network.called == [PUBLIC]


async def test_a_name_that_is_rebound_is_judged_each_time_and_connected_to_as_judged(network: Switchboard) -> None:
    network.names["quay.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert isinstance(await fetch("http://quay.example/ok"), FeedResponse)
    assert network.looked_up == ["quay.example"]  # the judged answer is the one that is used
    refused = await fetch("http://quay.example/ok")
    assert isinstance(refused, FeedFailure)
    assert "quay.example (127.0.0.1) is a private address" in refused.error
    assert network.called == [PUBLIC]


async def test_a_name_with_one_private_address_among_public_ones_is_refused(network: Switchboard) -> None:
    network.names["mixed.example"] = [[PUBLIC, "10.0.0.7"]]
    refused = await fetch("http://mixed.example/ok")
    assert isinstance(refused, FeedFailure)
    assert "(10.0.0.7) is a private address" in refused.error
    assert network.called == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/ok",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/ok",
        "http://[::ffff:169.254.169.254]/ok",
        "http://inside.example/ok",
        "//inside.example/ok",
        "http://user:word@127.0.0.1/ok",
        "http://quay.example@127.0.0.1/ok",
        "https://10.0.0.1/ok",
    ],
)
@pytest.mark.parametrize("by_refresh", [False, True])
async def test_a_redirect_into_a_private_network_is_refused(
    network: Switchboard, site: WebSite, target: str, by_refresh: bool
) -> None:
    network.names["inside.example"] = [["192.168.0.9"]]
    site.pages["/away"] = away(target, by_refresh)
    refused = await fetch("http://quay.example/away")
    assert isinstance(refused, FeedFailure)
    assert "is a private address" in refused.error
    assert network.called == [PUBLIC]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://quay.example/", "data:text/xml,<rss/>", "javascript:x"]
)
@pytest.mark.parametrize("by_refresh", [False, True])
async def test_a_redirect_to_another_scheme_is_refused(
    network: Switchboard, site: WebSite, target: str, by_refresh: bool
) -> None:
    site.pages["/away"] = away(target, by_refresh)
    refused = await fetch("http://quay.example/away")
    assert isinstance(refused, FeedFailure)
    assert "not an http or https address" in refused.error


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "2852039166",
        "0xa9.0xfe.0xa9.0xfe",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[fe80::1]",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
        "[2002:a9fe:a9fe::]",
        "localhost.",
        "LOCALHOST",
    ],
)
async def test_other_spellings_of_private_addresses_are_refused(site: WebSite, host: str) -> None:
    """With the system's own resolver, which knows all these spellings; some are refused before that."""
    refused = await fetch(site.url("/ok").replace("127.0.0.1", host))
    assert isinstance(refused, FeedFailure)
    assert re.search("is a private address|not an http or https address|host not found", refused.error), refused.error
    assert site.asked == []


Made = Callable[[trustme.CA], trustme.LeafCert]
NOW = datetime.now(UTC)
CERTIFICATES: dict[str, tuple[Made, str]] = {
    "sound": (lambda ca: ca.issue_cert("127.0.0.1"), ""),
    "expired": (
        lambda ca: ca.issue_cert("127.0.0.1", not_before=NOW - timedelta(9), not_after=NOW - timedelta(1)),
        "certificate has expired",
    ),
    "wrong host": (lambda ca: ca.issue_cert("other.example"), "not valid for|IP address mismatch|doesn't match"),
    "unknown authority": (lambda _: trustme.CA().issue_cert("127.0.0.1"), "unable to get local issuer|self-signed"),
}


@pytest.mark.parametrize("name", CERTIFICATES)
async def test_certificates_are_judged_and_their_errors_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, told = CERTIFICATES[name]
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    site = SecureSite(made(authority))
    try:
        response = await fetch(f"https://127.0.0.1:{site.port}/", OPEN)
    finally:
        await asyncio.to_thread(site.close)
    if not told:
        assert isinstance(response, FeedResponse)
        return
    assert isinstance(response, FeedFailure)
    assert response.error.startswith("no secure connection: ")
    assert any(part in response.error for part in told.split("|")), response.error
    assert response.kind == "hard"
    assert site.requests == []

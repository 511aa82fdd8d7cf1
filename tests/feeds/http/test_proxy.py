"""Feeds through a forward proxy: a real one on loopback, plain and TLS, with and without a login."""

from __future__ import annotations

import asyncio
import logging
import ssl
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import trustme

from flows.config.settings import FetchSettings
from flows.feeds.parsing.records import FeedFailure, FeedResponse
from tests.support.forward_proxy import ForwardProxy, error_of, fetch, port_of, through
from tests.support.hostile_site import FEED
from tests.support.secure_site import SecureSite
from tests.support.web_site import WebSite

pytestmark = pytest.mark.usefixtures("names")

PASSWORD = "pässwörd: €1/@"


async def test_a_plain_address_is_asked_in_absolute_form(proxy: ForwardProxy, names: list[str]) -> None:
    response = await fetch("http://quay.example/moved", through(proxy.address))
    assert isinstance(response, FeedResponse)
    assert (response.body, response.final_url) == (FEED, "http://quay.example/ok")
    assert proxy.asked == ["GET http://quay.example/moved", "GET http://quay.example/ok"]
    assert set(names) == {"quay.example"}  # judged here, redirects too


async def test_an_encrypted_one_through_a_tunnel_with_its_certificate_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    secure = SecureSite(authority.issue_cert("quay.example"))
    try:
        with ForwardProxy({"quay.example": secure.port, "deep.example": secure.port}, f"desk:{PASSWORD}") as proxy:
            settings = through(proxy.address.replace("//", "//desk@"), proxy_resolves=True)
            response = await fetch("https://quay.example/ok", settings, PASSWORD)
            assert isinstance(response, FeedResponse), response
            assert response.body == FEED
            assert proxy.asked == ["CONNECT quay.example:443"]
            assert "proxy-authorization" not in secure.requests[0].decode().lower()
            assert "not valid for" in await error_of_hard("https://deep.example/ok", settings)
            assert "HTTP 407" in await error_of("https://quay.example/ok", settings, "wrong")
    finally:
        await asyncio.to_thread(secure.close)


async def test_the_proxy_itself_may_be_spoken_to_by_tls(
    behind: WebSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    secure = SecureSite(authority.issue_cert("quay.example"))
    try:
        for scheme, port in (("http", port_of(behind)), ("https", secure.port)):
            with ForwardProxy({"quay.example": port}, "desk:word", context) as proxy:
                settings = through(proxy.address.replace("//", "//desk@"))
                assert isinstance(await fetch(f"{scheme}://quay.example/ok", settings, "word"), FeedResponse)
                assert len(proxy.asked) == 1
    finally:
        await asyncio.to_thread(secure.close)


async def error_of_hard(url: str, settings: FetchSettings) -> str:
    failure = await fetch(url, settings, PASSWORD)
    assert isinstance(failure, FeedFailure)
    return failure.error


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("http://127.0.0.1:9/ok", "127.0.0.1 is a private address"),
        ("http://10.0.0.7/ok", "10.0.0.7 is a private address"),
        ("http://[fd00::1]/ok", "is a private address"),
        ("http://0x7f.1/ok", "0x7f.1 (127.0.0.1) is a private address"),
        ("http://2130706433/ok", "(127.0.0.1) is a private address"),
        ("http://127.1./ok", "private address"),
        ("http://localhost./ok", "localhost. (this machine) is a private address"),
        ("http://inside.example/ok", "inside.example (192.168.0.9) is a private address"),
        ("http://quay.example/in", "inside.example (192.168.0.9) is a private address"),
        ("http://quay.example/here", "127.0.0.1 is a private address"),
        ("http://quay.example/odd", "(127.0.0.1) is a private address"),
        ("http://deep.example/ok", "host not found: deep.example; where only the proxy can look names up, set [fetch]"),
    ],
)
async def test_where_an_address_leads_is_judged_before_the_proxy_is_asked(
    proxy: ForwardProxy, path: str, told: str
) -> None:
    assert told in await error_of(path, through(proxy.address))
    assert all("quay.example" in line for line in proxy.asked)


async def test_names_are_the_proxys_where_the_operator_says_so_and_addresses_still_judged(
    proxy: ForwardProxy, names: list[str]
) -> None:
    settings = through(proxy.address, proxy_resolves=True)
    assert isinstance(await fetch("http://deep.example/ok", settings), FeedResponse)
    for url in ("http://10.0.0.7/ok", "http://127.1/ok", "http://quay.example/odd", "http://a.localhost/ok"):
        assert "is a private address" in await error_of(url, settings)
    assert [name for name in names if name.endswith(".example")] == []


async def test_private_addresses_go_through_where_they_are_allowed(proxy: ForwardProxy, behind: WebSite) -> None:
    settings = through(proxy.address, allow_private=True)
    assert isinstance(await fetch("http://inside.example/ok", settings), FeedResponse)
    assert isinstance(await fetch(behind.url("/ok"), settings), FeedResponse)
    assert proxy.asked == ["GET http://inside.example/ok"]  # this machine is asked directly


@pytest.mark.parametrize("user", ["desk", "r%C3%BCdiger", "a%40b"])
async def test_the_login_may_hold_any_character(behind: WebSite, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with ForwardProxy({"quay.example": port_of(behind)}, f"{unquote(user)}:{PASSWORD}") as proxy:
        settings = through(proxy.address.replace("//", f"//{user}@"))
        assert "HTTP 407" in await error_of("http://quay.example/ok", settings)
        assert "HTTP 407" in await error_of("https://quay.example/ok", settings)
        assert isinstance(await fetch("http://quay.example/ok", settings, PASSWORD), FeedResponse)
        monkeypatch.setenv("AXISWATCH_PROXY_PASSWORD", PASSWORD)
        assert isinstance(await fetch("http://quay.example/ok", settings), FeedResponse)


async def test_a_login_that_is_refused_is_told_as_what_it_is(behind: WebSite, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    with ForwardProxy({"quay.example": port_of(behind)}, "desk:right") as proxy:
        for scheme in ("http", "https"):
            told = await error_of(f"{scheme}://quay.example/ok", through(proxy.address))
            assert told.startswith(
                f"the proxy {proxy.address} refuses a request without a login (HTTP 407); set [fetch]"
            )
            named = through(proxy.address.replace("//", "//desk@"))
            told = await error_of(f"{scheme}://quay.example/ok", named, "hushhush")
            assert "refuses the login of 'desk' (HTTP 407)" in told
            assert "AXISWATCH_PROXY_PASSWORD" in told
            assert "hushhush" not in told + caplog.text


async def test_a_proxy_that_is_dead_is_named_with_the_remedy_and_without_the_password() -> None:
    told = {await error_of(url, through("http://desk@127.0.0.1:9"), "hushhush") for url in
            ("http://quay.example/ok", "https://quay.example/ok")}  # fmt: skip
    assert told == {"cannot reach the proxy http://127.0.0.1:9: connection refused; start it, or change [fetch] proxy"}
    lost = await error_of("https://quay.example/ok", through("http://no-such-proxy.example:3128"))
    assert lost == (
        "cannot reach the proxy http://no-such-proxy.example:3128: its host is not found; start it, or change"
        " [fetch] proxy"
    )


async def test_what_the_proxy_does_not_allow_is_told_as_its_word(proxy: ForwardProxy) -> None:
    proxy.refuses = {"quay.example"}
    told = await error_of("https://quay.example/ok", through(proxy.address))
    assert told == f"the proxy {proxy.address} does not let us through: HTTP 403 Forbidden"

"""Fetching from a server that misbehaves, over real sockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from flows.config.settings import FetchSettings
from flows.feeds.http.fetch import Fetcher
from flows.feeds.http.ssrf_guard import is_public
from flows.feeds.parsing.records import FeedFailure, FeedResponse
from tests.support.hostile_site import FEED, HostileSite

pytestmark = pytest.mark.alone

SETTINGS = FetchSettings(timeout_seconds=0.6, total_seconds=1.5, max_megabytes=2, allow_private=True)


@pytest.fixture(scope="module")
def site() -> Iterator[HostileSite]:
    with HostileSite() as site:
        yield site


async def fetch(url: str, settings: FetchSettings = SETTINGS) -> FeedResponse | FeedFailure:
    async with Fetcher(settings) as fetcher:
        return await fetcher.fetch(url)


async def test_a_feed_comes_with_what_the_server_said(site: HostileSite) -> None:
    response = await fetch(site.url("/ok"))
    assert isinstance(response, FeedResponse)
    assert (response.status, response.body, response.received) == (200, FEED, len(FEED))
    assert response.content_type == "application/rss+xml"
    assert response.final_url == site.url("/ok")


async def test_the_request_names_us_and_asks_for_what_we_can_expand(site: HostileSite) -> None:
    await fetch(site.url("/ok"), SETTINGS.model_copy(update={"user_agent": "quaywatch/9 (+https://quay.example)"}))
    request = site.requests[-1].lower()
    assert "user-agent: quaywatch/9 (+https://quay.example)\r\n" in request
    assert "accept-encoding: gzip, deflate, br, zstd\r\n" in request


@pytest.mark.parametrize("path", ["/two-hops", "/refresh"])
async def test_redirects_are_followed_and_the_last_address_told(site: HostileSite, path: str) -> None:
    response = await fetch(site.url(path))
    assert isinstance(response, FeedResponse)
    assert (response.url, response.final_url) == (site.url(path), site.url("/ok"))
    assert "transfer-encoding" not in site.requests[-1].lower()  # a GET carries no body


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/404", "HTTP 404 Not Found"),
        ("/500", "HTTP 500 Internal Server Error"),
        ("/loop", "more than 5 redirects"),
        ("/refresh-loop", "more than 5 redirects"),
        ("/to-file", "not an http or https address"),
        ("/to-nowhere", "more than 5 redirects"),
        ("/short", "the answer broke off before its end"),
        ("/reset", "broke off|reset the connection"),
        ("/silent-close", "the server closed the connection without an answer"),
        ("/garbage", "what the server sent is no sound HTTP"),
        ("/endless", "larger than 2 MB"),
        ("/bomb", "larger than 2 MB"),
        ("/double-gzip", "larger than 2 MB"),
        ("/slow-headers", "no answer within 0.6 s|took longer than 1.5 s in all"),
        ("/slow-body", "took longer than 1.5 s in all"),
        ("/mute", "no answer within 0.6 s"),
        ("/header-flood", "its headers are larger than 256 KB"),
        ("/many-headers", "its headers are larger than 256 KB"),
        ("/long-header", "its headers are larger than 256 KB"),
        ("/chunk-drip", "took longer than 1.5 s in all"),
        ("/br-bomb", "larger than 2 MB"),
        ("/zstd-bomb", "larger than 2 MB"),
        ("/not-br", "the body is damaged br"),
        ("/cut-gzip", "the answer broke off before its end"),
    ],
)
async def test_a_failing_feed_is_a_value_in_one_line_and_in_time(site: HostileSite, path: str, error: str) -> None:
    began = time.monotonic()
    failure = await fetch(site.url(path))
    assert time.monotonic() - began < SETTINGS.total_seconds + 1
    assert isinstance(failure, FeedFailure)
    assert any(part in failure.error for part in error.split("|")), failure.error
    assert "\n" not in failure.error
    assert failure.url == site.url(path)


async def test_what_is_left_of_an_oversized_body_is_not_read(site: HostileSite) -> None:
    failure = await fetch(site.url("/endless"))
    assert isinstance(failure, FeedFailure)
    assert failure.received < 2_200_000


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("ftp://files.example/feed.xml", "not an http or https address"),
        ("file:///etc/passwd", "not an http or https address"),
        ("http://[broken", "host not found"),
        ("http://[::1", "not an http or https address"),
        ("http://xn--/", "cannot be a host name"),
        ("http://a..b/", "cannot be a host name"),
        ("http://127.0.0.1:9/", "connection refused"),
        ("http://no-such-host.invalid/feed", "host not found: no-such-host.invalid"),
    ],
)
async def test_addresses_that_lead_nowhere(url: str, error: str) -> None:
    async with Fetcher(SETTINGS) as fetcher, fetcher.fetched(url) as failure:
        assert isinstance(failure, FeedFailure)
        assert error in failure.error


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.1.2.3"]
)
async def test_private_addresses_are_refused_unless_allowed(site: HostileSite, host: str) -> None:
    port = site.url("").rpartition(":")[2]
    failure = await fetch(f"http://{host}:{port}/ok", SETTINGS.model_copy(update={"allow_private": False}))
    assert isinstance(failure, FeedFailure)
    assert "is a private address; set [fetch] allow_private" in failure.error


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "100.64.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "fe80::1%eth0",
        "fd00::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "169.254.169.254",
        "fd00:ec2::254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "::ffff:168.63.129.16",
        "::127.0.0.1",
        "::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "2001:0:a9fe:a9fe::",
        "fec0::1",
        "5f00::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


async def test_a_host_is_asked_no_more_than_so_many_things_at_once(site: HostileSite) -> None:
    settings = SETTINGS.model_copy(update={"per_host": 2})
    running = most = 0
    async with Fetcher(settings) as fetcher:

        async def read() -> None:
            nonlocal running, most
            async with fetcher.fetched(site.url("/ok")) as response:
                assert isinstance(response, FeedResponse)
                running += 1
                most = max(most, running)
                await asyncio.sleep(0.02)
                running -= 1

        await asyncio.gather(*(read() for _ in range(8)))
    assert most == 2

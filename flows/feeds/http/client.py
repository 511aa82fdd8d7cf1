"""The client that fetches: httpx, speaking through aiohttp's connections.

That costs a fraction of the time of httpx's own, and lets `flows.feeds.http.ssrf_guard` judge every address that is
connected to. Each request, redirects included, finds its own way: directly, or through a proxy.
"""

from __future__ import annotations

import socket
import ssl

import httpx
from aiohttp import ClientSession, DummyCookieJar
from aiohttp.abc import AbstractResolver
from httpx_aiohttp import AiohttpTransport

from flows.config.settings import FetchSettings
from flows.feeds.http.decompression import ASKED_FOR
from flows.feeds.http.failures import proxy_trouble
from flows.feeds.http.lenient_connection import MAX_HEAD, LenientConnector
from flows.feeds.http.proxy import LOOK_UP, Proxies, Proxy, ProxyError
from flows.feeds.http.ssrf_guard import PrivateAddressError, PublicResolver, check_spelled

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
MAX_HEADERS = 10_000
"""So many lines a head may have; how large it may be in all is another limit."""


def open_client(settings: FetchSettings, proxy_password: str = "") -> httpx.AsyncClient:
    """A client that asks as the settings say. To be closed by the caller. Raises ConfigError for a wrong proxy."""
    return httpx.AsyncClient(
        transport=_Ways(settings, Proxies(settings, proxy_password)),
        timeout=httpx.Timeout(settings.timeout_seconds, pool=None),
        headers={"User-Agent": settings.user_agent, "Accept": ACCEPT, "Accept-Encoding": ASKED_FOR},
        follow_redirects=False,
        # Settings come from the config alone, not from the variables of whoever starts the run.
        trust_env=False,
    )


class _Ways(httpx.AsyncBaseTransport):
    """Sends each request directly or through its proxy."""

    def __init__(self, settings: FetchSettings, proxies: Proxies) -> None:
        context = httpx.create_ssl_context()
        self._settings = settings
        self._proxies = proxies
        self._guard = PublicResolver()
        resolver = None if settings.allow_private else PublicResolver()
        self._direct = AiohttpTransport(verify=context, client=lambda: _session(settings, context, resolver))
        self._through = {
            proxy: AiohttpTransport(
                verify=context,
                # The proxy's own address is the operator's choice, and most lie in a private network.
                client=lambda: _session(settings, context, None),
                proxy=httpx.Proxy(proxy.address, headers=proxy.headers),
            )
            for proxy in proxies.all
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises PrivateAddressError, ProxyError and what httpx raises."""
        proxy = self._proxies.of(request.url.scheme, request.url.host, request.url.port)
        if proxy is None:
            return await self._direct.handle_async_request(request)
        if not self._settings.allow_private:
            await self._judge(request.url)
        if request.url.scheme == "http":
            request.headers.update(proxy.headers)
        try:
            response = await self._through[proxy].handle_async_request(request)
        except Exception as error:
            if trouble := proxy_trouble(error, proxy, self._settings.timeout_seconds):
                raise trouble from error
            raise
        return await _not_refused(response, proxy)

    async def _judge(self, url: httpx.URL) -> None:
        check_spelled(url.host)
        if self._settings.proxy_resolves:
            return
        try:
            await self._guard.resolve(url.host, url.port or 0, socket.AF_UNSPEC)
        except PrivateAddressError:
            raise
        except OSError as error:
            raise ProxyError(f"host not found: {url.host}; {LOOK_UP}") from error

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in (self._direct, *self._through.values()):
            await transport.aclose()
        await self._guard.close()


async def _not_refused(response: httpx.Response, proxy: Proxy) -> httpx.Response:
    if response.status_code == 407:
        await response.aclose()
        raise proxy.refusal(407, "")
    return response


def _session(settings: FetchSettings, context: ssl.SSLContext, resolver: AbstractResolver | None) -> ClientSession:
    return ClientSession(
        connector=LenientConnector(limit=settings.concurrency, ssl=context, resolver=resolver),
        cookie_jar=DummyCookieJar(),
        max_line_size=MAX_HEAD,
        max_field_size=MAX_HEAD,
        max_headers=MAX_HEADERS,
    )

"""Posting to an address of the web by the door of fetching: its guard against private networks, its proxy."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

import httpx

from flows.config.settings import FetchSettings
from flows.feeds.http.client import open_client
from flows.feeds.http.failures import explain
from flows.feeds.http.proxy import ProxyError
from flows.feeds.http.ssrf_guard import PrivateAddressError, check_spelled

# httpx logs each address that it asks, and those of webhooks are secrets.
logging.getLogger("httpx").setLevel(logging.WARNING)

MAX_ANSWER = 4096
"""So many bytes of an answer are read: it is to be shown, and may be anything."""


@dataclass(frozen=True, slots=True)
class PostOutcome:
    """What became of a post: the ``status`` with ``headers`` (names in small letters) and the first of ``said``, or the
    ``error`` in words. ``left``: the body had begun to leave. ``held``: it was not allowed to."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    error: str = ""
    left: bool = False
    held: bool = False


class _HeldError(Exception):
    """The body was not allowed to leave."""


def post(
    settings: FetchSettings, url: str, headers: Mapping[str, str], body: bytes, may_leave: Callable[[], bool]
) -> PostOutcome:
    """Post once, within ``settings.timeout_seconds`` in all; redirects are not followed. Whatever goes wrong is an
    outcome. ``may_leave`` is asked when the server is connected, just before the body leaves. Not to be called in an
    event loop; raises ConfigError for a wrong proxy."""
    return asyncio.run(_Post(settings, url, headers, body, may_leave).run())


class _Post:
    def __init__(
        self,
        settings: FetchSettings,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        may_leave: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._url = url
        # With its length told, it is not sent in chunks, which not every receiver takes.
        self._headers = {**headers, "Content-Length": str(len(body))}
        self._body = body
        self._may_leave = may_leave
        self._left = False

    async def run(self) -> PostOutcome:
        """One request and what it came to."""
        held: list[Exception] = []
        opened = open_client(self._settings)
        try:
            async with asyncio.timeout(self._settings.timeout_seconds), opened as client:
                return await self._answered(client, held)
        except TimeoutError:
            return self._failed(f"no answer within {self._settings.timeout_seconds:g} s")
        except ProxyError as error:
            return PostOutcome(error=str(error))  # the proxy kept it, even where it took the body
        except Exception as error:  # whatever a server provokes is an outcome
            if held:
                return self._held(held[0])
            return self._failed(_words(error, self._settings.timeout_seconds))

    async def _answered(self, client: httpx.AsyncClient, held: list[Exception]) -> PostOutcome:
        request = client.build_request("POST", self._url, headers=self._headers, content=self._pieces(held))
        if not self._settings.allow_private:
            check_spelled(request.url.host)
        response = await client.send(request, stream=True)
        try:
            told = {name.lower(): value for name, value in response.headers.items()}
            return PostOutcome(response.status_code, told, await _beginning(response), left=True)
        finally:
            await response.aclose()

    async def _pieces(self, held: list[Exception]) -> AsyncIterator[bytes]:
        try:
            if not self._may_leave():
                raise _HeldError
        except Exception as error:
            held.append(error)
            raise
        self._left = True
        yield self._body

    def _held(self, error: Exception) -> PostOutcome:
        if not isinstance(error, _HeldError):
            raise error  # a fault of our own store, which the library took for one of the network
        return PostOutcome(held=True)

    def _failed(self, error: str) -> PostOutcome:
        return PostOutcome(error=error, left=self._left)


async def _beginning(response: httpx.Response) -> str:
    """The first of what the server says, as text; an answer that breaks off is one all the same."""
    said = b""
    try:
        async for piece in response.aiter_raw():
            said += piece
            if len(said) >= MAX_ANSWER:
                break
    except (httpx.HTTPError, OSError):
        pass
    return said[:MAX_ANSWER].decode("utf-8", "replace")


def _words(error: Exception, seconds: float) -> str:
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, PrivateAddressError):
            return f"{link.where} is a private address"
        link = link.__cause__ or getattr(link, "os_error", None)
    return explain(error, seconds)

"""The network: one feed's address → its bytes, within bounds of time and size.

A feed that fails is a `FeedFailure`, never an exception.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Self

import httpx

from flows.config.settings import FetchSettings
from flows.feeds.http.client import open_client
from flows.feeds.http.decompression import GZIP, PIECE, DamagedBodyError, UnknownEncodingError, decompressor
from flows.feeds.http.failures import explain, kind_of_error, kind_of_status
from flows.feeds.http.rate_limit import HostRateLimit
from flows.feeds.http.redirects import MOVED, next_address
from flows.feeds.http.ssrf_guard import check_literal
from flows.feeds.parsing.hosts import with_ascii_host
from flows.feeds.parsing.links import host_of
from flows.feeds.parsing.records import Conditions, FailureKind, FeedFailure, FeedResponse, Hop

MAX_REDIRECTS = 5
TAKEN = (200, 203, 226)
"""Statuses whose body is the document: as it is, as a proxy on the way made it, and as what is new in it."""


class RefusedError(Exception):
    """An answer that is not taken; the message is the feed's error."""

    def __init__(self, message: str, kind: FailureKind = "soft") -> None:
        super().__init__(message)
        self.kind: FailureKind = kind


class Fetcher:
    """Reads feeds over HTTP, a bounded number at a time, in all and for each host. A context manager.

    Entering it raises ConfigError where the proxy that is named is none; without a ``proxy_password`` that of the
    environment counts.
    """

    def __init__(self, settings: FetchSettings, proxy_password: str = "") -> None:
        self._settings = settings
        self._proxy_password = proxy_password
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._host_slots: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(settings.per_host))
        self._rate_limit = HostRateLimit(settings.host_seconds)
        self._max_bytes = int(settings.max_megabytes * 1_000_000)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._client = await self._stack.enter_async_context(open_client(self._settings, self._proxy_password))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """A place among the bounded number, in all and for the host, held until the block is left."""
        host = host_of(url)
        async with self._host_slots[host]:
            await self._rate_limit.turn(host)
            async with self._slots:
                yield

    @asynccontextmanager
    async def fetched(self, url: str) -> AsyncIterator[FeedResponse | FeedFailure]:
        """What `fetch` returns, with its place held until the block is left."""
        async with self.turn(url):
            yield await self.fetch(url)

    async def fetch(self, url: str, conditions: Conditions | None = None) -> FeedResponse | FeedFailure:
        """Read one address, following redirects, within the total time.

        With ``conditions`` the address that they belong to is asked for changes only: the answer may be a 304.
        """
        attempt = _Attempt(self._client, url, self._settings, self._max_bytes, conditions)
        try:
            async with asyncio.timeout(self._settings.total_seconds):
                return await attempt.run()
        except TimeoutError:
            return attempt.failure(f"took longer than {self._settings.total_seconds:g} s in all", "temporary")
        except RefusedError as error:
            return attempt.failure(str(error), error.kind)
        except UnknownEncodingError as error:
            return attempt.failure(str(error), "soft")
        except DamagedBodyError as error:
            return attempt.failure(str(error), "temporary")
        except httpx.InvalidURL as error:
            return attempt.failure(f"not an http or https address: {error}", "hard")
        except Exception as error:  # whatever a server provokes is this feed's failure and no other's
            return attempt.failure(explain(error, self._settings.timeout_seconds), kind_of_error(error))


class _Attempt:
    """One try at one feed: what is known of it so far, so that a failure can say it."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        url: str,
        settings: FetchSettings,
        max_bytes: int,
        conditions: Conditions | None,
    ) -> None:
        self._client = client
        self._conditions = conditions or Conditions("")
        self._hops: list[Hop] = []
        self._headers: dict[str, str] = {}
        self._url = self._final_url = url
        self._allow_private = settings.allow_private
        self._max_bytes = max_bytes
        self._status: int | None = None
        self._received = 0
        self._begun = time.monotonic()

    async def run(self) -> FeedResponse:
        """Follow redirects to the answer. Raises RefusedError, TimeoutError and what httpx and aiohttp raise."""
        request = self._request(self._url)
        for _ in range(MAX_REDIRECTS + 1):
            self._check(request.url)
            response = await self._client.send(request, stream=True)
            try:
                self._status = response.status_code
                self._final_url = str(request.url)
                self._headers = dict(response.headers)
                target = next_address(self._final_url, response.status_code, self._headers)
                if not target:
                    return await self._taken(response)
                # Not response.next_request: httpx-aiohttp sends that with a chunked body.
                request = self._request(target)
                self._hops.append(Hop(response.status_code, str(request.url)))
            finally:
                await response.aclose()
        raise RefusedError(f"more than {MAX_REDIRECTS} redirects")

    def _request(self, url: str) -> httpx.Request:
        asked, headers = self._conditions, {}
        if asked.url == url:
            headers = {"If-None-Match": asked.etag, "If-Modified-Since": asked.last_modified}
        # Old stores hold hosts whose letters are percent-encoded, servers redirect to such, and httpx looks them up.
        url = with_ascii_host(url)
        return self._client.build_request("GET", url, headers={name: value for name, value in headers.items() if value})

    def _check(self, url: httpx.URL) -> None:
        if url.scheme not in ("http", "https") or not url.host:
            raise RefusedError(f"not an http or https address: {str(url)[:200]}", "hard")
        if not self._allow_private:
            check_literal(url.host)

    async def _taken(self, response: httpx.Response) -> FeedResponse:
        is_unchanged = response.status_code == 304 and self._conditions.url == self._final_url
        if not (is_unchanged or _is_document(response)):
            told = "" if response.status_code not in MOVED else ", without an address"
            raise RefusedError(
                f"HTTP {response.status_code} {response.reason_phrase}".rstrip() + told,
                kind_of_status(response.status_code),
            )
        return FeedResponse(
            url=self._url,
            final_url=self._final_url,
            status=response.status_code,
            content_type=response.headers.get("content-type", ""),
            body=b"" if is_unchanged else await self._body(response),
            received=self._received,
            milliseconds=self._milliseconds(),
            headers=self._headers,
            hops=tuple(self._hops),
        )

    async def _body(self, response: httpx.Response) -> bytes:
        expanding = decompressor(response.headers.get("content-encoding", ""))
        pieces: list[bytes] = []
        expanded = 0
        async for received in response.aiter_raw():
            self._received += len(received)
            expanded = self._keep(expanding.expand(received), pieces, expanded)
            self._refuse_more_than(self._received)
        self._keep(expanding.finish(), pieces, expanded)
        body = b"".join(pieces)
        # A feed that lies on the server as a gzip file, whether the server packed it once more or not.
        return self._unpacked(body) if body.startswith(GZIP) else body

    def _unpacked(self, body: bytes) -> bytes:
        expanding = decompressor("gzip")
        pieces: list[bytes] = []
        expanded = 0
        for begin in range(0, len(body), PIECE):
            expanded = self._keep(expanding.expand(body[begin : begin + PIECE]), pieces, expanded)
        self._keep(expanding.finish(), pieces, expanded)
        return b"".join(pieces)

    def _keep(self, found: Iterable[bytes], pieces: list[bytes], size: int) -> int:
        """Add what was found to the pieces, which have so many bytes; how many they have then."""
        for piece in found:
            pieces.append(piece)
            size += len(piece)
            self._refuse_more_than(size)
        return size

    def _refuse_more_than(self, size: int) -> None:
        if size > self._max_bytes:
            raise RefusedError(f"larger than {self._max_bytes / 1_000_000:g} MB")

    def _milliseconds(self) -> int:
        # Rounded down, so that "now, less so many milliseconds" is never before the fetch began.
        return int((time.monotonic() - self._begun) * 1000)

    def failure(self, error: str, kind: FailureKind) -> FeedFailure:
        """The failure with what was known by then."""
        return FeedFailure(
            self._url,
            error,
            self._status,
            self._final_url,
            self._received,
            self._milliseconds(),
            kind,
            self._headers,
            tuple(self._hops),
        )


def _is_document(response: httpx.Response) -> bool:
    return response.status_code in TAKEN or (response.status_code == 206 and _is_whole(response))


def _is_whole(response: httpx.Response) -> bool:
    """Whether a part of a document is all of it: no part was asked for, and some caches send the whole as one."""
    told = re.fullmatch(r"bytes 0-(\d{1,12})/(\d{1,12})", response.headers.get("content-range", ""))
    return told is not None and int(told[1]) + 1 == int(told[2])

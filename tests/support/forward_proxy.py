"""A real forward proxy on loopback: plain requests in absolute form, and CONNECT for what is encrypted."""

from __future__ import annotations

import base64
import socket
import ssl
from collections.abc import Mapping
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from flows.config.settings import FetchSettings
from flows.feeds.http.fetch import Fetcher
from flows.feeds.parsing.records import FeedFailure, FeedResponse
from tests.support.web_site import WebSite

CUT = 65536


class ForwardProxy:
    """A context manager. ``hosts`` is what it knows of names: name → port on loopback where that site is.

    With a ``login`` ("user:password") it answers 407 to whoever has another; with a ``context`` it is itself spoken to
    by TLS. ``asked`` are the first lines of the requests, ``heads`` their headers; ``refuses`` names hosts to which it
    does not connect (403).
    """

    def __init__(self, hosts: Mapping[str, int], login: str = "", context: ssl.SSLContext | None = None) -> None:
        self.hosts = dict(hosts)
        self.asked: list[str] = []
        self.heads: list[str] = []
        self.refuses: set[str] = set()
        self._known = f"Basic {base64.b64encode(login.encode()).decode()}" if login else ""
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._door.getsockname()[1]
        self.address = f"http{'s' if context else ''}://127.0.0.1:{self.port}"
        self._context = context

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with plain, self._context.wrap_socket(plain, server_side=True) if self._context else plain as line:
            try:
                while request := _head(line):
                    if not self._served(line, request):
                        return
            except OSError:
                return  # the reader hung up

    def _served(self, line: socket.socket, request: bytes) -> bool:
        first, _, head = request.decode("latin-1").partition("\r\n")
        method, target, _ = first.split(" ")
        self.asked.append(f"{method} {target}")
        self.heads.append(head)
        if self._known and f"Proxy-Authorization: {self._known}".lower() not in head.lower():
            return _refuse(line, b"407 Proxy Authentication Required", b'Proxy-Authenticate: Basic realm="quay"\r\n')
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        if parts.hostname in self.refuses:
            return _refuse(line, b"403 Forbidden")
        if (port := self.hosts.get(parts.hostname or "")) is None:
            return _refuse(line, b"502 Bad Gateway")
        with socket.socket() as site:
            site.connect(("127.0.0.1", port))  # without a look-up: a test may play the resolver of this process
            if method == "CONNECT":
                line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                return _joined(line, site)
            path = parts._replace(scheme="", netloc="").geturl() or "/"
            kept = [each for each in head.split("\r\n") if not each.lower().startswith("proxy-")]
            site.sendall("\r\n".join([f"{method} {path} HTTP/1.1", "Connection: close", *kept]).encode("latin-1"))
            while data := site.recv(CUT):
                line.sendall(data)
        return False


def port_of(site: WebSite) -> int:
    """The port of a site."""
    return int(site.url("").rpartition(":")[2])


def through(address: str, **changes: Any) -> FetchSettings:
    """Settings that read through that proxy."""
    told = {"proxy": address, "timeout_seconds": 2, "total_seconds": 4, "host_seconds": 0} | changes
    return FetchSettings.model_validate(told)


async def fetch(url: str, settings: FetchSettings, password: str = "") -> FeedResponse | FeedFailure:
    """What comes of asking for an address."""
    async with Fetcher(settings, password) as fetcher:
        return await fetcher.fetch(url)


async def error_of(url: str, settings: FetchSettings, password: str = "") -> str:
    """The error of an address that cannot be read: none that the feed is to blame for."""
    failure = await fetch(url, settings, password)
    assert isinstance(failure, FeedFailure)
    assert failure.kind == "temporary" or "private address" in failure.error
    assert failure.status is None or failure.hops
    return failure.error


def _head(line: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        more = line.recv(CUT)
        if not more:
            return b""
        data += more
    return data


def _refuse(line: socket.socket, status: bytes, more: bytes = b"") -> bool:
    line.sendall(b"HTTP/1.1 " + status + b"\r\n" + more + b"Content-Length: 0\r\n\r\n")
    return True


def _joined(one: socket.socket, other: socket.socket) -> bool:
    back = Thread(target=_pump, args=(other, one), daemon=True)
    back.start()
    _pump(one, other)
    back.join(5)
    return False


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(CUT):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return

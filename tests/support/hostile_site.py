"""A local server that does everything a feed's server should not: raw sockets, one behaviour for each path."""

from __future__ import annotations

import gzip
import socket
import struct
import sys
import time
from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import Self

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FEED = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Quay Wire</title>
<item><title>Tug fleet gains two hulls</title><link>https://quay.example/tugs</link></item></channel></rss>"""
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Cookies?</p></body></html>"


def answer(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole HTTP answer; ``length`` lies about the body's length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


class HostileSite:
    """A context manager; `url` gives the address of a behaviour, ``requests`` what was asked for (first line and
    headers)."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._over = Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._behaviours: dict[str, Callable[[socket.socket], None]] = {
            "/ok": lambda peer: peer.sendall(answer(FEED, "Content-Type: application/rss+xml")),
            "/404": lambda peer: peer.sendall(answer(b"gone", status="404 Not Found")),
            "/500": lambda peer: peer.sendall(answer(b"oops", status="500 Internal Server Error")),
            "/page": lambda peer: peer.sendall(answer(PAGE, "Content-Type: text/html")),
            "/empty": lambda peer: peer.sendall(answer(b"")),
            "/binary": lambda peer: peer.sendall(answer(bytes(range(256)) * 40)),
            "/loop": self._moved("/loop"),
            "/two-hops": self._moved("/one-hop"),
            "/one-hop": self._moved("/ok"),
            "/refresh": lambda peer: peer.sendall(answer(PAGE, "Refresh: 0; url=/ok", "Content-Type: text/html")),
            "/refresh-loop": lambda peer: peer.sendall(answer(b"", "Refresh: 0; url=/loop")),
            "/to-file": self._moved("file:///etc/passwd"),
            "/to-nowhere": self._moved("http://"),
            "/to-private": self._moved("http://127.0.0.1:9/inside"),
            "/short": lambda peer: peer.sendall(answer(FEED, length=len(FEED) + 500)),
            "/reset": self._reset,
            "/silent-close": lambda _: None,
            "/garbage": lambda peer: peer.sendall(b"\x00\x01 this is no HTTP\r\n\r\n"),
            "/endless": self._endless,
            "/bomb": self._bomb_of("gzip", gzip.compress),
            "/double-gzip": self._bomb_of("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
            "/slow-headers": self._slow_headers,
            "/slow-body": self._slow_body,
            "/mute": lambda _: self._wait(30),
            "/header-flood": self._header_flood,
            "/many-headers": lambda peer: peer.sendall(answer(FEED, *(f"X-{n}: y" for n in range(50_000)))),
            "/long-header": lambda peer: peer.sendall(answer(FEED, f"X-Long: {'y' * 5_000_000}")),
            "/chunk-drip": self._chunk_drip,
            "/br-bomb": self._bomb_of("br", lambda body: brotli.compress(body, quality=1)),
            "/zstd-bomb": self._bomb_of("zstd", zstd.compress),
            "/not-br": lambda peer: peer.sendall(answer(b"\xff" * 900, "Content-Encoding: br")),
            "/cut-gzip": lambda peer: peer.sendall(answer(gzip.compress(FEED)[:-9], "Content-Encoding: gzip")),
        }

    def url(self, path: str) -> str:
        """The address at which the behaviour shows."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}{path}"

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with peer:
            try:
                request = b""
                while b"\r\n\r\n" not in request:
                    request += peer.recv(65536)
                self.requests.append(request.decode())
                self._behaviours[request.split()[1].decode()](peer)
            except OSError:
                return  # the reader hung up, as it should on most of these

    def _wait(self, seconds: float) -> None:
        self._over.wait(seconds)

    @staticmethod
    def _moved(target: str) -> Callable[[socket.socket], None]:
        return lambda peer: peer.sendall(answer(b"over there", f"Location: {target}", status="302 Found"))

    @staticmethod
    def _reset(peer: socket.socket) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>")
        time.sleep(0.05)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _endless(self, peer: socket.socket) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss><channel>")
        while not self._over.is_set():
            peer.sendall(b"<item><title>and on</title></item>" * 1000)

    @staticmethod
    def _bomb_of(encoding: str, compress: Callable[[bytes], bytes]) -> Callable[[socket.socket], None]:
        bomb = answer(compress(bytes(20_000_000)), f"Content-Encoding: {encoding}")
        return lambda peer: peer.sendall(bomb)

    def _chunk_drip(self, peer: socket.socket) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not self._over.is_set():
            peer.sendall(b"1\r\n<\r\n")
            self._wait(0.05)

    def _slow_headers(self, peer: socket.socket) -> None:
        for char in "HTTP/1.1 200 OK\r\nX-Slow: " + "z" * 600:
            peer.sendall(char.encode())
            self._wait(0.05)

    def _slow_body(self, peer: socket.socket) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(600):
            peer.sendall(b"<")
            self._wait(0.05)

    def _header_flood(self, peer: socket.socket) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(200_000):
            peer.sendall(b"X-%d: %s\r\n" % (number, b"y" * 200))

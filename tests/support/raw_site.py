"""A local server that answers each path with bytes exactly as a test writes them."""

from __future__ import annotations

import socketserver
from collections.abc import Mapping

from tests.support.served import Served


class RawSite(Served):
    """A context manager; ``answers`` may be changed at any time, ``requests`` is what was asked for, as it came.

    A connection stays open for further requests until an answer says "close" or has no length.
    """

    def __init__(self, answers: Mapping[str, bytes]) -> None:
        self.answers = dict(answers)
        self.requests: list[str] = []
        self.connections = 0
        site = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                site.connections += 1
                while request := self._request():
                    site.requests.append(request.decode())
                    reply = site.answers[request.split()[1].decode()]
                    self.wfile.write(reply)
                    head = reply.partition(b"\r\n\r\n")[0].lower()
                    if b"connection: close" in head or b"content-length" not in head:
                        return

            def _request(self) -> bytes:
                lines = []
                while (line := self.rfile.readline()) not in (b"", b"\r\n"):
                    lines.append(line)
                return b"".join(lines) if line else b""

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False

        self._server = Server(("127.0.0.1", 0), Handler)

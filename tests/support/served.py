"""What the tests' local servers have in common: they serve from a thread of their own as long as a block lasts."""

from __future__ import annotations

from socketserver import TCPServer
from threading import Thread
from types import TracebackType
from typing import Self


class Served:
    """A context manager around ``_server``, which whoever inherits sets before it is entered."""

    _server: TCPServer

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        """The address of a path on it."""
        return f"http://127.0.0.1:{self.port}{path}"

    def __enter__(self) -> Self:
        # Asked often whether it is to end: with the usual half of a second a test would wait that long at its end.
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

"""The desk's server: uvicorn, on 127.0.0.1 alone, in a thread beside other work."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from flows.config.settings import Config
from flows.desk import tokens
from flows.desk.guard import MOST_BYTES, Guard, plain_host
from flows.desk.routes import DeskPages
from flows.digest.desk_secret import secret_of

logger = logging.getLogger(__name__)

REQUEST_SECONDS = 10.0
"""A request must be there, with its body, so long after its connection."""
ANSWER_SECONDS = 60.0
"""After so many more the connection ends, answered or not: a store may be locked, a reader may be slow."""
STOP_SECONDS = 3
"""What is being answered when the desk closes gets so long."""
MOST_CONNECTIONS = 64
"""At once; more are told to come again (503)."""


class Desk:
    """Listens from the moment it is made. Raises OSError where the port is taken or the secret cannot be used."""

    def __init__(self, current: Config, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """``clock`` says when a judgement is made."""
        self.secret = secret_of(current.store.path)  # first: where that fails, nothing has to be closed
        self._listener = socket.create_server(("127.0.0.1", current.desk.port))
        self.server_port = int(self._listener.getsockname()[1])
        own = [f"http://{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")]
        hosts, public = frozenset(map(plain_host, (*own, current.desk.address))), plain_host(current.delivery.one_click)
        self._server = _server(Guard(DeskPages(current, self.secret, clock).application(), hosts, public))
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), name="desk", daemon=True)

    @property
    def url(self) -> str:
        """Where the list is, with the key that opens it."""
        return f"http://127.0.0.1:{self.server_port}/?key={tokens.key(self.secret)}"

    def start(self) -> None:
        """Answer, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Answer what is being answered, and no more."""
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()

    def wait(self) -> None:
        """Sleep until interrupted; other threads answer."""
        threading.Event().wait()


@contextmanager
def open_desk(current: Config) -> Iterator[Desk]:
    """Within the block the desk answers, in a thread of its own. Raises OSError where it cannot listen."""
    desk = Desk(current)
    desk.start()
    try:
        yield desk
    finally:
        desk.stop()


@contextmanager
def desk_beside(current: Config) -> Iterator[str]:
    """Within the block the desk answers beside other work; gives the address of its list, empty where there is none.
    A port that is taken is logged and stops nothing."""
    if not current.desk.port:
        yield ""
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(open_desk(current)).url
        except OSError as error:
            logger.warning("no desk: %s", why_closed(current, error))
            url = ""
        yield url


def why_closed(current: Config, error: OSError) -> str:
    """Why `open_desk` could not open it, and the remedy, in one line."""
    if error.filename:
        return f"{error.filename}, which holds its secret, cannot be used ({error.strerror}): remove it"
    remedy = "axiswatch serve or another review may keep the desk open; else change [desk] port"
    return f"127.0.0.1:{current.desk.port} is taken ({error.strerror}): {remedy}"


class _TimedConnection(H11Protocol):
    """A connection of uvicorn's with an end: uvicorn waits for ever for a request that does not come."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._end = self.loop.call_later(REQUEST_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        if self.cycle is None or self.cycle.more_body:
            self.transport.abort()
        else:
            self._end = self.loop.call_later(ANSWER_SECONDS, self.transport.abort)


def _server(application: Guard) -> uvicorn.Server:
    """Whatever the environment and other packages would change is said here: no log of addresses, no web sockets, no
    headers of proxies believed."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            loop="asyncio",
            http=_TimedConnection,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            headers=[("Server", "axiswatch")],
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=MOST_BYTES,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    )

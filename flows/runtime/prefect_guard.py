"""The process of our own Prefect server: Prefect's application behind a guard against pages and programs of others.

Whoever may write to Prefect's API can make it run any command. So `flows.runtime.prefect_server` starts this with a
login that only it and its flows know, and the guard refuses what the login does not cover: the pages and probes that
answer without one, requests that a web page of another origin sends, and requests under a name that a stranger has
made to point at this machine (DNS rebinding).
"""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

ADDRESS = "127.0.0.1"
"""The one name that is answered to: Prefect's pages ask their API under it, and from another name they could not."""
OWN_SITES = (b"same-origin", b"none")
"""Sec-Fetch-Site of a request that our own page sends, or that a person makes by typing the address."""


class Guard:
    """An ASGI application that lets through only requests which name this server as itself and come from no other
    site: HTTP and web sockets alike."""

    def __init__(self, application: Application, port: int) -> None:
        self._application = application
        self._host = f"{ADDRESS}:{port}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to strangers, pass everyone else on."""
        if scope["type"] == "http" and not self._is_own(scope):
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"refused; open http://%s/ itself\n" % self._host})
        elif scope["type"] == "websocket" and not self._is_own(scope):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._application(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        given: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            given.setdefault(name.lower(), []).append(value.lower())
        origins = given.get(b"origin", [])
        if given.get(b"host") != [self._host] or not set(origins) <= {b"http://" + self._host}:
            return False
        # A page of another site may be left for ours by a click; it may neither load nor frame anything from here.
        is_click = given.get(b"sec-fetch-dest") == [b"document"] and scope.get("method") == "GET"
        return is_click or set(given.get(b"sec-fetch-site", [])) <= set(OWN_SITES)


def follow_parent() -> None:
    """End this process when the one that started it ends, whatever ends that: its end of our stdin closes."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Serve Prefect's API on the listening socket whose descriptor is the first argument."""
    follow_parent()
    # What is imported lives as long as the server: to look through it for cycles takes a seventh of the time to start.
    gc.disable()
    import uvicorn
    from prefect.server.api.server import create_app

    listener = socket.socket(fileno=int(sys.argv[1]))
    guarded = Guard(create_app(), listener.getsockname()[1])
    gc.freeze()
    gc.enable()
    uvicorn.Server(uvicorn.Config(guarded, log_level="error")).run(sockets=[listener])


if __name__ == "__main__":
    main()

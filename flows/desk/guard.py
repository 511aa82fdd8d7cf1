"""Who is let in to the desk: requests under a name of its own (against DNS rebinding), without a large body. What was
answered is logged without the address, which holds tokens."""

from __future__ import annotations

import logging
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.desk.responses import problem
from flows.digest import follow_links, unsubscribe_links

logger = logging.getLogger(__name__)

PUBLIC = tuple(f"/{each.PATH}/" for each in (follow_links, unsubscribe_links))
"""Where all the world is answered, under the public name."""
MOST_BYTES = 16_384
"""Of a head, and of a body. What is asked stands in the address; a mail program that unsubscribes sends 26 bytes."""


class Guard:
    """An ASGI application before that of the pages."""

    def __init__(self, application: ASGIApp, hosts: frozenset[str], public: str = "") -> None:
        """``hosts``: what may stand in Host. ``public``: the name under which all the world reaches the desk, where
        it answers at links to unsubscribe and to follow by and nowhere else."""
        self._application = application
        self._hosts = hosts - {""}
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and log in one line what was answered; an error that nobody foresaw is logged and stops nothing."""
        status = 0

        async def told(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            answer = self._refused(scope) or await _body_refused(scope, receive) or self._application
            await answer(scope, receive, told)
        except ClientDisconnect:
            logger.debug("a visitor left in the middle of a request")
        except Exception as error:
            logger.error("the desk is broken: %s: %s", type(error).__name__, error)
            logger.debug("where", exc_info=True)
        logger.info("%s %s: %d", scope["method"], _page_of(scope), status)

    def _refused(self, scope: Scope) -> Response | None:
        told = dict(scope["headers"])
        host = told.get(b"host", b"").decode("latin-1").lower()
        is_public = host != "" and host == self._public and scope["path"].startswith(PUBLIC)
        if host not in self._hosts and not is_public:
            words = "The desk answers under its own address alone."
            return problem(HTTPStatus.MISDIRECTED_REQUEST, "Not here", words)
        if len(scope["query_string"]) + sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_BYTES:
            return problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Too much", "The desk takes no such head.")
        length = told.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return _too_much()
        return None


async def _body_refused(scope: Scope, receive: Receive) -> Response | None:
    """Read the body of a POST, which says nothing that is not in the address: who is still sending when the connection
    ends may never see the answer. Raises ClientDisconnect where it does not come to its end."""
    size = 0
    if scope["method"] == "POST":
        async for piece in Request(scope, receive).stream():
            size += len(piece)
            if size > MOST_BYTES:
                return _too_much()
    return None


def _too_much() -> Response:
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Too much", "The desk takes no such body.")


def plain_host(address: str) -> str:
    """Host as browsers write it for that address: in lower case, without the default port of the scheme."""
    named = urlsplit(address)
    return named.netloc.lower().removesuffix({"http": ":80", "https": ":443"}.get(named.scheme, ""))


def _page_of(scope: Scope) -> str:
    return getattr(scope.get("endpoint"), "__name__", "nothing")

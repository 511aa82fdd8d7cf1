"""Connections of aiohttp that read what servers send instead of what they should send."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, cast

from aiohttp import ClientError, TCPConnector
from aiohttp.client_proto import ResponseHandler

from flows.feeds.http.response_head import end_of_head, mended

MAX_HEAD = 256 * 1024
"""Bytes of status line and headers that are read; browsers stop there, too."""


class HeadTooLargeError(ClientError):
    """A head that is larger than ``MAX_HEAD``."""

    def __init__(self) -> None:
        super().__init__(f"its headers are larger than {MAX_HEAD // 1024} KB")


class LenientHandler(ResponseHandler):
    """Hands aiohttp's parser each head as a whole and mended, and no byte of body beyond the length that it tells."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self._in_head = True
        self._head = b""
        self._left: int | None = None

    def set_response_params(self, **params: Any) -> None:
        """Called before each answer."""
        # First: what came before the request was sent is handed to `data_received` within.
        self._in_head, self._head, self._left = True, b"", None
        super().set_response_params(**params)

    def data_received(self, data: bytes) -> None:
        """Bytes from the socket."""
        if not data or self._parser is None:
            super().data_received(data)
        elif self._in_head:
            self._more_of_head(data)
        else:
            self._more_of_body(data)

    def set_exception(self, exc: BaseException, *cause: BaseException) -> None:
        """The end of the answer, also for who reads its body: aiohttp lets that wait until its time is over."""
        super().set_exception(exc, *cause)
        body = self._payload
        if body is not None and not body.is_eof() and body.exception() is None:
            body.set_exception(exc)

    def _more_of_head(self, data: bytes) -> None:
        searched = len(self._head)
        self._head += data
        if not self._head.startswith(b"HTTP/"[: len(self._head)]):
            self._in_head = False  # No HTTP at all: the parser has words for it.
            return super().data_received(self._head)
        end = end_of_head(self._head, searched)
        if end < 0 and len(self._head) <= MAX_HEAD:
            return None
        if not 0 < end <= MAX_HEAD:
            return self._refuse(HeadTooLargeError())
        return self._whole_head(end)

    def _whole_head(self, end: int) -> None:
        head, rest = mended(self._head[:end]), self._head[end:]
        self._head = b""
        # An answer that only announces another one is followed by that one's head.
        self._in_head = 100 <= head.status < 200 and head.status != 101
        self._left = None if self._in_head else head.length
        super().data_received(head.data)
        if rest:
            self.data_received(rest)

    def _more_of_body(self, data: bytes) -> None:
        if self._left is not None:
            if len(data) > self._left:
                self.force_close()  # What follows belongs to no answer that was asked for.
            data = data[: self._left]
            self._left -= len(data)
        if data:
            super().data_received(data)

    def _refuse(self, error: ClientError) -> None:
        if self.transport is not None:
            self.transport.close()
        self.set_exception(error)


class LenientConnector(TCPConnector):
    """A connector whose connections are lenient."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # aiohttp has no other way to name the class of its connections.
        self._factory = cast("partial[ResponseHandler]", partial(LenientHandler, loop=self._loop))

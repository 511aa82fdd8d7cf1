"""A site that takes posts as it is told to: with a status, headers, after a while, or without any answer."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from types import TracebackType
from typing import Any

from tests.support.served import Served


@dataclass(frozen=True)
class Answer:
    """What is answered: ``status`` (None: the line is cut) after so many seconds, with headers and a body."""

    status: int | None = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0
    body: bytes = b"ok"


@dataclass(frozen=True)
class Post:
    """What came: where to, with which headers (small letters), which body."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class HookSite(Served):
    """A context manager. ``answers`` are given in their order, then 200; ``posts`` is what came. ``slow``: so many
    seconds pass before and after each post is taken, so that a kill falls in between."""

    def __init__(self, *answers: Answer, slow: float = 0) -> None:
        self.answers = list(answers)
        self.posts: list[Post] = []
        self._closing = Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                time.sleep(slow)
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = site.answers.pop(0) if site.answers else Answer()
                site.posts.append(Post(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                site._closing.wait(answer.seconds or slow)
                if answer.status is not None:
                    self._say(answer)

            def _say(self, answer: Answer) -> None:
                try:
                    self.send_response(answer.status or 0)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(answer.body)))
                    self.end_headers()
                    self.wfile.write(answer.body)
                except OSError:
                    return  # whoever posted was killed, or waits no longer

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def secret(self) -> str:
        """An address on it that looks like a secret."""
        return self.url("/services/T0/s3cr3t")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        super().__exit__(kind, error, trace)

"""A third way of delivery, and the site that it delivers to: each copy is posted to it as plain text.

``python -m tests.support.web_way CONFIG ADDRESS MOMENT`` delivers what waits at that moment, in a process that a test
can kill.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Self
from urllib.parse import urlsplit

from db.records import Delivery
from flows.config.settings import DeliverySettings, RecipientSettings
from flows.digest.delivery.known_ways import WAYS
from flows.digest.delivery.way import Batch, Claim, HandOver, SendResult
from flows.digest.dispatch import deliver_waiting
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at

ROOT = Path(__file__).parents[2]


class WebWay:
    """The way "web"."""

    name = "web"

    def __init__(self, address: str) -> None:
        self._address = address

    def missing(self, settings: DeliverySettings) -> str:  # noqa: ARG002 - the protocol asks for it
        """An address, where there is none."""
        return "" if self._address else "needs an address; give it one"

    @contextmanager
    def opened(self, batch: Batch) -> Iterator[HandOver]:
        """A connection for each copy."""

        def hand(reader: RecipientSettings, delivery: Delivery, claim: Claim) -> SendResult | None:
            content = batch.text(reader).encode()
            return post(self._address, delivery, content) if claim() else None

        yield hand


def post(address: str, delivery: Delivery, content: bytes) -> SendResult:
    """Post one copy. A 5xx is tried again, another answer than 2xx is not; without an answer nobody knows."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"X-Recipient": delivery.recipient, "X-Message-ID": delivery.message_id}
    try:
        connection.connect()
    except OSError as error:
        return SendResult("deferred", f"cannot reach {address}: {error}", tried=False)
    try:
        connection.request("POST", "/", content, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return SendResult("deferred", f"no answer: {error}", unsure=True)
    finally:
        connection.close()
    return SendResult("accepted" if status < 300 else "deferred" if status >= 500 else "refused", str(status))


@dataclass(frozen=True)
class Posted:
    """One copy that came."""

    recipient: str
    message_id: str
    text: str


class WebInbox:
    """A context manager: the site. ``answers`` are given in their order, then 200; None holds the line until
    ``let_go`` is set and then cuts it without an answer. ``posted`` is what came, whatever was answered."""

    def __init__(self, *answers: int | None) -> None:
        self.answers = list(answers)
        self.posted: list[Posted] = []
        self.let_go = Event()
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                answer = inbox.answers.pop(0) if inbox.answers else 200
                inbox.posted.append(Posted(self.headers["X-Recipient"], self.headers["X-Message-ID"], text))
                if answer is None:
                    inbox.let_go.wait(60)
                    return
                self.send_response(answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()


def started(config: Path, address: str, moment: datetime) -> subprocess.Popen[bytes]:
    """A process of its own that delivers what waits at that moment."""
    call = [sys.executable, "-m", "tests.support.web_way", str(config), address, moment.isoformat()]
    return subprocess.Popen(call, cwd=ROOT)


def main() -> None:
    """Deliver what waits, with the third way among those known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config")
    parser.add_argument("address")
    parser.add_argument("moment")
    given = parser.parse_args()
    way = WebWay(given.address)
    WAYS[way.name] = way
    deliver_waiting(config_at(given.config), Clock(given.moment), "")


if __name__ == "__main__":
    main()

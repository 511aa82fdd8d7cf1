"""The outside world of the soak: a site with feeds, a mail server and a receiver of posts. Each can go down."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session

from flows.sample.formats import SampleEntry, SampleOutlet, address, render
from flows.sample.site import Site, SiteResponse, read_entries
from tests.soak.clock import MovedClock
from tests.support.mail_server import OnAnyPort, Postbox

FEEDS = 6
EVERY = timedelta(minutes=30)
"""Between two entries of a feed."""
LISTED = timedelta(days=3)
"""How far back a feed lists: longer than any outage of the soak, so that nothing may be lost."""
SILENCE_SECONDS = 60.0
"""How long a silent site keeps whoever asks waiting: longer than axiswatch waits."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class CanGoDown(Protocol):
    """Something that listens until it is taken down."""

    def up(self) -> None: ...

    def down(self) -> None: ...


@contextmanager
def down(part: CanGoDown) -> Iterator[None]:
    """Within the block it refuses connections."""
    part.down()
    try:
        yield
    finally:
        part.up()


class FeedSite(Site):
    """Feeds at ``/0`` to ``/5``, each with a new entry every half of an hour by the soak's clock since ``start``."""

    def __init__(self, clock: MovedClock, start: datetime) -> None:
        super().__init__(free_port())
        self._clock, self._start = clock, start
        self._texts = [entry for entry in read_entries() if entry.title.isascii()]
        self.wait_seconds = 0.0
        """How long each answer takes."""
        self.asked = 0

    def up(self) -> None:
        """Listen."""
        self.__enter__()

    def down(self) -> None:
        """Refuse connections."""
        self.__exit__(None, None, None)

    def urls(self) -> list[str]:
        """The addresses of the feeds."""
        return [f"http://127.0.0.1:{self._port}/{number}" for number in range(FEEDS)]

    def answer(self, path: str) -> SiteResponse:
        """The feed as it stands now."""
        self.asked += 1
        outlet = _outlet(int(path.strip("/")))
        shown = list(self._entries(outlet, self._clock.now() - LISTED, self._clock.now()))[::-1]
        return SiteResponse(200, render(outlet, shown), "application/rss+xml", wait_seconds=self.wait_seconds)

    def links(self, until: datetime) -> set[str]:
        """The addresses of all entries that were published before that moment."""
        outlets = map(_outlet, range(FEEDS))
        return {address(each, entry) for each in outlets for entry in self._entries(each, self._start, until)}

    def _entries(self, outlet: SampleOutlet, since: datetime, until: datetime) -> Iterator[SampleEntry]:
        feed = int(outlet.key)
        for number in itertools.count(max(0, (since - self._start) // EVERY)):
            published = self._start + number * EVERY
            if published >= until:
                return
            text = self._texts[(number * FEEDS + feed) % len(self._texts)]
            path = f"/{number}"
            yield SampleEntry(outlet.key, published, text.title, text.summary, path, "", "", text.relevant)


def _outlet(number: int) -> SampleOutlet:
    domain = f"outlet-{number}.example"
    return SampleOutlet(str(number), f"Outlet {number}", domain, "en", "", "media", "", "rss2", "utf-8", "")


@dataclass(frozen=True)
class Arrived:
    """A mail or a post: where to, when by the soak's clock, and what."""

    to: str
    at: datetime
    body: bytes


class StampedPostbox(Postbox):
    """One that notes when each mail came."""

    def __init__(self, clock: MovedClock) -> None:
        super().__init__()
        self.arrived: list[Arrived] = []
        self._clock = clock

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail."""
        reply = await super().handle_DATA(server, session, envelope)
        recipient, mail = self.mails[-1]
        self.arrived.append(Arrived(recipient, self._clock.now(), mail))
        return reply


class MailServer:
    """An SMTP server on a port of its own; what ``arrived`` is kept through every outage."""

    def __init__(self, clock: MovedClock) -> None:
        self.postbox, self.port = StampedPostbox(clock), free_port()
        self._controller: OnAnyPort | None = None

    def to(self, address: str) -> list[Arrived]:
        """What came for that address."""
        return [each for each in self.postbox.arrived if each.to == address]

    def up(self) -> None:
        """Listen."""
        self._controller = OnAnyPort(self.postbox, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def down(self) -> None:
        """Refuse connections."""
        assert self._controller is not None
        self._controller.stop()


class Receiver:
    """Takes posts and gets (a ping is either) on a port of its own, and keeps what ``arrived``."""

    def __init__(self, clock: MovedClock) -> None:
        self.arrived: list[Arrived] = []
        self.port = free_port()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                receiver.arrived.append(Arrived(self.path, clock.now(), body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                return

        self._handler = Handler

    def url(self, path: str) -> str:
        """The address of a path on it."""
        return f"http://127.0.0.1:{self.port}{path}"

    def at(self, path: str) -> list[Arrived]:
        """What came there."""
        return [each for each in self.arrived if each.to == path]

    def up(self) -> None:
        """Listen."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def down(self) -> None:
        """Refuse connections."""
        self._server.shutdown()
        self._server.server_close()

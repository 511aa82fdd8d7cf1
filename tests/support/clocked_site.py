"""A feed site that a test scripts, with a clock that the test sets: what was asked is told to each script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.served import Served

START = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """One request: when by the site's clock, how many of that path came before, and its headers (lower case)."""

    at: datetime
    number: int
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Script = Callable[[Asked], Reply]


class ClockedSite(Served):
    """A context manager. ``scripts`` answer by path; ``log`` holds what was asked of each."""

    def __init__(self, scripts: Mapping[str, Script], host: str = "127.0.0.1", now: datetime = START) -> None:
        self.scripts = dict(scripts)
        self.now = now
        self.log: dict[str, list[Asked]] = {path: [] for path in scripts}
        self._host = host
        self._server = ThreadingHTTPServer((host, 0), self._handler())

    def url(self, path: str = "/") -> str:
        """The address of a script."""
        return f"http://{self._host}:{self.port}{path}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                log = site.log.setdefault(self.path, [])
                asked = Asked(site.now, len(log), {name.lower(): value for name, value in self.headers.items()})
                log.append(asked)
                script = site.scripts.get(self.path)
                reply = Reply(status=404) if script is None else script(asked)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                return

        return Handler


def rss(*titles: str, day: str = "Sat, 21 Nov 2026 10:00:00 GMT", head: str = "") -> bytes:
    """A feed of entries with these titles, each with a link and a guid of its own made from its first word."""
    elements = "".join(
        f"<item><title>{title}</title><link>https://quay.example/{title.split()[0]}</link>"
        f"<guid>{title.split()[0]}</guid><pubDate>{day}</pubDate></item>"
        for title in titles
    )
    syndication = "http://purl.org/rss/1.0/modules/syndication/"
    return f"<rss version='2.0' xmlns:sy='{syndication}'><channel>{head}{elements}</channel></rss>".encode()


def validated(asked: Asked, body: bytes, **headers: str) -> Reply:
    """The body or a 304, as the validators that were sent demand."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = (asked.headers.get("if-none-match"), asked.headers.get("if-modified-since"))
    is_same = any(value and value in names.values() for value in sent)
    return Reply(status=304, headers=names) if is_same else Reply(body, headers=names)

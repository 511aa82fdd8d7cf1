"""Real HTTP sites on loopback: the sample's outlets with their faults, or the files of any folder."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import quote, unquote

from classifiers.text.toml_text import decoded, read_toml
from classifiers.topics.active import active
from classifiers.topics.read import TopicError
from db.records import FeedKind, FeedSpec
from flows.sample.formats import MEDIA_TYPES, SampleEntry, SampleOutlet, render

FOLDER, OUTLETS, ENTRIES = "sample", "outlets.toml", "entries.jsonl"
SLOW_SECONDS = 1.0
"""How long the slow outlet keeps its reader waiting."""


@dataclass(frozen=True, slots=True)
class SiteResponse:
    """What a site says to one GET."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    location: str = ""
    wait_seconds: float = 0.0


class Site:
    """A context manager that serves `answer` on a loopback port (0: any free one)."""

    def __init__(self, port: int = 0) -> None:
        self._port = port

    def answer(self, path: str) -> SiteResponse:
        """The answer to a GET of the path."""
        raise NotImplementedError

    @property
    def root(self) -> str:
        """The address of the site, without a slash at the end; known once it is entered."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", self._port), _SiteHandler)
        self._server.site = self
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class SampleSite(Site):
    """The sample's outlets as they stand at ``now`` (aware): entries published later do not show. Set ``now`` to
    move on."""

    def __init__(self, now: datetime, port: int = 0) -> None:
        super().__init__(port)
        self.now = now
        self._outlets = {outlet.key: outlet for outlet in read_outlets()}
        self._entries = read_entries()

    def feeds(self) -> list[FeedSpec]:
        """A feed for each outlet, the one that answers 404 included."""
        return [
            FeedSpec(
                url=f"{self.root}/feeds/{outlet.key}",
                outlet=outlet.name,
                country=outlet.country,
                language=outlet.language,
                kind=cast(FeedKind, outlet.kind),
                topic=outlet.topic,
            )
            for outlet in self._outlets.values()
        ]

    def answer(self, path: str) -> SiteResponse:
        """The outlet's feed at ``/feeds/KEY``, or what its fault puts in its place."""
        folder, _, key = path.strip("/").partition("/")
        outlet = self._outlets.get(key)
        if outlet is None or folder not in ("feeds", "moved") or outlet.quirk == "missing":
            return SiteResponse(404, b"there is no such feed here\n")
        if outlet.quirk == "redirect" and folder == "feeds":
            return SiteResponse(301, location=f"/moved/{key}")
        shown = [entry for entry in self._entries if entry.outlet == key and entry.published <= self.now]
        wait = SLOW_SECONDS if outlet.quirk == "slow" else 0.0
        return SiteResponse(200, render(outlet, shown), MEDIA_TYPES[outlet.format], wait_seconds=wait)


class FolderSite(Site):
    """Every file of a folder, as it is, under its name."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__(port)
        self._files = {file.name: file for file in sorted(folder.iterdir()) if file.is_file()}

    def feeds(self) -> list[FeedSpec]:
        """A feed for each file, in the order of their names; the outlet is the name without its ending."""
        return [
            FeedSpec(url=f"{self.root}/{quote(name)}", outlet=Path(name).stem)
            for name in self._files
            if not name.startswith(".")
        ]

    def answer(self, path: str) -> SiteResponse:
        """The file of that name."""
        file = self._files.get(unquote(path.strip("/")))
        if file is None:
            return SiteResponse(404, b"there is no such file here\n")
        return SiteResponse(200, file.read_bytes(), "application/xml")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a reader may hang up when it likes."""


class _SiteHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        answer = cast(_Server, self.server).site.answer(self.path.partition("?")[0])
        time.sleep(answer.wait_seconds)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the reader of the site tells what it read."""


def read_outlets() -> list[SampleOutlet]:
    """The outlets of the topic's sample, in the file's order. Raises TopicError where the topic has no sample."""
    file = active().folder / FOLDER / OUTLETS
    if not file.is_file():
        raise TopicError(f"the topic {active().id!r} has no sample ({file}); give the demo a folder with --site")
    tables = read_toml(file)["outlet"]
    return [SampleOutlet(language=table.pop("lang"), **table) for table in tables]


def read_entries() -> list[SampleEntry]:
    """The entries of the topic's sample, newest first."""
    lines = decoded((active().folder / FOLDER / ENTRIES).read_bytes()).splitlines()
    entries = [_entry(json.loads(line)) for line in lines if line.strip()]
    return sorted(entries, key=lambda entry: (entry.published, entry.path), reverse=True)


def last_day() -> datetime:
    """Midnight of the day of the sample's newest entry."""
    return read_entries()[0].published.replace(hour=0, minute=0, second=0, microsecond=0)


def _entry(row: dict[str, Any]) -> SampleEntry:
    return SampleEntry(
        outlet=row["outlet"],
        published=datetime.fromisoformat(row["published"]),
        title=row["title"],
        summary=row["summary"],
        path=row["path"],
        author=row["author"],
        story=row["story"],
        relevant=row["relevant"],
    )

"""A desk that answers over real HTTP, on a store with a few judged entries."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from db import labels, scores
from db.connect import open_store
from db.records import Label
from flows.config.settings import Config
from flows.desk.server import Desk, open_desk
from flows.digest.judge_links import path_of, token
from tests.support.store_records import new_entry, score, stored, version

HOSTILE = '"><script>alert(1)</script>\r\nSet-Cookie: a=b <img src=x onerror=alert(1)> \u202egnp.exe {{ 7*7 }}'
TITLES = ("Near the line", HOSTILE, "러시아와 북한의 협력", "کمک ایران به روسیه", "Ruled out")


@dataclass
class Received:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    page: str


@dataclass
class DeskSite:
    """The desk and its visitor."""

    desk: Desk
    current: Config

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Received:
        """One request; ``headers`` with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.desk.server_port, timeout=10)
        with closing(connection):
            named = {key.replace("_", "-"): value for key, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Received(answer.status, answer.headers, answer.read().decode())

    def path(self, entry: int, verdict: str, edition: str = "2026-11-21") -> str:
        """The address of a judgement, as a mail holds it."""
        return "/" + path_of(edition, entry, verdict, token(self.desk.secret, edition, entry, verdict))

    def labels(self) -> list[Label]:
        """Every newest label, by entry."""
        with closing(open_store(self.current.store.path)) as store:
            found = labels.newest_of(store, range(1, len(TITLES) + 1))
            return [found[entry] for entry in sorted(found)]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def filled(folder: Path, **desk: object) -> Config:
    """A config, and its store: two entries in the review band, two flagged, one ruled out."""
    settings = {"store": {"path": folder / "watch.db"}, "desk": {"port": free_port(), **desk}}
    current = Config.model_validate(settings)
    with closing(open_store(current.store.path)) as store:
        version(store)
        batch = [
            new_entry(str(number), title=title, summary=f"Summary {title}", link=f"https://news.example/{number}")
            for number, title in enumerate(TITLES)
        ]
        found = stored(store, *batch)
        told = [
            score(found[0], probability=0.55, flagged=False, review=True),
            score(found[1], probability=0.5, flagged=False, review=True),
            score(found[2], probability=0.97, language="ko"),
            score(found[3], probability=0.66, language="fa"),
            score(found[4], probability=0.05, flagged=False),
        ]
        scores.append(store, told)
    return current


@pytest.fixture
def site(tmp_path: Path) -> Iterator[DeskSite]:
    """The desk, open."""
    current = filled(tmp_path)
    with open_desk(current) as desk:
        yield DeskSite(desk, current)

"""A pass in which nothing changed, beside bare httpx: ``python -m tests.benchmarks.bench_unchanged FOLDER``.

FOLDER's captures are served over and over on loopback, from a process of its own, with an ETag, until there are 300
feeds. Bare httpx sends the same conditional requests, as many at once, and does nothing with the 304s. The two take
turns; the best of five of each counts.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Coroutine
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx

from db import feeds, fetches
from db.connect import open_store
from db.records import FeedSpec
from flows.config.settings import FetchSettings
from flows.feeds.pipeline import read_feeds

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
SETTINGS = FetchSettings(allow_private=True, per_host=24, concurrency=24)
ROUNDS = 5


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, bodies: list[bytes]) -> None:
    while True:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            break
        number = int(request.split(b" ", 2)[1].strip(b"/"))
        tag = b'"%d"' % number
        if b"if-none-match: " + tag in request.lower():
            writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % tag)
        else:
            body = bodies[number % len(bodies)]
            writer.write(b"HTTP/1.1 200 OK\r\nETag: %s\r\nContent-Length: %d\r\n\r\n" % (tag, len(body)) + body)
        await writer.drain()
    writer.close()


def serve_unchanged(folder: Path, pipe: Connection) -> None:
    bodies = [file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix != ".tsv"]

    async def run() -> None:
        server = await asyncio.start_server(lambda r, w: _answer(r, w, bodies), "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


async def bare(urls: list[str]) -> None:
    """Conditional requests by plain httpx."""
    slots = asyncio.Semaphore(SETTINGS.concurrency)
    async with httpx.AsyncClient() as client:

        async def get(number: int, url: str) -> None:
            async with slots:
                response = await client.get(url, headers={"If-None-Match": f'"{number}"'})
                assert response.status_code == 304

        await asyncio.gather(*(get(number, url) for number, url in enumerate(urls)))


def seconds(work: Coroutine[Any, Any, None]) -> float:
    """Wall seconds."""
    begun = time.perf_counter()
    asyncio.run(work)
    return time.perf_counter() - begun


def measured(path: Path, subscribed: list[int], urls: list[str]) -> tuple[list[float], list[float]]:
    """Seconds of each round: bare, ours."""
    theirs, ours = [], []
    for number in range(ROUNDS):
        theirs.append(seconds(bare(urls)))
        now = NOW + timedelta(minutes=20 * number)
        ours.append(seconds(read_feeds(path, subscribed, SETTINGS, f"again {number}", now)))
    return theirs, ours


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--feeds", type=int, default=300)
    arguments = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve_unchanged, args=(arguments.folder, there), daemon=True)
    server.start()
    root = f"http://127.0.0.1:{here.recv()}"
    urls = [f"{root}/{number}" for number in range(arguments.feeds)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with closing(open_store(path)) as store:
            subscribed = [feed.id for feed in feeds.subscribe(store, [FeedSpec(url, url) for url in urls], NOW)]
        asyncio.run(read_feeds(path, subscribed, SETTINGS, "cold", NOW))
        with closing(open_store(path)) as store:
            sound = {fetch.feed_id for _, fetch in fetches.of_run(store, "cold") if fetch.outcome == "ok"}
        kept = [feed_id for feed_id in subscribed if feed_id in sound]
        theirs, ours = measured(path, kept, urls[: len(kept)])
        with closing(open_store(path)) as store:
            assert fetches.coverage_of_run(store, "again 4").unchanged == len(kept)
    server.terminate()
    print(f"{len(kept)} feeds, nothing changed: ours {min(ours):.3f} s, bare httpx {min(theirs):.3f} s,")
    print(f"ratio {min(ours) / min(theirs):.2f}")


if __name__ == "__main__":
    main()

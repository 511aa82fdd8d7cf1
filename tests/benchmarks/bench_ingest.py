"""A cold ingest of N feeds against its floor: ``python -m tests.benchmarks.bench_ingest FOLDER [--feeds 300]``.

FOLDER's captures are served over and over on loopback, from a process of its own, until there are N feeds. Copies of
one capture would be duplicates of each other, so the server gives each copy hosts of its own: in the bytes served,
every ``http(s)://host`` becomes ``http(s)://cNNN-host`` (the names of XML namespaces excepted).

The floor fetches the same bytes with httpx and parses them with plain ``feedparser.parse`` in one process, and stores
nothing. Ours is `read_feeds` into a new store, and then ``afterwards``: the scoring of what was stored.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import multiprocessing
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import feedparser
import httpx

from classifiers.relevance.champion import train_seed
from classifiers.relevance.registry import describe
from classifiers.tagging.scoring import score_batch
from classifiers.tagging.watchlist import read_watchlist
from db import entries, feeds, fetches, models, scores
from db.connect import open_store
from db.records import Coverage, FeedSpec
from flows.config.settings import FetchSettings
from flows.feeds.pipeline import read_feeds
from flows.sample.site import Site, SiteResponse

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
CONCURRENCY = 24
_HOST = re.compile(rb"""xmlns(?::[\w.-]+)?\s*=\s*["'][^"']*["']|(https?://)([A-Za-z0-9.-]+)""")


class CopySite(Site):
    """Feed number n at ``/n``: the captures in turn, each copy with hosts of its own."""

    def __init__(self, folder: Path, count: int) -> None:
        super().__init__()
        files = [file for file in sorted(folder.iterdir()) if file.is_file() and file.suffix != ".tsv"]
        bodies = [file.read_bytes() for file in files]
        self._bodies = [own_hosts(bodies[n % len(bodies)], n) for n in range(count)]

    def answer(self, path: str) -> SiteResponse:
        """The copy of that number."""
        return SiteResponse(200, self._bodies[int(path.strip("/"))], "application/xml")


def own_hosts(body: bytes, number: int) -> bytes:
    """The capture with every host prefixed by the copy's number, but for those of namespaces."""
    return _HOST.sub(lambda match: match[0] if match[1] is None else b"%sc%03d-%s" % (match[1], number, match[2]), body)


def serve(folder: Path, count: int, pipe: Connection) -> None:
    """A process's work: send the root of a `CopySite`, serve until anything comes back."""
    with CopySite(folder, count) as site:
        pipe.send(site.root)
        pipe.recv()


@dataclass(frozen=True, slots=True)
class Ingest:
    """Wall seconds of the ingest and of what followed it, and what it brought."""

    ingest_seconds: float
    afterwards_seconds: float
    coverage: Coverage
    stored: int

    @property
    def seconds(self) -> float:
        """Of both."""
        return self.ingest_seconds + self.afterwards_seconds


@dataclass(frozen=True, slots=True)
class IngestMeasures:
    """Wall seconds and entries of the floor, and ours."""

    floor_seconds: float
    floor_entries: int
    ours: Ingest

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the floor."""
        return self.ours.seconds / self.floor_seconds


def measure(folder: Path, count: int, afterwards: Callable[[Path], None] | None = None) -> IngestMeasures:
    """Serve, take the floor, ingest, then call ``afterwards`` with the path of the store."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(folder, count, theirs), daemon=True)
    server.start()
    root = ours.recv()
    urls = [f"{root}/{number}" for number in range(count)]
    asyncio.run(_fetch_all(urls))  # once before, so that neither pays for cold caches
    began = time.perf_counter()
    floor_entries = floor(urls)
    floor_seconds = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as name:
        store_path = Path(name) / "bench.db"
        measured = ingest(store_path, urls, afterwards)
    ours.send("stop")
    server.join(5)
    return IngestMeasures(floor_seconds, floor_entries, measured)


def floor(urls: Sequence[str]) -> int:
    """Fetch everything with httpx, parse everything with feedparser, here. The number of entries."""
    bodies = asyncio.run(_fetch_all(urls))
    return sum(len(feedparser.parse(io.BytesIO(body)).entries) for body in bodies)


async def _fetch_all(urls: Sequence[str]) -> list[bytes]:
    slots = asyncio.Semaphore(CONCURRENCY)
    async with httpx.AsyncClient() as client:

        async def body(url: str) -> bytes:
            async with slots:
                return (await client.get(url)).content

        return list(await asyncio.gather(*(body(url) for url in urls)))


def ingest(store_path: Path, urls: Sequence[str], afterwards: Callable[[Path], None] | None) -> Ingest:
    """Read the feeds into a new store, then call ``afterwards`` with its path."""
    store = open_store(store_path)
    subscribed = [feed.id for feed in feeds.subscribe(store, [FeedSpec(url, f"outlet {url}") for url in urls], NOW)]
    settings = FetchSettings(concurrency=CONCURRENCY, per_host=CONCURRENCY, allow_private=True)
    began = time.perf_counter()
    asyncio.run(read_feeds(store_path, subscribed, settings, "bench", NOW))
    read = time.perf_counter()
    if afterwards is not None:
        afterwards(store_path)
    ended = time.perf_counter()
    return Ingest(read - began, ended - read, fetches.coverage_of_run(store, "bench"), store["entries"].count)


def scoring() -> Callable[[Path], None]:
    """Score what waits in a store, by a model trained beforehand: its first training belongs to no ingest."""
    trained, watchlist = train_seed(0.95), read_watchlist()

    def score(store_path: Path) -> None:
        store = open_store(store_path)
        models.insert(store, describe(trained, NOW))
        for batch in entries.unscored(store, 1000):
            scores.append(store, score_batch(trained.model, batch, NOW, watchlist))
        store.close()

    return score


def main() -> None:
    """Print the walls and their ratio."""
    parser = argparse.ArgumentParser(description="A cold ingest against its floor.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--feeds", type=int, default=300)
    arguments = parser.parse_args()
    told = measure(arguments.folder, arguments.feeds, scoring())
    ours, coverage = told.ours, told.ours.coverage
    print(f"floor   {told.floor_seconds:6.2f} s  {told.floor_entries} entries parsed, none stored")
    print(f"ingest  {ours.ingest_seconds:6.2f} s  {ours.stored} entries stored; {coverage.seen} seen,", end=" ")
    print(f"{coverage.duplicate} duplicate, {coverage.rejected} rejected; {coverage.failed} feeds failed")
    print(f"scoring {ours.afterwards_seconds:6.2f} s")
    print(f"ratio   {told.ratio:6.2f}  (ingest and scoring, over floor)")


if __name__ == "__main__":
    main()

"""Worker processes that parse, so that every core is used and hostile bytes cannot hurt the run.

Not concurrent.futures: there one dead worker breaks the whole pool, nobody learns which document killed it, workers
outlive a killed parent, and each imports the parent's main module (all of Prefect) before its first document.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from datetime import datetime
from types import TracebackType
from typing import Self

from flows.config.settings import FetchSettings
from flows.feeds.parsing.records import FeedResponse, ParsedFeed
from flows.feeds.parsing.worker import Job
from flows.runtime.child_process import HEADER, command_of

GRACE_SECONDS = 10.0
"""On top of the time for a parse: starting a worker, sending and receiving. The worker's own timer comes first."""


class ParsePool:
    """Parses documents in worker processes. A context manager; at its end no worker is left."""

    def __init__(self, settings: FetchSettings, *, ahead: bool = True) -> None:
        """``ahead``: start the workers at once; else each is started by its first document, if one ever comes."""
        self._ahead = ahead
        self._seconds = settings.parse_seconds
        self._max_entries = settings.max_entries
        self._workers = [_Worker() for _ in range(settings.parse_workers or os.cpu_count() or 1)]
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()

    async def __aenter__(self) -> Self:
        for worker in self._workers:
            self._idle.put_nowait(worker)
        if self._ahead:  # They import while the first feeds are on their way.
            await asyncio.gather(*(worker.start() for worker in self._workers))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(worker.stop() for worker in self._workers))

    async def parse(self, response: FeedResponse, now: datetime, listed_url: str = "") -> ParsedFeed:
        """The entries of one document. A worker that dies or takes too long is a ParsedFeed with an error.

        ``listed_url`` is the address under which the feed is known, by default the one that was asked for.
        """
        url = response.final_url or response.url
        known_as = listed_url or response.url
        job = Job(response.body, response.content_type, url, now, self._max_entries, self._seconds, known_as)
        worker = await self._idle.get()
        try:
            async with asyncio.timeout(self._seconds + GRACE_SECONDS):
                return await worker.parse(job)
        except TimeoutError:
            return ParsedFeed(error=self._too_long())
        except WorkerDiedError as death:
            return ParsedFeed(error=self._too_long() if death.code == -signal.SIGALRM else str(death))
        finally:
            self._idle.put_nowait(worker)

    def _too_long(self) -> str:
        return f"parsing took longer than {self._seconds:g} s"


class WorkerDiedError(Exception):
    """A worker ended in the middle of a document; ``code`` is its exit code, negative for a signal."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"the parser died of it (exit code {code})")


class _Worker:
    """One process, started when needed and again after a death. It does one job at a time."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._killed: list[Process] = []

    async def start(self) -> Process:
        """The running process."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *command_of("flows.feeds.parsing.worker"), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
        return self._process

    async def parse(self, job: Job) -> ParsedFeed:
        """Have one document parsed. Raises WorkerDiedError."""
        process = await self.start()
        try:
            return await _converse(process, job)
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await process.wait()
            raise WorkerDiedError(code) from None
        except BaseException:
            # Half a conversation cannot be taken up again, whatever broke it off.
            self._kill()
            raise

    async def stop(self) -> None:
        """Kill the process: nothing that it holds is worth waiting for."""
        self._kill()
        for process in self._killed:
            await process.wait()

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            self._killed.append(self._process)
        self._process = None


async def _converse(process: Process, job: Job) -> ParsedFeed:
    assert process.stdin is not None
    assert process.stdout is not None
    message = pickle.dumps(tuple(job), pickle.HIGHEST_PROTOCOL)
    process.stdin.writelines((HEADER.pack(len(message)), message))
    await process.stdin.drain()
    (length,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
    parsed: ParsedFeed = pickle.loads(await process.stdout.readexactly(length))  # noqa: S301 - from our own child
    return parsed

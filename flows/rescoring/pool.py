"""Worker processes that score, so that every core is used. One that dies is replaced, and its job is done again."""

from __future__ import annotations

import os
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from subprocess import PIPE, Popen
from types import TracebackType
from typing import BinaryIO, Self, cast

from flows.rescoring.worker import FAILED
from flows.runtime.child_process import command_of, read_message, write_message

TRIES = 3
"""Workers that a job may cost: the first may have been killed for want of memory, a third is no accident."""
AHEAD = 2
"""Jobs a worker that are under way or wait to be written."""


class WorkerError(Exception):
    """No worker can do a job; the message says which and how the last of them ended."""


class ScorePool:
    """Does jobs in worker processes. A context manager; at its end no worker is left."""

    def __init__(self, workers: int = 0) -> None:
        """``workers``: how many processes; 0: one for each core."""
        self._workers = [_Worker() for _ in range(workers or os.cpu_count() or 1)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._threads = ThreadPoolExecutor(len(self._workers), "score-pool")

    def __enter__(self) -> Self:
        for worker in self._workers:
            worker.start()  # what they import takes as long as the plan of what they are to do
            self._idle.put(worker)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()
        # A thread that waits for an answer sees the end of its worker's output, and may have started another.
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.stop()
            worker.close()

    def answers(self, jobs: Iterable[bytes]) -> Iterator[bytes]:
        """What comes of the jobs, in their order; so many are taken from ``jobs`` ahead as keep the workers busy.
        Raises WorkerError."""
        waiting: deque[Future[bytes]] = deque()
        for job in jobs:
            waiting.append(self._threads.submit(self._answer, job))
            if len(waiting) >= AHEAD * len(self._workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _answer(self, job: bytes) -> bytes:
        worker = self._idle.get()
        try:
            for _ in range(TRIES):
                if (answer := worker.ask(job)) is not None:
                    return _sound(answer)
            raise WorkerError(f"{TRIES} workers ended over the same entries, the last with exit code {worker.code}")
        finally:
            self._idle.put(worker)


def _sound(answer: bytes) -> bytes:
    """What came of the job. Raises WorkerError where something went wrong over it: it would again."""
    if answer[:1] == FAILED:
        raise WorkerError(f"entries could not be scored: {answer[1:].decode()}")
    return answer[1:]


class _Worker:
    """One process, started when needed and again after a death. It does one job at a time."""

    def __init__(self) -> None:
        self._process: Popen[bytes] | None = None
        self._is_stopped = False
        self.code: int | None = None

    def start(self) -> None:
        """Start the process, which gets ready meanwhile."""
        self._running()

    def ask(self, job: bytes) -> bytes | None:
        """What comes of the job; None where the process ended over it."""
        process = self._running()
        source, sink = cast(BinaryIO, process.stdout), cast(BinaryIO, process.stdin)
        try:
            write_message(sink, job)
            answer = read_message(source)
        except (BrokenPipeError, ConnectionError):
            answer = None
        if answer is None:
            self.code = process.wait()
            self.close()
        return answer

    def _running(self) -> Popen[bytes]:
        if self._is_stopped:
            raise WorkerError("the workers were told to stop")
        if self._process is None:
            self._process = subprocess.Popen(command_of("flows.rescoring.worker"), stdin=PIPE, stdout=PIPE)  # noqa: S603
        return self._process

    def stop(self) -> None:
        """Kill the process, and start no other: nothing that it holds is worth waiting for."""
        self._is_stopped = True
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """Give back the pipes of a process that has ended."""
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

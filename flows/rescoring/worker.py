"""A worker process: reads jobs from its standard input, does them, writes what came of them to its output."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress

from flows.rescoring.job import done
from flows.runtime.child_process import read_message, write_message

DONE, FAILED = b"+", b"-"
"""How an answer begins: before what came of the job, or before what went wrong in words."""


def serve() -> None:
    """Do what comes in until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides when we stop
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not stand between two messages.
    sys.stdout = sys.stderr
    with suppress(BrokenPipeError):  # whoever started us is gone
        while (job := read_message(source)) is not None:
            write_message(sink, _answer(job))


def _answer(job: bytes) -> bytes:
    try:
        return DONE + done(job)
    except Exception as error:
        return FAILED + f"{type(error).__name__}: {error}".encode()

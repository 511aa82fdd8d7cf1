"""A worker process: reads documents from its standard input, parses them, writes the entries to its output.

It ends when its input ends, so it never outlives the process that started it; and a parse that takes too long ends it
through a timer of the operating system, which fires even in the middle of a regular expression.
"""

from __future__ import annotations

import pickle
import resource
import signal
import sys
from datetime import datetime
from typing import NamedTuple

from classifiers.text.gc_pause import collector_paused
from flows.feeds.parsing.parse import parse_feed
from flows.runtime.child_process import read_message, write_message

MEMORY_BYTES = 3 * 1024**3


class Job(NamedTuple):
    """One document to parse: the arguments of `parse_feed` (``listed_url`` last), and the seconds that it may take."""

    body: bytes
    content_type: str
    url: str
    now: datetime
    max_entries: int
    seconds: float
    listed_url: str = ""


def serve() -> None:
    """Parse what comes in until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides when we stop
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (message := read_message(source)) is not None:
        job = Job(*pickle.loads(message))  # noqa: S301 - from our own parent process
        signal.setitimer(signal.ITIMER_REAL, job.seconds)
        with collector_paused():
            parsed = parse_feed(job.body, job.content_type, job.url, job.now, job.max_entries, job.listed_url)
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_message(sink, pickle.dumps(parsed, pickle.HIGHEST_PROTOCOL))

"""A feed that is sound, and the worker processes of a pool."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from flows.feeds.parsing.records import FeedResponse
from flows.feeds.parsing.worker_pool import ParsePool

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
GOOD = b"<rss version='2.0'><channel><item><title>Tugs</title></item></channel></rss>"


def response(body: bytes) -> FeedResponse:
    return FeedResponse("https://quay.example/f", "https://quay.example/f", 200, "text/xml", body, len(body), 1)


def children() -> list[int]:
    pids = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True, check=False).stdout
    return [int(pid) for pid in pids.split() if b"flows.feeds.parsing.worker" in command_of(int(pid))]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


async def titles(pool: ParsePool, body: bytes = GOOD) -> list[str]:
    return [entry.title for entry in (await pool.parse(response(body), NOW)).entries]

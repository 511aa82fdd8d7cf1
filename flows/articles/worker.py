"""Extraction in a process of its own for each page: hostile markup can exhaust or crash that process alone."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import asdict

from flows.articles.extract import PageText, page_text

MEMORY_BYTES = 2 * 1024**3
GRACE_SECONDS = 5
"""For the process to start, on top of the time for the page."""
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from flows.articles.worker import serve; serve()"


def serve() -> None:
    """Read a page from standard input (its type and address as JSON in the arguments), write its text as JSON."""
    content_type, url, seconds = json.loads(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    found = page_text(sys.stdin.buffer.read(), content_type, url)
    sys.stdout.write(json.dumps(asdict(found)))


async def extracted(body: bytes, content_type: str, url: str, seconds: float) -> PageText | str:
    """The text of a page, or why it could not be told, in a few words."""
    about = json.dumps([content_type, url, seconds])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _BOOT, json.dumps(sys.path), about, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        async with asyncio.timeout(seconds + GRACE_SECONDS):
            out, _ = await process.communicate(body)
    except TimeoutError:
        return f"its text was not found within {seconds:g} s"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return PageText(**json.loads(out)) if process.returncode == 0 else "its markup broke the extraction"

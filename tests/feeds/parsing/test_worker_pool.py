"""Worker processes that die, hang or are abandoned."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from flows.config.settings import FetchSettings
from flows.feeds.parsing.records import ParsedFeed
from flows.feeds.parsing.worker_pool import ParsePool
from tests.support.parse_pool import GOOD, NOW, children, command_of, response, titles

pytestmark = pytest.mark.alone

ONE_WORKER = FetchSettings(parse_workers=1)
# Many seconds of work for the parser that recovers what it can from broken markup.
ENDLESS = b"<rss><channel><a " + b"<a x='" * 1_500_000


async def test_a_worker_that_is_killed_fails_its_document_and_no_other() -> None:
    async with ParsePool(ONE_WORKER) as pool:
        doomed = asyncio.create_task(pool.parse(response(ENDLESS), NOW))
        waiting = [asyncio.create_task(titles(pool)) for _ in range(5)]
        await asyncio.sleep(0.7)
        (pid,) = children()
        os.kill(pid, signal.SIGKILL)
        assert await doomed == ParsedFeed(error="the parser died of it (exit code -9)")
        assert await asyncio.gather(*waiting) == [["Tugs"]] * 5


async def test_a_document_that_takes_too_long_is_given_up() -> None:
    async with ParsePool(FetchSettings(parse_workers=1, parse_seconds=0.5)) as pool:
        began = time.monotonic()
        slow, good = await asyncio.gather(pool.parse(response(ENDLESS), NOW), titles(pool))
        assert time.monotonic() - began < 4
        assert slow == ParsedFeed(error="parsing took longer than 0.5 s")
        assert good == ["Tugs"]


async def test_a_worker_that_stands_still_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.feeds.parsing.worker_pool.GRACE_SECONDS", 0.5)
    async with ParsePool(FetchSettings(parse_workers=1, parse_seconds=0.5)) as pool:
        assert await titles(pool) == ["Tugs"]
        os.kill(children()[0], signal.SIGSTOP)
        assert (await pool.parse(response(GOOD), NOW)).error == "parsing took longer than 0.5 s"
        assert await titles(pool) == ["Tugs"]


async def test_a_cancelled_parse_leaves_the_pool_usable() -> None:
    async with ParsePool(ONE_WORKER) as pool:
        task = asyncio.create_task(pool.parse(response(ENDLESS), NOW))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await titles(pool) == ["Tugs"]


async def test_no_worker_is_left_behind() -> None:
    async with ParsePool(FetchSettings(parse_workers=3)) as pool:
        assert await titles(pool) == ["Tugs"]
        assert len(children()) == 3
    assert children() == []


def test_workers_end_when_their_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent, parent.stdout:
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    deadline = time.monotonic() + 5
    while any(b"flows.feeds.parsing.worker" in command_of(pid) for pid in pids):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)


PARENT = """
import asyncio
from flows.config.settings import FetchSettings
from flows.feeds.parsing.worker_pool import ParsePool
from tests.support.parse_pool import GOOD, NOW, children, titles
async def main():
    async with ParsePool(FetchSettings(parse_workers=2)) as pool:
        await asyncio.gather(*(titles(pool) for _ in range(4)))
        print(*children(), flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""

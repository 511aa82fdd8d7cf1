"""What becomes of a run when the network goes, the disk fills or the store is held: a table of real cases.

``python -m tests.support.disturbances`` calls ``axiswatch run`` for each case, in a folder of its own, with the site in
another process, and breaks something once a few feeds have come in. Told are the exit code, what the person sees, how
many entries the store held then, and whether it holds, after an ordinary run, exactly the links that one holds that
nothing happened to. The disk is a small tmpfs; where that may not be mounted (by anyone but root), the case is passed
over. Three minutes.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from flows.sample.site import Site, SiteResponse
from tests.support.clocked_site import rss
from tests.support.command import environment

FEEDS, ENTRIES, DISK_MEGABYTES, HELD_SECONDS = 40, 60, 32, 40
CONFIG = """
[feeds]
file = "feeds.toml"
[fetch]
allow_private = true
per_host = 4
host_seconds = 0
timeout_seconds = 3
"""
Breaking = Callable[[Path, int], AbstractContextManager[None]]
"""Breaks something, given the folder and the process of the site, until the end of its block."""


class SlowSite(Site):
    """Feed ``n`` at ``/n``; each answer takes its time, so that there is a middle to break into."""

    def answer(self, path: str) -> SiteResponse:
        """The feed."""
        feed = path.strip("/")
        filler = "and what it carries for whom, " * 20
        titles = [f"Ship{feed}x{number} comes to harbour {feed}, {filler}" for number in range(ENTRIES)]
        return SiteResponse(200, rss(*titles), "application/xml", wait_seconds=0.3)


def serve(port: int) -> None:
    """A process's work."""
    with SlowSite(port):
        signal.pause()


@contextmanager
def site(port: int) -> Iterator[int]:
    """The site in a process of its own, listening; gives its id."""
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(port,), daemon=True)
    process.start()
    while not _listens(port):
        time.sleep(0.05)
    try:
        yield process.pid or 0
    finally:
        process.kill()
        process.join()


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def refused(_: Path, server: int) -> Iterator[None]:
    """Nobody listens there any more."""
    os.kill(server, signal.SIGKILL)
    yield


@contextmanager
def silent(_: Path, server: int) -> Iterator[None]:
    """Packets go nowhere."""
    os.kill(server, signal.SIGSTOP)
    yield
    os.kill(server, signal.SIGCONT)


@contextmanager
def full(folder: Path, _: int) -> Iterator[None]:
    """Not a byte is left on the disk."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
    yield
    ballast.unlink()


@contextmanager
def held(folder: Path, _: int, seconds: float = HELD_SECONDS) -> Iterator[None]:
    """Another process's write transaction that outlasts our patience: so long, or until the block ends."""
    code = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None);"
        f" c.execute('BEGIN IMMEDIATE'); print('held', flush=True); time.sleep({seconds}); c.execute('ROLLBACK')"
    )
    arguments = [sys.executable, "-c", code, str(folder / "var/axiswatch.db")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.kill()


def links(folder: Path) -> list[str]:
    """What the store holds; empty where there is none."""
    with closing(sqlite3.connect(folder / "var/axiswatch.db")) as connection:
        return [row[0] for row in connection.execute("SELECT link FROM entries ORDER BY link")]


def run(folder: Path) -> subprocess.Popen[str]:
    """`axiswatch run`, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "run"],
        cwd=folder,
        env=environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def case(name: str, folder: Path, breaking: Breaking, port: int, expected: list[str]) -> bool:
    """One case; prints its lines, returns whether nothing was lost."""
    before = len(links(folder))
    with site(port) as server:
        child = run(folder)
        while len(links(folder)) < before + 5 * ENTRIES and child.poll() is None:
            time.sleep(0.02)
        with breaking(folder, server):
            out, err = child.communicate(timeout=300)
            left = len(links(folder))
    print(f"{name}: exit code {child.returncode}, {left - before} of {len(expected) - before} entries stored")
    for line in [*err.splitlines(), *out.splitlines()][:8]:
        print(f"    {line[:150]}")
    with site(port):
        again = run(folder)
        out, err = again.communicate(timeout=300)
    same = links(folder) == expected
    print(
        f"  then: exit code {again.returncode}, the same links as undisturbed: {same}; {out.splitlines()[:1]}",
        flush=True,
    )
    return same and again.returncode == 0


def main() -> int:
    """Print all cases; the exit code is 1 where anything was lost."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        base, plain = Path(name) / "base", Path(name) / "plain"
        prepare(base, port)
        shutil.copytree(base, plain)
        with site(port):
            run(plain).communicate()
        expected = links(plain)
        told = [
            case(title, _copied(base, Path(name) / title), breaking, port, expected)
            for title, breaking in (("network refused", refused), ("network silent", silent), ("store held", held))
        ]
        with small_disk(Path(name) / "disk") as disk:
            if disk is not None:
                told.append(case("disk full", _copied(base, disk / "folder"), full, port, expected))
    return 0 if all(told) else 1


def prepare(folder: Path, port: int) -> None:
    """A folder whose store has read one feed, so that there is a model."""
    folder.mkdir()
    (folder / "axiswatch.toml").write_text(CONFIG)
    tables = [f'[[feed]]\nurl = "http://127.0.0.1:{port}/{n}"\noutlet = "Harbour {n}"\n' for n in range(FEEDS)]
    (folder / "feeds.toml").write_text(tables[0])
    with site(port):
        run(folder).communicate()
    (folder / "feeds.toml").write_text("".join(tables))


def _copied(base: Path, folder: Path) -> Path:
    shutil.copytree(base, folder)
    return folder


@contextmanager
def small_disk(folder: Path, megabytes: int = DISK_MEGABYTES) -> Iterator[Path | None]:
    """A disk of its own, or None where none may be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        print("disk full: passed over, no disk can be mounted here")
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


if __name__ == "__main__":
    sys.exit(main())

"""Memory of whole runs over many feeds: ``python -m tests.benchmarks.bench_many [--feeds 10000] [--entries 20]``.

A site in a process of its own serves the feeds on loopback. Then, by the command and with everything that it starts:
``axiswatch run`` over a new store with one feed, which trains the first model; over all feeds, every one of them due;
and ``axiswatch run --due`` when 2 % are. Five times a second the proportional set sizes (PSS: shared pages are shared
out) of the whole process tree are added up. Two peaks count, both told by process: while feeds are read (a worker that
parses is there), and of the whole run, with scoring, clustering and the digest. The tree is the command, its Prefect
server and the workers. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from db import feed_states, feeds
from db.connect import open_store, writing
from flows.sample.formats import SampleEntry
from flows.sample.site import read_entries

ROOT = Path(__file__).parents[2]
SHARE, NOTABLE = 50, 100
"""One feed in so many is due in the second run; one entry in so many is one of the sample's."""
CONFIG = '[feeds]\nfile = "feeds.toml"\n[fetch]\nallow_private = true\nper_host = 24\nhost_seconds = 0\n'
SYLLABLES = ("ba", "den", "for", "gal", "hu", "kel", "lim", "mor", "nat", "pre", "ro", "sta", "ten", "ver", "zo")
ITEM = "<item><title>{0}</title><link>http://h{1}.example/{2}</link><description>{3}</description></item>"


@cache
def sample() -> list[SampleEntry]:
    """The entries of the sample."""
    return read_entries()


def document(number: int, round_: int, count: int) -> bytes:
    """Feed ``number`` in its ``round_``: ``count`` entries of made-up words, none of which was there before."""
    chance = random.Random(number * 1000 + round_)
    items = []
    for n in range(count):
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(45)]
        title, text = " ".join(words[:9]), " ".join(words[9:])
        if chance.randrange(NOTABLE) == 0:
            entry = chance.choice(sample())
            title, text = f"{entry.title} {words[0]}", entry.summary
        items.append(ITEM.format(title, number, f"{round_}/{n}", text))
    return f'<rss version="2.0"><channel><title>{number}</title>{"".join(items)}</channel></rss>'.encode()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, round_: list[int], count: int) -> None:
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            request = await reader.readuntil(b"\r\n\r\n")
            body = document(int(request.split(b" ", 2)[1].strip(b"/")), round_[0], count)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
    writer.close()


def serve(count: int, pipe: Connection) -> None:
    """A process's work: send the port, then go on to another round whenever anything comes."""
    round_ = [0]

    async def run() -> None:
        server = await asyncio.start_server(lambda r, w: _answer(r, w, round_, count), "127.0.0.1", 0, backlog=256)
        pipe.send(server.sockets[0].getsockname()[1])
        while await asyncio.to_thread(pipe.recv):
            round_[0] += 1

    asyncio.run(run())


def tree(root: int) -> list[int]:
    """The ids of a process and of all that came from it."""
    found = [root]
    for process in found:
        with suppress(OSError):
            for task in Path(f"/proc/{process}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def proportional(process: int) -> tuple[str, float]:
    """What the process is, and its PSS in megabytes."""
    try:
        command = Path(f"/proc/{process}/cmdline").read_text()
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended
        return "", 0.0
    kind = "worker" if "feeds.worker" in command else "server" if "uvicorn" in command else "command"
    return kind, next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@dataclass
class MeasuredRun:
    """Wall seconds, the last thing said, and megabytes by kind of process: while feeds were read, and at the peak."""

    seconds: float = 0.0
    said: str = ""
    reading: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)

    def look(self, root: int) -> None:
        """Take the sizes of the tree."""
        present = Counter[str]()
        for kind, megabytes in map(proportional, tree(root)):
            present[kind] += round(megabytes)
        if present["worker"]:
            self.reading = max(self.reading, present, key=Counter.total)
        self.whole = max(self.whole, present, key=Counter.total)


def watched(folder: Path, *arguments: str) -> MeasuredRun:
    """Run the command and watch it."""
    begun, run = time.perf_counter(), MeasuredRun()
    with (folder / "said").open("w") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", *arguments], cwd=folder, env={"PYTHONPATH": str(ROOT)}, stdout=said
        )
        while child.poll() is None:
            run.look(child.pid)
            time.sleep(0.2)
    run.seconds = time.perf_counter() - begun
    run.said = f"exit code {child.returncode}: {' | '.join((folder / 'said').read_text().splitlines()[:2])}"
    return run


def make_due(store_path: Path) -> None:
    """One feed in ``SHARE`` is due, the others in two hours."""
    now = datetime.now(UTC)
    with closing(open_store(store_path)) as store, writing(store):
        for feed, state in feeds.with_states(store, [feed.id for feed in feeds.enabled(store)]):
            due = now - timedelta(minutes=1) if feed.id % SHARE == 0 else now + timedelta(hours=2)
            feed_states.save(store, replace(state, next_check_at=due))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Memory of whole runs over many feeds.")
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=20)
    arguments = parser.parse_args()
    here, there = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(arguments.entries, there), daemon=True)
    server.start()
    root = f"http://127.0.0.1:{here.recv()}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "axiswatch.toml").write_text(CONFIG)
        tables = [f'[[feed]]\nurl = "{root}/{n}"\noutlet = "Outlet {n}"\n' for n in range(arguments.feeds)]
        (folder / "feeds.toml").write_text(tables[0])
        tell("first model", watched(folder, "run"))
        (folder / "feeds.toml").write_text("".join(tables))
        tell("all due", watched(folder, "run"))
        make_due(folder / "var/axiswatch.db")
        here.send("next round")
        tell("2 % due", watched(folder, "run", "--due"))
    server.terminate()


def tell(name: str, run: MeasuredRun) -> None:
    """One run in four lines."""
    print(f"{name}: {run.seconds:.1f} s, {run.said}")
    for phase, sizes in (("while reading", run.reading), ("the whole run", run.whole)):
        parts = " + ".join(f"{kind} {megabytes}" for kind, megabytes in sorted(sizes.items()) if kind)
        ours = sizes.total() - sizes["server"]
        print(f"  {phase}: {sizes.total()} MB = {parts}; without Prefect's server {ours} MB", flush=True)


if __name__ == "__main__":
    main()

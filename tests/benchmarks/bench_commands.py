"""How long each command that reads takes on a store of a million entries, each in a process of its own.

    python -m tests.benchmarks.bench_commands FOLDER [--entries 1000000] [--times 3]

The store is made in FOLDER unless one is there (some minutes; the folder may be used again). Of several times the best
counts; where others work on the machine, the seconds of a core tell more than those by the clock. What fetches from the
network, and what writes or copies the whole store, is not asked.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

from db.connect import open_store
from tests.benchmarks.digest_store import END, fill
from tests.support.command import environment

MOST_SECONDS = 2.0
MONTH, DAY = "--from 2026-10-27 --to 2026-11-21", f"{END:%Y-%m-%d}"
COMMANDS = (
    "search russia",
    "search 999000",
    "search agreed talks",
    "story 24000",
    f"trends --day {DAY}",
    f"export {MONTH}",
    f"export --format csv {MONTH}",
    "claims",
    "models",
    "explain --entry 999980",
    "unsubscribed",
    "prune",
    "digest --date 2026-11-21",
    "digest --date 2026-11-21 --recompose",
    "feeds list",
    "feeds health",
    "feeds export out.opml",
    "seeds list",
    "topic check topic",
    "health",
    "doctor --no-network",
)


def main() -> None:
    """Print a line for each command; the exit code is 1 where one takes longer than ``MOST_SECONDS``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", default="", help="commands that begin so")
    options = parser.parse_args()
    _make(options.folder, options.entries)
    slow = 0
    for command in COMMANDS:
        if command.startswith(options.only):
            wall, busy, code = _best(options.folder, command, options.times)
            slow += wall > MOST_SECONDS
            failed = f"  (exit code {code})" if code else ""
            print(f"{wall:6.2f} s, {busy:5.2f} s of a core  {command}{failed}", flush=True)
    sys.exit(int(slow > 0))


def _make(folder: Path, entries: int) -> None:
    store = folder / "var/axiswatch.db"
    if store.exists():
        return
    store.parent.mkdir(parents=True)
    (folder / "axiswatch.toml").write_text("[desk]\nport = 0\n", encoding="utf-8")
    fill(store, entries)
    opened = open_store(store)
    opened.execute("INSERT INTO entries_fts (entries_fts) VALUES ('rebuild')")
    opened.close()


def _best(folder: Path, command: str, times: int) -> tuple[float, float, int]:
    """The least seconds by the clock, the least of a core, and the last exit code."""
    wall, busy, code = float("inf"), float("inf"), 0
    for _ in range(times):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", *command.split()],
            cwd=folder,
            env=environment({}),
            capture_output=True,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = min(wall, time.perf_counter() - began)
        busy = min(busy, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        code = done.returncode
    return wall, busy, code


if __name__ == "__main__":
    main()

"""All benchmarks, one after the other: ``make bench``. Those that need real feeds say so and are passed over.

python -m tests.benchmarks [FOLDER of captures]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared"


def main() -> int:
    """Run each in a process of its own; the exit code is that of the first that failed."""
    captures = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "feeds"
    commands = [
        ["bench_scoring"],
        ["bench_scoring", "--words", "60"],
        ["bench_schedule"],
        ["bench_many"],
        ["bench_clusters"],
    ]
    if captures.is_dir():
        commands += [
            [name, str(captures)] for name in ("bench_ingest", "bench_unchanged", "bench_scheduled", "bench_reader")
        ]
    else:
        print(f"no captures at {captures}: the ingest benchmark is passed over; name a folder of feed files")
    codes = [_run(command) for command in commands]
    return next((code for code in codes if code), 0)


def _run(command: list[str]) -> int:
    print(f"== {' '.join(command)}", flush=True)
    return subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{command[0]}", *command[1:]], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())

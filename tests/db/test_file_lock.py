"""Turns: one process at a time, and none in the way of the next when it is killed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from db.file_lock import LockTakenError, locked

HOLD = """
import sys, time
from pathlib import Path
from db.file_lock import locked
with locked(Path(sys.argv[1]), "sending"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_waits_for_the_first_even_within_a_process(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with locked(tmp_path / "s.db", "sending"):
            order.append("second")

    with locked(tmp_path / "s.db", "sending"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_different_things_are_no_turn_of_each_other(tmp_path: Path) -> None:
    with locked(tmp_path / "s.db", "sending"), locked(tmp_path / "s.db", "composing", 0):
        pass


def test_a_process_that_is_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "s.db")], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        named = rf"another process \(pid {holder.pid}\)"
        with pytest.raises(LockTakenError, match=f"{named} holds .*; let it end") as told:
            take(tmp_path / "s.db", 0)
        assert told.value.pid == holder.pid
        with pytest.raises(LockTakenError, match=f"{named} has held .* for 1 seconds"):
            take(tmp_path / "s.db", 1)
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    with locked(tmp_path / "s.db", "sending", 5):
        pass


def take(path: Path, patience: float) -> None:
    with locked(path, "sending", patience):
        pass

"""A disk that is full, or cannot be written, is told as such."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import pytest

from flows.runtime.disk_room import NEEDED, DiskError, require_room
from tests.support.read_only_folder import read_only, small_disk


def test_a_disk_with_room_is_left_as_it_was(tmp_path: Path) -> None:
    require_room(tmp_path / "var" / "prefect")
    assert list((tmp_path / "var" / "prefect").iterdir()) == []


def test_a_full_disk_is_named_with_the_remedy(tmp_path: Path) -> None:
    with small_disk(tmp_path, "2m"), pytest.raises(DiskError) as told:
        require_room(tmp_path)
    assert str(told.value).startswith(f"the disk of {tmp_path} is full (No space left on device): make room on it")


def test_so_is_a_limit_of_the_process(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (NEEDED // 2, before[1]))
    try:
        with pytest.raises(DiskError, match=r"is full \(File too large\)"):
            require_room(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, old)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(DiskError, match=f"cannot write to {tmp_path}.*: .*; see that the folder"):
        require_room(tmp_path / "prefect")

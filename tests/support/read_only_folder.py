"""A folder that cannot be written, as on a read-only medium; also for root, who may write whatever rights say. And a
small disk."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Within the block nothing in the folder can be written. Skips the test where that cannot be had."""
    if os.geteuid() == 0:
        yield from _mounted(folder)
    else:
        yield from _without_rights(folder)


def _mounted(folder: Path) -> Iterator[None]:
    done = [_call("mount", "--bind", str(folder), str(folder))]
    if not done[0]:
        pytest.skip("root may write whatever rights say, and may mount nothing here")
    try:
        if not _call("mount", "-o", "remount,ro,bind", str(folder)):
            pytest.skip("a folder cannot be mounted read-only here")
        yield
    finally:
        _unmount(folder)


def _unmount(folder: Path) -> None:
    # Also where a file in it is still open: what stays mounted, the next run of the tests cannot clear away.
    _call("umount", "-l", str(folder))


def _call(*words: str) -> bool:
    return (
        shutil.which(words[0]) is not None and subprocess.run(words, capture_output=True, check=False).returncode == 0
    )


def _without_rights(folder: Path) -> Iterator[None]:
    places = [folder, *folder.rglob("*")]
    before = {place: place.stat().st_mode for place in places}
    for place in places:
        place.chmod(before[place] & ~0o222)
    try:
        yield
    finally:
        for place in places:
            place.chmod(before[place])


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Within the block the folder is an empty disk of that size ("6m"). Skips the test where that cannot be had."""
    if os.geteuid() != 0 or not _call("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)):
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        _unmount(folder)

"""Room on the disks: of the store, of its backups, of temporary files."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from flows.config.settings import Config
from flows.doctor.finding import Finding, fault, sound, warning
from flows.doctor.health import LEAST_FREE

SPARE = 256 * 2**20
"""Bytes under which a disk is called short: Prefect's database and log, and the store, grow by some 10 MB a day."""


def check(current: Config) -> list[Finding]:
    """A finding for each disk; folders that are not there yet count as the nearest one above."""
    path = current.store.path
    size = path.stat().st_size if path.exists() else 0
    # A backup and a compacting write the store's content once more.
    wanted = {"store": (path.parent, size), "backups": (current.backup.folder, size)}
    wanted["temporary files"] = (Path(tempfile.gettempdir()), size)
    return [_room(name, _there(folder), needed + SPARE) for name, (folder, needed) in wanted.items()]


def _there(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def _room(name: str, folder: Path, wanted: int) -> Finding:
    free = shutil.disk_usage(folder).free
    what, found = f"disk of {name}", f"{free / 1e6:.0f} MB free in {folder}"
    remedy = "make room on it, such as of old backups; axiswatch prune says what the store could give up"
    if free < LEAST_FREE:
        return fault(what, f"{found}: it is full", remedy)
    if free < wanted:
        return warning(what, f"{found}, and {wanted / 1e6:.0f} MB should be", remedy)
    return sound(what, found)

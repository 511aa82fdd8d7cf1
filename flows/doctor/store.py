"""The store: is it ours, of today's schema, sound, free to be written, and its log short?"""

from __future__ import annotations

from db.connect import StoreError
from db.inspection import damage, figures
from db.read_only import can_be_written
from flows.config.settings import Config
from flows.doctor.finding import Finding, fault, from_error, sound, warning

LONGEST_LOG = 64 * 2**20
"""Bytes of the log beside the store (-wal). SQLite empties it at 4 MB unless a reader holds it open all the while."""
SECONDS = 15.0
"""For looking for damage: some 4 GB on a usual disk."""


def check(current: Config) -> list[Finding]:
    """What is found of it; a store that is not there yet is made by the first run."""
    path = current.store.path
    if not path.parent.is_dir() and path.parent.name != "var":
        return [fault("store", f"its folder {path.parent} does not exist", "create it or change [store] path")]
    if not path.exists():
        return [warning("store", f"there is none at {path} yet", "the first axiswatch run makes it")]
    try:
        if told := damage(path, SECONDS):
            return [fault("store", f"{path} is damaged: {told}", "axiswatch restore brings the newest backup back")]
        held = figures(path)
    except StoreError as error:
        return [from_error("store", error)]
    looked = "sound" if told == "" else f"not all looked over in {SECONDS:g} s, sound so far"
    return [sound("store", f"{path}: {looked}, {held.entries} entries"), *_rights(current), *_log(current)]


def _rights(current: Config) -> list[Finding]:
    path = current.store.path
    if can_be_written(path):
        return []
    remedy = "give its user the right to write to the file and its folder (chmod u+w, chown)"
    return [fault("store", f"{path} cannot be written: it can be looked at, and no run can work on it", remedy)]


def _log(current: Config) -> list[Finding]:
    log = current.store.path.with_name(f"{current.store.path.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size <= LONGEST_LOG:
        return [sound("store's log", f"{size / 1e6:.1f} MB")]
    remedy = "end what has been reading the store for long, then restart axiswatch serve"
    return [warning("store's log", f"{log} has {size / 1e6:.0f} MB", remedy)]

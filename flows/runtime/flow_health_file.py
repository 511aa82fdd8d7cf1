"""What is known of one flow's health, in a small file whose name says it: ``monitor.sound``, ``monitor.failing``.

It lies beside the store and not in it, since the store may be what has failed; a full disk lets a file be renamed when
it lets nothing be written; and where not even that can be done, it lies in the system's folder for temporary files.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from db.private import private_file, private_folder

logger = logging.getLogger(__name__)

FOLDER, HEARD = "flow-state", "heard-"
STEADY = 3
"""Runs that must be completed in a row before a flow is said to work again: one that fails every other time is told of
once, and not each time."""
CALM = timedelta(hours=12)
"""Or one completed run so long after the last failure, for flows that run once a day or a week."""
HealthStatus = Literal["sound", "booked", "raising", "failing"]
"""Not sound: ``booked`` where the book of alarms in the store knows of it; where it does not, ``raising`` while the
alarm has not reached anybody, and ``failing`` when it has. Each is worse than the one before."""


@dataclass(frozen=True, slots=True)
class FailingSpell:
    """A time in which a flow failed: since when and until when it did, how often, the runs completed since, and what
    was said of the last failure."""

    since: datetime
    last: datetime
    failures: int = 0
    completed: int = 0
    lines: tuple[str, ...] = ()

    def failed(self, now: datetime) -> FailingSpell:
        """With one more failure."""
        return replace(self, last=now, failures=self.failures + 1, completed=0)

    def succeeded(self) -> FailingSpell:
        """With one more completed run."""
        return replace(self, completed=self.completed + 1)

    def is_over(self, now: datetime) -> bool:
        """Whether the flow works again."""
        return self.completed >= STEADY or (self.completed > 0 and now - self.last >= CALM)


def known(store_path: Path) -> list[str]:
    """Of what files lie there that do not say that all is sound."""
    spare = _spare_of(store_path)
    places = [store_path.parent / FOLDER, *([spare] if spare and _is_ours(spare) else [])]
    try:
        names = {file.name for place in places if place.is_dir() for file in place.iterdir()}
    except OSError:
        return []
    split = [name.rpartition(".") for name in sorted(names)]
    return list(dict.fromkeys(what for what, _, status in split if status in ("booked", "raising", "failing")))


class FlowHealthFile:
    """The file of one flow; no trouble with it is ever raised."""

    def __init__(self, store_path: Path, what: str) -> None:
        self._what = what
        self._main = store_path.parent / FOLDER
        self._spare = _spare_of(store_path)
        known = [
            (status, place) for status in get_args(HealthStatus) for place in self._places() if self._is(status, place)
        ]
        # Where two places know of it, the worse is believed: the other could not be written.
        self.status: HealthStatus | None = known[-1][0] if known else None
        self._place = known[-1][1] if known else self._main

    def _places(self) -> list[Path]:
        return [self._main, *([self._spare] if self._spare and _is_ours(self._spare) else [])]

    def _path(self, status: HealthStatus, place: Path) -> Path:
        return place / f"{self._what}.{status}"

    def _is(self, status: HealthStatus, place: Path) -> bool:
        try:
            return self._path(status, place).exists()
        except OSError:
            return False

    def note_heard(self, ways: Iterable[str]) -> None:
        """Take down which ways have taken the alarm, in empty files: a full disk lets them be made."""
        with suppress(OSError):
            for way in ways:
                private_file(self._place / f"{self._what}.{_heard(way)}")

    def has_heard(self, way: str) -> bool:
        """Whether that way has taken the alarm, as each counts to have where nothing could be taken down."""
        noted = {file.name for file in self._heard()}
        return not noted or f"{self._what}.{_heard(way)}" in noted

    def _heard(self) -> list[Path]:
        beginning = f"{self._what}.{HEARD}"
        try:
            files = [file for place in self._places() if place.is_dir() for file in place.iterdir()]
        except OSError:
            return []
        return [file for file in files if file.name.startswith(beginning)]

    def become(self, status: HealthStatus) -> None:
        """Set the status, by renaming the file where that is possible."""
        if status != "failing":  # who has heard of this alarm is known by the book, or there is none any more
            for file in self._heard():
                with suppress(OSError):
                    file.unlink()
        try:
            self._set(status, self._main)
            self._place = self._main
            self._forget_spare()
        except OSError as error:
            logger.error("cannot record that %s is %s: %s", self._what, status, error)
            self._use_spare(status)
        self.status = status

    def _set(self, status: HealthStatus, place: Path) -> None:
        target = self._path(status, place)
        old = [self._path(each, place) for each in get_args(HealthStatus) if each != status and self._is(each, place)]
        if not old:
            private_folder(place)
            private_file(target)
        for path in old:
            path.replace(target)

    def _use_spare(self, status: HealthStatus) -> None:
        if self._spare is None:
            return
        try:
            self._spare.mkdir(mode=0o700, exist_ok=True)
            if _is_ours(self._spare):
                self._set(status, self._spare)
                self._place = self._spare
        except OSError as error:
            logger.error("cannot use %s in its place: %s", self._spare, error)

    def _forget_spare(self) -> None:
        if self._spare is None or not _is_ours(self._spare):
            return
        for status in get_args(HealthStatus):
            self._path(status, self._spare).unlink(missing_ok=True)

    def spell(self, now: datetime) -> FailingSpell:
        """What is known of the present time of failures; a new one where it has just begun or cannot be read."""
        if self.status not in ("sound", None):
            try:
                told = json.loads(self._path(self.status, self._place).read_text(encoding="utf-8"))
                since, last = (datetime.fromisoformat(told[name]) for name in ("since", "last"))
                lines = tuple(map(str, told.get("lines", ())))
                return FailingSpell(since, last, int(told["failures"]), int(told["completed"]), lines)
            except (OSError, ValueError, KeyError, TypeError):
                pass
        return FailingSpell(now, now)

    def keep(self, spell: FailingSpell) -> None:
        """Write the spell into the file; a full disk costs the figures, and no alarm."""
        if self.status is None:
            return
        path = self._path(self.status, self._place)
        try:
            path.write_text(json.dumps(asdict(spell), default=datetime.isoformat), encoding="utf-8")
        except OSError as error:
            logger.error("cannot write %s: %s", path, error)


def _heard(way: str) -> str:
    """The way's trace in the name of a file, which tells no address."""
    return f"{HEARD}{hashlib.sha256(way.encode()).hexdigest()[:12]}"


def _spare_of(store_path: Path) -> Path | None:
    """The folder for the flows of that store among the temporary files of this user, or None where there is none."""
    try:
        folder = Path(tempfile.gettempdir())
    except OSError:
        return None
    if not hasattr(os, "getuid"):
        return None
    trace = hashlib.sha256(os.fsencode(store_path.absolute())).hexdigest()[:12]
    return folder / f"axiswatch-{os.getuid()}-{trace}"


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can write the folder: other users may make folders beside it, and may have named it first."""
    try:
        told = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(told.st_mode) and told.st_uid == os.getuid() and not told.st_mode & 0o077

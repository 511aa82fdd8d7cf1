"""The operator's alarm: what fails is told by other ways than the digest, and outside the machine where that is set up.

Always a file and an event of Prefect; with [alarm] also mails, a post and a command. `raise_alarm` is for what is told
once; `flows.alarms` keeps the book of what begins and ends.
"""

from __future__ import annotations

import hashlib
import logging
import re
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from db.file_lock import LockFileError, LockTakenError, locked
from db.private import private_folder, write_private
from flows.config.environment import known_api
from flows.config.salvage import readable_part
from flows.config.settings import Config, ConfigError
from flows.digest.delivery.outbox import file_name
from flows.runtime.flow_config import config_at
from flows.runtime.operator_alert_ways import Note, opened_ways

logger = logging.getLogger(__name__)

FOLDER = "alerts"
"""Beside the store: var/alerts."""
UNTOLD = ".untold.txt"
LOCK_SECONDS = 120.0
"""So long one who tells alarms waits for another: for a mail server that does not answer, and a command."""
AlarmKind = Literal["failed", "recovered"]
_NUMBER = re.compile(r"(?<![\w@.-])\d+(?![\w@.-])")
"""A number by itself: "try again in 293 seconds" is the same trouble as "in 300"; a date or an address is not meant."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the operator is told: of what (a flow, or a part of one), its kind, the lines, and since when it holds.
    ``trace`` tells it from others of that day; without one, the lines do. Tried again, it is the same file and the
    same mail. ``said`` is its headline where that is not one of a flow."""

    what: str
    kind: AlarmKind
    lines: tuple[str, ...]
    since: datetime
    trace: str = ""
    said: str = ""

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        told = _NUMBER.sub("#", "\n".join(self.lines)).encode("utf-8", "backslashreplace")
        return f"{self.since:%Y-%m-%d}-{file_name(self.what)}-{self.trace or hashlib.sha256(told).hexdigest()[:8]}"

    @property
    def headline(self) -> str:
        """``monitor failed``; ``monitor works again``."""
        return self.said or f"{self.what} {'failed' if self.kind == 'failed' else 'works again'}"

    def note(self, current: Config) -> Note:
        """It as what leaves the machine."""
        subject = f"{current.digest.title}: {self.headline}"
        return Note(self.name, subject, self.text(current), self.since, self.what, self.kind, self.lines)

    def text(self, current: Config) -> str:
        """The whole of it, as a file and as a mail."""
        head = f"{self.since:%Y-%m-%d %H:%M} UTC: {self.headline}"
        where = (f"Machine: {socket.gethostname()}", f"Store: {current.store.path}")
        told = "\n".join((head, "", *self.lines, "", *where, ""))
        # The name of a file may hold what is no text: it must not keep the alarm from leaving.
        return told.encode("utf-8", "backslashreplace").decode()


def raise_alarm(current: Config, what: str, lines: Sequence[str], now: datetime, password: str = "") -> Path | None:
    """Tell that ``what`` failed; the same trouble is told once a day, or again where it has reached nobody. Returns the
    file; never raises, since it speaks for what has failed already. Waits for a mail server: not to be called in an
    event loop."""
    alarm = Alarm(what, "failed", tuple(lines), now)
    path = path_of(current, alarm)
    with _alone(current):
        if not is_there(path):
            tell(current, alarm, password)
    return path if is_there(path) else None


@contextmanager
def _alone(current: Config) -> Iterator[None]:
    """Within the block nobody else tells alarms: a pass and the digest often meet the same trouble at once. Where no
    lock can be had, twice is better than never."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(current.store.path, "alarms", LOCK_SECONDS))
        except (LockTakenError, LockFileError, OSError) as error:
            logger.warning("alarms: %s", error)
        yield


def path_of(current: Config, alarm: Alarm) -> Path:
    """Where the file of that alarm lies when it has been told."""
    return current.store.path.parent / FOLDER / f"{alarm.name}.txt"


def is_there(path: Path) -> bool:
    """Whether there is such a file, as far as the system says."""
    try:
        return path.exists()
    except OSError:
        return False


class Arrival(NamedTuple):
    """Whether an alarm arrived: at one place outside this machine, or (where no such way is set up) in its file; and
    the ways that have taken it."""

    is_told: bool
    ways: tuple[str, ...]


def tell(current: Config, alarm: Alarm, password: str, wants: Callable[[str], bool] = lambda _way: True) -> Arrival:
    """Tell it by every way that there is and that ``wants`` it; never raises. Until it has arrived the name of its
    file says that it is untold."""
    is_written = announce(current, alarm)
    reached, troubles, note = list[str](), list[str](), alarm.note(current)
    with opened_ways(current, password) as ways:
        for name, way in ways.items():
            if not wants(name):
                continue
            result = way(note, troubles)
            reached += [name] if result.state == "accepted" else []
            troubles += [] if result.state == "accepted" else [trouble(name, result.detail)]
    arrived = bool(reached) if ways else is_written
    filed(current, alarm, troubles, arrived=arrived)
    return Arrival(arrived, tuple(reached))


def trouble(way: str, detail: str) -> str:
    """The line that says why nothing was accepted by that way."""
    kind, _, address = way.partition(":")
    return f"no mail to {address}: {detail}" if kind == "mail" else detail


def announce(current: Config, alarm: Alarm) -> bool:
    """Tell it on this machine: in the log, in a file whose name says that nobody has it yet, to Prefect. Returns
    whether the file is there."""
    level = logging.ERROR if alarm.kind == "failed" else logging.WARNING
    logger.log(level, "%s: %s", alarm.headline, "; ".join(filter(None, alarm.lines)))
    is_written = _write(path_of(current, alarm).with_suffix(UNTOLD), alarm.text(current))
    _emit(alarm)
    return is_written


def filed(current: Config, alarm: Alarm, troubles: Sequence[str], *, arrived: bool) -> None:
    """Write into the file of an announced alarm what trouble it met, and name it as told where it has ``arrived``."""
    path = path_of(current, alarm)
    untold = path.with_suffix(UNTOLD)
    if not is_there(untold):
        return
    if troubles:
        logger.error("the alarm of %s: %s", alarm.what, "; ".join(troubles))
        _write(untold, "\n".join((alarm.text(current), "This alarm itself met trouble:", *troubles, "")))
    if arrived:
        try:
            untold.replace(path)
        except OSError as error:
            logger.error("cannot rename %s: %s", untold, error)


def _write(path: Path, text: str) -> bool:
    try:
        private_folder(path.parent)
        write_private(path, text)
    except (OSError, ValueError) as error:
        logger.error("cannot write %s: %s", path, error)
        return False
    return True


def last_resort(config: str) -> Config:
    """The config of a flow whose parameter is its path; where it cannot be read, as much of it as can, the rest by
    default: the alarm must find its ways whatever is broken."""
    try:
        return config_at(config)
    except (ConfigError, OSError):
        return readable_part(Path(config) if config else None)


def _emit(alarm: Alarm) -> None:
    if not known_api() and "prefect" not in sys.modules:
        return  # nobody listens, and to load Prefect takes a second
    from prefect.events import emit_event
    from prefect.settings import PREFECT_API_URL

    if not PREFECT_API_URL.value():
        return  # Prefect would start a server of its own for it
    identity = f"axiswatch.{alarm.what}"
    try:
        emit_event(
            f"{identity}.{alarm.kind}",
            resource={"prefect.resource.id": identity, "prefect.resource.name": f"axiswatch {alarm.what}"},
            payload={"what": "\n".join(alarm.lines)[:4000]},
        )
    except Exception as error:
        logger.error("cannot emit the event of %s: %s", alarm.what, error)

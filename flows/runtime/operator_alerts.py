"""The operator's alarm: what fails is told by other ways than the digest, and outside the machine where that is set up.

Always a file and an event of Prefect; with [alarm] also a mail and a command. `raise_alarm` is for what is told once;
`flows.runtime.flow_health` tells when a flow begins to fail and when it works again.
"""

from __future__ import annotations

import hashlib
import logging
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from prefect.events import emit_event
from prefect.settings import PREFECT_API_URL

from db.private import private_folder, write_private
from flows.config.salvage import readable_part
from flows.config.settings import Config, ConfigError
from flows.digest.delivery.outbox import file_name
from flows.runtime.flow_config import config_at
from flows.runtime.operator_alert_ways import Note, WayResult, run_command, send_mails

logger = logging.getLogger(__name__)

FOLDER = "alerts"
"""Beside the store: var/alerts."""
AlarmKind = Literal["failed", "recovered"]
_NUMBER = re.compile(r"(?<![\w@.-])\d+(?![\w@.-])")
"""A number by itself: "try again in 293 seconds" is the same trouble as "in 300"; a date or an address is not meant."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the operator is told: of what (a flow, or a part of one), its kind, the lines, and since when it holds.
    ``trace`` tells it from others of that day; without one, the lines do. Tried again, it is the same file and the
    same mail."""

    what: str
    kind: AlarmKind
    lines: tuple[str, ...]
    since: datetime
    trace: str = ""

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        told = _NUMBER.sub("#", "\n".join(self.lines)).encode("utf-8", "backslashreplace")
        return f"{self.since:%Y-%m-%d}-{file_name(self.what)}-{self.trace or hashlib.sha256(told).hexdigest()[:8]}"

    @property
    def headline(self) -> str:
        """``monitor failed``; ``monitor works again``."""
        return f"{self.what} {'failed' if self.kind == 'failed' else 'works again'}"

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
    if not is_there(path):
        tell(current, alarm, password)
    return path if is_there(path) else None


def path_of(current: Config, alarm: Alarm) -> Path:
    """Where the file of that alarm lies when it has been told."""
    return current.store.path.parent / FOLDER / f"{alarm.name}.txt"


def is_there(path: Path) -> bool:
    """Whether there is such a file, as far as the system says."""
    try:
        return path.exists()
    except OSError:
        return False


def tell(current: Config, alarm: Alarm, password: str) -> bool:
    """Tell it by every way that there is; never raises. Returns whether it arrived: at one place outside this machine,
    or (where no such way is set up) in its file. Until then the name of the file says that it is untold."""
    level = logging.ERROR if alarm.kind == "failed" else logging.WARNING
    logger.log(level, "%s: %s", alarm.headline, "; ".join(filter(None, alarm.lines)))
    text, path = alarm.text(current), path_of(current, alarm)
    untold = path.with_suffix(".untold.txt")
    is_written = _write(untold, text)
    _emit(alarm)
    ways = _tell_outside(current, alarm, text, password)
    if lost := [line for way in ways for line in way.troubles]:
        logger.error("the alarm of %s: %s", alarm.what, "; ".join(lost))
        _write(untold, "\n".join((text, "This alarm itself met trouble:", *lost, "")))
    arrived = any(way.reached for way in ways) if ways else is_written
    if arrived and is_written:
        try:
            untold.replace(path)
        except OSError as error:
            logger.error("cannot rename %s: %s", untold, error)
    return arrived


def _tell_outside(current: Config, alarm: Alarm, text: str, password: str) -> list[WayResult]:
    """What each way came to. The mail goes first: where its server is what has failed, the command says so."""
    ways: list[WayResult] = []
    if current.alarm.mail:
        note = Note(alarm.name, f"{current.digest.title}: {alarm.headline}", text, alarm.since)
        ways.append(send_mails(current, note, password))
    if current.alarm.command:
        told = "\n".join((text, *(line for way in ways for line in way.troubles)))
        ways.append(run_command(current.alarm.command, told, current.alarm.command_seconds))
    return ways


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
    if not PREFECT_API_URL.value():
        return  # nobody listens, and Prefect would start a server of its own for it
    identity = f"axiswatch.{alarm.what}"
    try:
        emit_event(
            f"{identity}.{alarm.kind}",
            resource={"prefect.resource.id": identity, "prefect.resource.name": f"axiswatch {alarm.what}"},
            payload={"what": "\n".join(alarm.lines)[:4000]},
        )
    except Exception as error:
        logger.error("cannot emit the event of %s: %s", alarm.what, error)

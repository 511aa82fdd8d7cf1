"""The one door by which the log leaves this process: standard error, and a file that several processes share."""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.config.environment import (
    is_kept_in_journal,
    secrets_at_hand,
    settle_environment,
    tell_children_of_log,
    works_for_a_run,
)
from flows.config.log import LogSettings, settled
from flows.config.settings import Config, ConfigError
from flows.config.webhooks import WEBHOOK
from flows.runtime import log_mask
from flows.runtime.log_lines import json_line, text_line

if TYPE_CHECKING:
    from flows.runtime.log_file import LockedFile

OURS = ("flows", "classifiers", "db")
ITS_NAME = "axiswatch"
"""The logger of what a command says at its end: it has been shown on standard error already."""
PREFECTS_CONSOLE = "PREFECT_LOGGING_HANDLERS_CONSOLE_CLASS"
"""By this variable Prefect's own log leaves by this door as well, in every process that we start."""
_FORMS: dict[str, Callable[[logging.LogRecord], str]] = {"text": text_line, "json": json_line}


@dataclass
class _Outputs:
    """What this process writes, and how; replaced as a whole."""

    form: Callable[[logging.LogRecord], str] = text_line
    least: int = logging.WARNING
    file: LockedFile | None = None
    settings: LogSettings | None = None
    """None: nobody has said yet."""


_outputs = _Outputs()


class Door(logging.Handler):
    """Hands every record to standard error and to the file, as the settings say. Prefect makes one as well, by the name
    of this class, with what belongs to its own console."""

    def __init__(self, level: int = logging.NOTSET, **_: object) -> None:
        super().__init__(level)
        if _outputs.settings is None:
            _mask()
            _use(_settings_of_environment(), everything=True)

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record."""
        if record.levelno >= _outputs.least and record.name != ITS_NAME:
            _write(_outputs.form(record))
        if _outputs.file is not None:
            _outputs.file.handle(record)


def open_log(told: LogSettings, *, everything: bool = False) -> LogSettings:
    """Have this process write its log by these settings, or those that the environment names in their place; returns
    what counts. On standard error a person is told of what went wrong alone; with ``everything`` also of what was done,
    as a machine always is. Raises ConfigError for an environment that makes no sense."""
    try:
        settings = settled(told)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    settle_environment({PREFECTS_CONSOLE: f"{Door.__module__}.{Door.__name__}"})
    _mask()
    _use(settings, everything=everything)
    root = logging.getLogger()
    theirs = [each for each in root.handlers if type(each).__name__ == "PrefectConsoleHandler"]
    for each in theirs:
        root.removeHandler(each)
    if not any(isinstance(each, Door) for each in root.handlers):
        door = Door()
        # Prefect leaves the handlers of the root alone where one of them has a formatter.
        door.setFormatter(logging.Formatter("%(message)s"))
        root.addHandler(door)
    return settings


def hand_on(settings: LogSettings) -> None:
    """Have the processes that this one starts write their log as it does."""
    tell_children_of_log(settings.model_dump())


def begin_log(current: Config) -> None:
    """Know the secrets of this config from now on; and where Prefect has started this process for a run, write the log
    as the config says, if the environment does not say it."""
    log_mask.hide(secrets_of(current))
    log_mask.hide((each.address for each in current.readers() if each.way != WEBHOOK), log_mask.ADDRESS)
    log_mask.hide((*current.alarm.mail, *current.alerts.to, current.delivery.sender), log_mask.ADDRESS)
    if works_for_a_run():
        open_log(current.log, everything=True)


def secrets_of(current: Config) -> list[str]:
    """The secrets that the config itself holds: addresses of webhooks, most of which are secrets."""
    return [each.target for each in current.delivery.webhook if each.target]


def told_at_end(line: str, level: int = logging.ERROR) -> str:
    """Write down what a command says to the person who called it; returns the line as it may be shown: without secrets,
    and where the journal keeps it, without addresses. Empty: it has been written as a line for machines."""
    _mask()
    record = logging.getLogger(ITS_NAME).makeRecord(
        ITS_NAME, level, "", 0, line.removeprefix(f"{ITS_NAME}: "), (), None
    )
    if _outputs.file is not None:
        _outputs.file.handle(record)
    if is_for_machines():
        _write(json_line(record))
        return ""
    return log_mask.masked(line) if is_kept_in_journal() else log_mask.without_secrets(line)


def is_for_machines() -> bool:
    """Whether every line on standard error is an object of JSON."""
    return _outputs.form is json_line


class AsRecords(io.TextIOBase):
    """A stream whose lines become records: what a command says beside its errors, where a machine reads."""

    def __init__(self) -> None:
        self._begun = ""

    def write(self, text: str) -> int:
        """Take the text; whatever ends a line completes a record."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in filter(str.strip, lines):
            told_at_end(line.strip(), logging.WARNING)
        return len(text)


def _mask() -> None:
    log_mask.hide(secrets_at_hand())
    log_mask.mask_records()


def _use(settings: LogSettings, *, everything: bool) -> None:
    global _outputs
    tells_all = everything or settings.format == "json"
    file = _outputs.file
    if _outputs.settings != settings:
        if file is not None:
            file.close()
        file = _locked(settings)
    _outputs = _Outputs(_FORMS[settings.format], logging.INFO if tells_all else logging.WARNING, file, settings)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO if tells_all or file is not None else logging.WARNING)
    if settings.format == "json":
        logging.captureWarnings(True)
        threading.excepthook = _tell_of_thread


def _locked(settings: LogSettings) -> LockedFile | None:
    if settings.file is None:
        return None
    # The library behind it takes as long to import as a small command takes to do its work.
    from flows.runtime.log_file import LockedFile

    return LockedFile(settings, _FORMS[settings.format], _say)


def _settings_of_environment() -> LogSettings:
    try:
        return settled(LogSettings())
    except ValueError:  # whoever set it is told by the command, or by the flow when it reads its config
        return LogSettings()


def _tell_of_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        logging.getLogger("flows").error("a thread failed", exc_info=told.exc_value)


def _say(line: str) -> None:
    _write(_outputs.form(logging.getLogger(__name__).makeRecord(__name__, logging.WARNING, "", 0, line, (), None)))


def _write(line: str) -> None:
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write(f"{line}\n")
        stream.flush()
    except UnicodeEncodeError:
        stream.write(line.encode("ascii", "backslashreplace").decode() + "\n")
    except (OSError, ValueError):  # nobody reads it any more
        return

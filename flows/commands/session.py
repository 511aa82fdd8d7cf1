"""What every command shares: the config, the store, Prefect's server, exit codes and one-line errors."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import typer
from rich.console import Console

if TYPE_CHECKING:
    from sqlite_utils import Database

    from flows.config.settings import Config
    from flows.runtime.prefect_server import Ended

FINE, BROKEN, MISUSED, UNREACHED, UNSENT, LOST = 0, 1, 2, 3, 4, 5
MISUSES = frozenset(
    (
        "CatalogueError",
        "ClaimError",
        "ConfigError",
        "DaskError",
        "DeployError",
        "DiskError",
        "EvaluationError",
        "ExampleError",
        "KeepingError",
        "LexiconError",
        "LockFileError",
        "LockTakenError",
        "OtherTopicError",
        "OtherProgramError",
        "PatternError",
        "RescoreError",
        "SeedError",
        "StoreError",
        "TopicError",
        "WorkerError",
    )
)
"""Errors whose message names what a person can put right; by name, so that a call need not import them all."""
PAGE_WIDTH = 120
"""Columns of what goes into a file or a pipe."""
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PAGE_WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class CommandError(Exception):
    """Ends the command with a line for people and an exit code."""

    def __init__(self, message: str, code: int = MISUSED) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Options:
    """What stands before the name of the command."""

    config: Path | None = None
    debug: bool = False


class LogFormat(StrEnum):
    """The form of the lines of the log."""

    TEXT = "text"
    JSON = "json"


SHARED = ("--config", "--log-format", "--log-file")
"""Options of every command that take a value."""


def hoisted(args: list[str]) -> list[str]:
    """The arguments with the options of every command, wherever they stand, before the name of the command."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(args)
    for arg in waiting:
        if arg == "--":
            return [*front, *rest, arg, *waiting]
        if arg == "--debug" or arg.startswith(tuple(f"{name}=" for name in SHARED)):
            front.append(arg)
        elif arg in SHARED:
            front += [arg, *[value for value in [next(waiting, None)] if value is not None]]
        else:
            rest.append(arg)
    return front + rest


def exit_code_of(error: Exception) -> int:
    """Say what went wrong in one line on stderr; returns the exit code."""
    line = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, CommandError):
        code = error.code
    elif type(error).__name__ in MISUSES:
        code = MISUSED
    else:
        code, line = BROKEN, f"{type(error).__name__}: {line} (--debug shows where)"
    complain(f"axiswatch: {line}")
    return code


def complain(line: str) -> None:
    """Say on stderr, and in the log, what ends the command."""
    from flows.runtime.log_output import told_at_end

    if shown := told_at_end(line):
        err.print(shown, markup=False)


def shown(line: str) -> str:
    """The line for stdout; where systemd's journal keeps it, without keys and addresses, as the log is."""
    from flows.config.environment import is_kept_in_journal
    from flows.runtime.log_mask import masked

    return masked(line) if is_kept_in_journal() else line


def show_trace() -> None:
    """The error that is being handled, on stderr, as the log would show it."""
    from flows.runtime.log_mask import masked

    err.print(masked(traceback.format_exc()), markup=False, end="")


def name_log(form: LogFormat | None, file: Path | None) -> None:
    """Begin the log as the options of this call say; what they leave open the config says, once it is read."""
    if form is None and file is None:
        return
    from flows.config.environment import tell_children_of_log
    from flows.config.log import LogSettings
    from flows.runtime.log_output import open_log

    told = {"format": form and form.value, "file": file and file.resolve()}
    tell_children_of_log({name: value for name, value in told.items() if value})
    open_log(LogSettings())
    _speak_to_machines()


def keep_log(config: Config, *, everything: bool = False) -> None:
    """Write the log as the config says, here and in what this command starts. Raises ConfigError."""
    from flows.runtime.log_output import begin_log, hand_on, open_log

    hand_on(open_log(config.log, everything=everything))
    begin_log(config)
    _speak_to_machines()


def _speak_to_machines() -> None:
    """Where standard error is for machines, have what people are told there become lines of the log."""
    from flows.runtime.log_output import AsRecords, is_for_machines

    if is_for_machines():
        err.file = cast("IO[str]", AsRecords())


def options(ctx: typer.Context) -> Options:
    """The shared options of this call."""
    found = ctx.find_object(Options)
    return found or Options()


def watched(ctx: typer.Context) -> Config:
    """The config of this call; the process watches its topic from now on. Raises ConfigError."""
    from flows.runtime.flow_config import read_config

    config = read_config(options(ctx).config)
    keep_log(config)
    return config


def config_of(ctx: typer.Context) -> Config:
    """The config of this call, with the folder `var` made where the store lies in one; see `watched`.

    Raises ConfigError, and CommandError where the folder of the store is missing.
    """
    from db.private import private_folder

    config = watched(ctx)
    folder = config.store.path.parent
    if folder.name == "var" and folder.parent.is_dir():
        private_folder(folder)
    if not folder.is_dir():
        raise CommandError(f"the folder of the store does not exist: {folder}; create it or change [store] path")
    return config


@contextmanager
def existing_store(config: Config) -> Iterator[Database]:
    """The store, which must be there. Raises StoreError."""
    from db.connect import open_store

    with closing(open_store(config.store.path, create=False)) as store:
        yield store


@contextmanager
def prefect_at_hand(
    ctx: typer.Context, home: Path, *, schedules: bool = False, on_end: Ended | None = None
) -> Iterator[str]:
    """Within the block flows can be imported and run: a Prefect server listens, with its state in ``home``. Gives the
    address of its API. ``on_end``: see `local_api`. Raises DiskError where there is no room for that state, also in
    place of what else failed in the block for want of it."""
    from flows.runtime.disk_room import require_room
    from flows.runtime.prefect_server import local_api

    require_room(home)

    if not options(ctx).debug:
        # Prefect says at the end of a short run that its last events have not left yet, and then sends them.
        logging.getLogger("EventsWorker").setLevel(logging.ERROR)
    if schedules:
        keep_log(watched(ctx), everything=True)
    try:
        with local_api(home, debug=options(ctx).debug, schedules=schedules, on_end=on_end) as address:
            yield address
    except Exception as error:
        if not isinstance(error, CommandError) and type(error).__name__ not in MISUSES:
            require_room(home)
        raise

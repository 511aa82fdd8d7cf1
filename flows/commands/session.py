"""What every command shares: the config, the store, Prefect's server, exit codes and one-line errors."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

if TYPE_CHECKING:
    from sqlite_utils import Database

    from flows.config.settings import Config

FINE, BROKEN, MISUSED, UNREACHED, UNSENT = 0, 1, 2, 3, 4
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


def hoisted(args: list[str]) -> list[str]:
    """The arguments with --config and --debug, wherever they stand, before the name of the command."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(args)
    for arg in waiting:
        if arg == "--":
            return [*front, *rest, arg, *waiting]
        if arg == "--debug" or arg.startswith("--config="):
            front.append(arg)
        elif arg == "--config":
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
    err.print(f"axiswatch: {line}", markup=False)
    return code


def options(ctx: typer.Context) -> Options:
    """The shared options of this call."""
    found = ctx.find_object(Options)
    return found or Options()


def watched(ctx: typer.Context) -> Config:
    """The config of this call; the process watches its topic from now on. Raises ConfigError."""
    from flows.runtime.flow_config import read_config

    return read_config(options(ctx).config)


def config_of(ctx: typer.Context) -> Config:
    """The config of this call, with the folder `var` made where the store lies in one; see `watched`.

    Raises ConfigError, and CommandError where the folder of the store is missing.
    """
    config = watched(ctx)
    folder = config.store.path.parent
    if folder.name == "var" and folder.parent.is_dir():
        folder.mkdir(exist_ok=True)
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
def prefect_at_hand(ctx: typer.Context, home: Path, *, schedules: bool = False) -> Iterator[str]:
    """Within the block flows can be imported and run: a Prefect server listens, with its state in ``home``. Gives the
    address of its API. Raises DiskError where there is no room for that state, also in place of what else failed in the
    block for want of it."""
    from flows.runtime.disk_room import require_room
    from flows.runtime.prefect_server import local_api

    require_room(home)

    if not options(ctx).debug:
        # Prefect says at the end of a short run that its last events have not left yet, and then sends them.
        logging.getLogger("EventsWorker").setLevel(logging.ERROR)
    try:
        with local_api(home, debug=options(ctx).debug, schedules=schedules) as address:
            yield address
    except Exception as error:
        if not isinstance(error, CommandError) and type(error).__name__ not in MISUSES:
            require_room(home)
        raise

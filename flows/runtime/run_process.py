"""Whether the process of a flow run is there: found by the run's id in its environment. Imports nothing of Prefect."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn
from uuid import UUID


def is_alive_here(run_id: UUID, process: str | None) -> bool:
    """Whether a process of this machine works on that run, as far as can be told: a process whose environment may
    not be read counts where it has the number (``process``) that Prefect has noted."""
    noted = int(process) if process and process.isdigit() else 0
    if not Path("/proc/self/environ").exists():
        return bool(noted) and _exists(noted)
    mark = f"PREFECT__FLOW_RUN_ID={run_id}".encode()
    return any(mark in said if said is not None else number == noted for number, said in _environments())


def _environments() -> Iterator[tuple[int, bytes | None]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield int(folder.name), (folder / "environ").read_bytes()
        except PermissionError:
            yield int(folder.name), None
        except OSError:  # it has just ended
            continue


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def end_at_once(code: int) -> NoReturn:
    """End this process with that exit code, and those that it has started (where the system says which they are),
    without another word; from any thread."""
    for number in _children():
        _kill(number)
    os._exit(code)


def end_children_of_runs() -> None:
    """Kill those among them that work on a flow run."""
    children = set(_children())
    for number, said in _environments():
        if number in children and said and b"PREFECT__FLOW_RUN_ID=" in said:
            _kill(number)


def _children() -> list[int]:
    return [number for number, parent in _parents() if parent == os.getpid()]


def _parents() -> Iterator[tuple[int, int]]:
    """(number, number of its parent) of the processes here."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            # The name of a program, in brackets, may hold anything.
            yield int(folder.name), int((folder / "stat").read_text().rpartition(")")[2].split()[1])


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)

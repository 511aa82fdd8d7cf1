"""Whether the process of a flow run is there: found by the run's id in its environment. Imports nothing of Prefect."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
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

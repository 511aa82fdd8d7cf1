"""Processes that are forked from one in which the modules that they need are imported already."""

from __future__ import annotations

import multiprocessing
from contextlib import chdir
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

ROOT = Path(__file__).parents[2]
_preloaded: list[tuple[str, ...]] = []
"""What the process to fork from was told to import: Python has one for all, and heeds what it is told first alone."""


def forking(*modules: str) -> ForkServerContext:
    """The context of processes forked from one that has imported these modules."""
    context = multiprocessing.get_context("forkserver")
    if _preloaded[-1:] != [modules]:
        forkserver._forkserver._stop()  # type: ignore[attr-defined]
        context.set_forkserver_preload(list(modules))
        # It looks for them from where it is started, and a test may stand in a folder of its own.
        with chdir(ROOT):
            forkserver.ensure_running()
        _preloaded.append(modules)
    return context

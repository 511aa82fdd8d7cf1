"""Pausing the garbage collector during a batch."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """A batch makes a hundred thousand small records that live until its end and not one cycle: the collector would
    walk them again and again, a fifth of the time of scoring, a sixteenth of that of parsing. It is as before
    afterwards, whatever happened."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

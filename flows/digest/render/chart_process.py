"""Charts drawn by a process of their own, which makes itself ready while an edition is composed: what draws takes as
long to be imported as composing takes."""

from __future__ import annotations

import atexit
import json
import subprocess
from contextlib import suppress
from dataclasses import replace
from subprocess import DEVNULL, PIPE, Popen
from threading import Lock, Timer
from typing import BinaryIO, cast

from flows.digest.content.codec import content_of, to_json
from flows.digest.content.edition import EditionContent
from flows.digest.render import charts
from flows.runtime.child_process import command_of, read_message, write_message

PATIENCE_SECONDS = 30.0
"""For an answer: charts are drawn in less than one, and the mail of the day waits for them."""


class ChartProcess:
    """One process that draws one edition after another, and ends with this one. Where it cannot be had, dies or does
    not answer, what it should have drawn is drawn here."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._process: Popen[bytes] | None = None
        self._turn = Lock()

    def start(self) -> None:
        """Start it unless it is there."""
        with self._turn:
            if self._process is not None and self._process.poll() is None:
                return
            self._let_go()
            with suppress(OSError):
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    command_of("flows.digest.render.chart_worker"), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
                )

    def illustrated(self, content: EditionContent) -> EditionContent:
        """The content with its pictures, as `flows.digest.render.charts.illustrated` gives it."""
        drawn = self._asked(json.dumps(to_json(content)).encode())
        if drawn is None:
            return charts.illustrated(content)
        return replace(content, images=content_of(json.loads(drawn)).images)

    def _asked(self, told: bytes) -> bytes | None:
        with self._turn:
            if self._process is None:
                return None
            source, sink = cast(BinaryIO, self._process.stdout), cast(BinaryIO, self._process.stdin)
            ending = Timer(self._patience, self._process.kill)
            ending.start()
            try:
                write_message(sink, told)
                return read_message(source)
            except (BrokenPipeError, ConnectionError):
                return None
            finally:
                ending.cancel()

    def close(self) -> None:
        """End it."""
        with self._turn:
            self._let_go()

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(BrokenPipeError), process:  # closes its pipes and waits for it
                pass


chart_process = ChartProcess()
"""That of this process. Many editions, as of a span of days, are drawn by one."""
atexit.register(chart_process.close)
